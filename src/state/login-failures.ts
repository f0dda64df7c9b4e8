import { countFailure, waitOf, type FailureCounts } from '../base/failure-counts.ts'
import { networkKey } from '../protocol/network-key.ts'

/** Wrong passwords by network, as `networkKey` says: they outlive the connection, so that reconnecting doesn't help. */
export type LoginFailures = FailureCounts

/** How long this address has to wait before its next password is looked at. */
export function loginWaitMs(failures: LoginFailures, address: string, nowMs: number): number {
  return waitOf(failures, networkKey(address), nowMs)
}

export function addLoginFailure(failures: LoginFailures, address: string, nowMs: number): void {
  countFailure(failures, networkKey(address), nowMs)
}

export function forgetLoginFailures(failures: LoginFailures, address: string): void {
  failures.delete(networkKey(address))
}
