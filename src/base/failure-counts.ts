import { dropOld } from './least-recent.ts'

/** How often something secret was wrongly guessed, by whom: the least recent first. Times are of any one clock. */
export type FailureCounts = Map<string, Failure>

export interface Failure {
  readonly count: number
  readonly lastMs: number
}

/** So many wrong ones cost nothing … */
const FREE = 5
/** … each further one doubles the wait, which starts with this. */
const FIRST_WAIT_MS = 2000
const LONGEST_WAIT_MS = 300_000
/** After so long without another one they are forgotten. */
const FORGET_MS = 900_000
/** What an attacker with many addresses, or names, can make the server remember. */
const MOST_ENTRIES = 10_000

/** From the last of so many wrong ones to the next try. */
export function failureWaitMs(count: number): number {
  return count < FREE ? 0 : Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (count - FREE))
}

/** How long the next try of this key has to wait. */
export function waitOf(failures: FailureCounts, key: string, nowMs: number): number {
  const failure = failures.get(key)
  if (failure === undefined || isOld(failure, nowMs)) return 0
  return Math.max(0, failure.lastMs + failureWaitMs(failure.count) - nowMs)
}

/** Returns what takes `times` off again. */
export function countFailure(
  failures: FailureCounts,
  key: string,
  nowMs: number,
): (times: number) => void {
  const found = failures.get(key)
  const before = found === undefined || isOld(found, nowMs) ? undefined : found
  // Taken out first, so that it becomes the most recent.
  failures.delete(key)
  failures.set(key, { count: (before?.count ?? 0) + 1, lastMs: nowMs })
  dropOld(failures, MOST_ENTRIES, (failure) => isOld(failure, nowMs))
  return (times) => {
    const now = failures.get(key)
    if (now === undefined) return
    const left = now.count - times
    // The wait of what is left counts from when that was.
    const lastMs = now.lastMs === nowMs ? (before?.lastMs ?? nowMs) : now.lastMs
    if (left <= 0) failures.delete(key)
    else failures.set(key, { count: left, lastMs })
  }
}

function isOld({ lastMs }: Failure, nowMs: number): boolean {
  return nowMs - lastMs >= FORGET_MS
}
