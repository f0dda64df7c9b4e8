import { networkKey } from '../protocol/network-key.ts'

/** Refusals come in floods; the audit, where nothing is ever removed, takes so many of them. */
export const WINDOW_MS = 60_000
export const REFUSALS_PER_ADDRESS = 10
export const REFUSALS_IN_ALL = 60

/** Counts the refusals of a minute, which begins with the first of them. */
export interface RefusalWindow {
  /** Whether this refusal is still to be written down. */
  admits(from: string, nowMs: number): boolean
  /** How many were left out in a minute that is over; 0: none, or it is not over. Said once. */
  takeLeftOut(nowMs: number): number
  /** What was left out so far, over or not. Said once. */
  endNow(): number
}

export function createRefusalWindow(): RefusalWindow {
  let startMs: number | undefined
  let admitted = 0
  let leftOut = 0
  /** Holds at most as many addresses as refusals are admitted. */
  const byNetwork = new Map<string, number>()
  const endNow = (): number => {
    const left = leftOut
    startMs = undefined
    admitted = 0
    leftOut = 0
    byNetwork.clear()
    return left
  }
  return {
    admits(from, nowMs) {
      startMs ??= nowMs
      const network = networkKey(from)
      const count = byNetwork.get(network) ?? 0
      if (admitted >= REFUSALS_IN_ALL || count >= REFUSALS_PER_ADDRESS) {
        leftOut += 1
        return false
      }
      admitted += 1
      byNetwork.set(network, count + 1)
      return true
    },
    takeLeftOut: (nowMs) => (startMs !== undefined && nowMs - startMs >= WINDOW_MS ? endNow() : 0),
    endNow,
  }
}
