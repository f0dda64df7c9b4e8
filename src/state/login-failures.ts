import { networkKey } from '../protocol/network-key.ts'

/**
 * Wrong passwords by network, as `networkKey` says. They outlive the connection, so that reconnecting
 * doesn't help; the least recent comes first.
 */
export type LoginFailures = Map<string, LoginFailure>

interface LoginFailure {
  readonly count: number
  readonly lastMs: number
}

/** So many wrong passwords cost nothing … */
const FREE = 5
/** … each further one doubles the wait, which starts with this. */
const FIRST_WAIT_MS = 2000
const LONGEST_WAIT_MS = 300_000
/** After so long without another one they are forgotten. */
const FORGET_MS = 900_000
/** What an attacker with many addresses can make the server remember. */
const MOST_ENTRIES = 10_000

/** How long this address has to wait before its next password is looked at. */
export function loginWaitMs(failures: LoginFailures, address: string, nowMs: number): number {
  const failure = failures.get(networkKey(address))
  if (failure === undefined || failure.count < FREE || isOld(failure, nowMs)) return 0
  const waitMs = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (failure.count - FREE))
  return Math.max(0, failure.lastMs + waitMs - nowMs)
}

export function addLoginFailure(failures: LoginFailures, address: string, nowMs: number): void {
  const key = networkKey(address)
  const before = failures.get(key)
  const count = before === undefined || isOld(before, nowMs) ? 0 : before.count
  // Taken out first, so that it becomes the most recent.
  failures.delete(key)
  failures.set(key, { count: count + 1, lastMs: nowMs })
  for (const [oldest, failure] of failures) {
    if (failures.size <= MOST_ENTRIES && !isOld(failure, nowMs)) return
    failures.delete(oldest)
  }
}

export function forgetLoginFailures(failures: LoginFailures, address: string): void {
  failures.delete(networkKey(address))
}

function isOld({ lastMs }: LoginFailure, nowMs: number): boolean {
  return nowMs - lastMs >= FORGET_MS
}
