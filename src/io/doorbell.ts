import type { MessagePort } from 'node:worker_threads'

/**
 * Wakes the thread at the other end of a port that sleeps in its event loop.
 *
 * Of the two ways to wake an event loop, `Atomics.waitAsync` with `notify` and a message on a port, measured on
 * Node 22.13 and 24 (Linux, two cores, shared with others): a ring costs the ringer 8-10 us either way at the median (the
 * system call that wakes the sleeping thread, which is why a busy reader is not rung), the sleeper runs 5-8 us after
 * it, and in a game of ping-pong each hand-over takes 33-35 us by the port and 34-38 us by `waitAsync`. The slowest in
 * a hundred varied more from run to run than between the two, and idle CPU was too little to tell them apart. So the port, for
 * what it is: it can keep its thread alive or not, a failure in `onRing` is an uncaught exception rather than a
 * rejection, and there is no waiter left behind that must not be registered twice
 * (https://github.com/nodejs/node/issues/61941: a pending `waitAsync` can't keep a thread alive).
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
