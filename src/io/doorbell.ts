import type { MessagePort } from 'node:worker_threads'

/**
 * Wakes the thread at the other end of a port that sleeps in its event loop.
 *
 * Of the two ways to wake an event loop, `Atomics.waitAsync` with `notify` and a message on a port, measured on
 * Node 22.13 and 24 (Linux, two cores, worker rings main rings worker): a ring costs the ringer 7-10 us either way (the
 * system call that wakes the sleeping thread, which is why a busy reader is not rung), a wake-up takes 33-35 us
 * by the port and 34-38 us by `waitAsync`, and neither uses any CPU while it sleeps. So the port, for what it is:
 * it can keep its thread alive or not, a failure in `onRing` is an uncaught exception rather than a rejection, and
 * there is no waiter left behind that must not be registered twice (https://github.com/nodejs/node/issues/61941).
 */
export interface Doorbell {
  /** Runs the other end's `onRing` in a turn of its own. After `close`, nothing happens. */
  ring(): void
  /** Listening keeps the thread alive. Not so from the start. */
  ref(): void
  unref(): void
  close(): void
}

/** One end of a `MessageChannel`, whose two ends may ring each other. `onRing` may also run when nothing is new. */
export function doorbell(port: MessagePort, onRing: () => void): Doorbell {
  port.on('message', onRing)
  port.unref()
  return {
    ring: () => port.postMessage(undefined),
    ref: () => port.ref(),
    unref: () => port.unref(),
    close: () => port.close(),
  }
}
