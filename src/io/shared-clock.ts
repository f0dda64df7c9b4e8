/**
 * Monotonic milliseconds that mean the same in every thread of this process. `performance.timeOrigin`
 * would do that too, but each thread takes it from the wall clock, which may have been set meanwhile.
 */
export function sharedNow(): number {
  return OFFSET_MS + performance.now()
}

const OFFSET_MS = hrtimeMs() - performance.now()

function hrtimeMs(): number {
  const [seconds, nanoseconds] = process.hrtime()
  return seconds * 1000 + nanoseconds / 1_000_000
}
