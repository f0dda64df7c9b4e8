const FIRST_MS = 500
const LONGEST_MS = 15_000

/**
 * How long to wait before another try to reach the server. `attempt` counts from 0; `random` is from 0 to
 * 1, so that the many pages that lost the same server don't all come back in the same moment.
 */
export function backoffMs(attempt: number, random: number): number {
  const longest = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(attempt, 10))
  return Math.round(longest * (0.5 + random / 2))
}
