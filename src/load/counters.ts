/**
 * What a thread counts while it goes on, in memory that the main thread reads for the progress line.
 * Only the thread itself writes; a reader may be a moment behind.
 */
export type Counters = Float64Array<SharedArrayBuffer>

export const JOINED = 0
export const LOST = 1
export const MESSAGES = 2
export const DELIVERIES = 3
export const BYTES = 4
/** Clients that are through a storm. */
export const BACK = 5
const SLOTS = 6

export function createCounters(): Counters {
  return new Float64Array(new SharedArrayBuffer(SLOTS * Float64Array.BYTES_PER_ELEMENT))
}

export function add(counters: Counters, slot: number, amount: number): void {
  counters[slot] = (counters[slot] ?? 0) + amount
}

export function total(threads: readonly Counters[], slot: number): number {
  return threads.reduce((sum, counters) => sum + (counters[slot] ?? 0), 0)
}
