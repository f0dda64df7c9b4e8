/** What is counted of a room. The rate dies away by itself: `rateAt` says what is left of it. */
export interface RoomTally {
  messages: number
  lastAtMs: number
  /** Messages a second at `lastAtMs`, averaged over the last while. */
  rate: number
}

/** Of what the rate knows, this much is left after so long: a third. */
const FADES_IN_MS = 10_000

export function countMessage(tally: RoomTally, nowMs: number): void {
  tally.rate = rateAt(tally, nowMs) + 1000 / FADES_IN_MS
  tally.messages++
  tally.lastAtMs = nowMs
}

export function rateAt({ rate, lastAtMs }: RoomTally, nowMs: number): number {
  return nowMs <= lastAtMs ? rate : rate * Math.exp((lastAtMs - nowMs) / FADES_IN_MS)
}
