import { spawn } from 'node:child_process'

/** Tells systemd what the process is doing. Every promise settles well: a message that is lost is only logged. */
export interface SystemdNotifier {
  /** `status` is what `systemctl status` shows. */
  ready(status: string): Promise<void>
  reloading(): Promise<void>
  stopping(): Promise<void>
  /** Ends the watchdog's signs of life. */
  close(): void
}

export interface SystemdContext {
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly processId: number
  /** CLOCK_MONOTONIC in microseconds: `process.hrtime.bigint() / 1000n`. */
  readonly monotonicUs: () => bigint
  /** Hears about the first failure only: they are all alike. */
  readonly onFailure: (reason: string) => void
}

/**
 * A notifier that follows NOTIFY_SOCKET and WATCHDOG_USEC, and does nothing without NOTIFY_SOCKET.
 *
 * The socket is a Unix datagram socket, which Node does not have, so that the message goes through the program
 * `systemd-notify`, which is there wherever systemd is. It is not the service's main process: the unit needs
 * `NotifyAccess=all`. Abstract sockets (`@…`) are its business. In a container that lacks it, leave the
 * notification to the runtime (`podman --sdnotify=conmon`).
 * https://www.freedesktop.org/software/systemd/man/latest/sd_notify.html
 */
export function systemdNotifier(context: SystemdContext): SystemdNotifier {
  const { environment, monotonicUs, onFailure } = context
  const socket = environment['NOTIFY_SOCKET']
  if (socket === undefined || socket === '') return silentNotifier
  let failed = false
  let pulse: NodeJS.Timeout | undefined
  const notify = async (...assignments: string[]): Promise<void> => {
    const failure = await send(assignments, environment)
    if (failure === undefined || failed) return
    failed = true
    onFailure(failure)
  }
  const pulseMs = watchdogMs(context)
  return {
    ready: async (status) => {
      await notify('READY=1', `STATUS=${status}`)
      if (pulseMs === undefined || pulse !== undefined) return
      // From the core's own thread: if that hangs, the signs of life end.
      pulse = setInterval(() => void notify('WATCHDOG=1'), pulseMs)
      pulse.unref()
    },
    reloading: () => notify('RELOADING=1', `MONOTONIC_USEC=${monotonicUs()}`),
    stopping: () => notify('STOPPING=1'),
    close: () => clearInterval(pulse),
  }
}

const silentNotifier: SystemdNotifier = {
  ready: () => Promise.resolve(),
  reloading: () => Promise.resolve(),
  stopping: () => Promise.resolve(),
  close: () => undefined,
}

/** Half of the time that systemd waits. https://www.freedesktop.org/software/systemd/man/latest/sd_watchdog_enabled.html */
function watchdogMs({ environment, processId }: SystemdContext): number | undefined {
  const microseconds = Number(environment['WATCHDOG_USEC'])
  const meantFor = environment['WATCHDOG_PID']
  if (!(microseconds > 0)) return undefined
  if (meantFor !== undefined && meantFor !== String(processId)) return undefined
  return Math.max(1, Math.floor(microseconds / 2000))
}

/** Long enough for a busy machine, short enough not to hold up a stop. */
const PATIENCE_MS = 5000

/** Resolves with what went wrong, or undefined. */
function send(
  assignments: readonly string[],
  environment: SystemdContext['environment'],
): Promise<string | undefined> {
  return new Promise((resolve) => {
    const child = spawn('systemd-notify', [...assignments], {
      env: { ...environment },
      stdio: 'ignore',
      timeout: PATIENCE_MS,
    })
    child.once('error', (error) => resolve(`systemd-notify: ${error.message}`))
    child.once('exit', (code, signal) => {
      resolve(code === 0 ? undefined : `systemd-notify ended with ${code ?? signal}`)
    })
  })
}
