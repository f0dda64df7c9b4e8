import type { Clock } from '../base/clock.ts'
import type { ConnectionFacts, Traffic } from './connection-table.ts'

export type TrafficCounts = Omit<Traffic, 'linesInPerSecond' | 'bytesOutPerSecond'>

/** By connection. */
export type ReadCounts = () => Promise<ReadonlyMap<number, TrafficCounts>>

interface Reading {
  readonly atMs: number
  readonly counts: ReadonlyMap<number, TrafficCounts>
}

/** All who look at the table within a second look at the same counts. */
const FRESH_MS = 900
/** Counts that are older say nothing of now. */
const STALE_MS = 5000

/** What each connection sends and receives a second: two readings and the time between them. */
export class TrafficMeter {
  readonly #counts: ReadCounts
  readonly #clock: Clock
  #now: Reading | undefined = undefined
  #before: Reading | undefined = undefined
  #reading: Promise<void> | undefined = undefined

  constructor(counts: ReadCounts, clock: Clock) {
    this.#counts = counts
    this.#clock = clock
  }

  async read(): Promise<ConnectionFacts['trafficOf']> {
    if (this.#now === undefined || this.#clock.monotonic() - this.#now.atMs > FRESH_MS) {
      this.#reading ??= this.#readCounts()
      await this.#reading
    }
    const now = this.#now
    const before = this.#before
    return (connection) => {
      const counts = now?.counts.get(connection)
      if (counts === undefined || now === undefined) return undefined
      const earlier = before?.counts.get(connection)
      const seconds = before === undefined ? 0 : (now.atMs - before.atMs) / 1000
      const rate = (name: 'linesIn' | 'bytesOut'): number =>
        earlier === undefined || seconds <= 0
          ? 0
          : Math.round(((counts[name] - earlier[name]) / seconds) * 10) / 10
      return { ...counts, linesInPerSecond: rate('linesIn'), bytesOutPerSecond: rate('bytesOut') }
    }
  }

  async #readCounts(): Promise<void> {
    try {
      const counts = await this.#counts()
      const atMs = this.#clock.monotonic()
      const isStale = this.#now === undefined || atMs - this.#now.atMs > STALE_MS
      this.#before = isStale ? undefined : this.#now
      this.#now = { atMs, counts }
    } finally {
      this.#reading = undefined
    }
  }
}
