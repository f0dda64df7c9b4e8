import type { RingProducer } from './ring.ts'

/** Writes a record into the ring, all or nothing. False: no room. */
export type WriteRecord = () => boolean

interface Waiting {
  readonly bytes: number
  readonly write: WriteRecord
}

/** What a waiting record costs beside its bytes. */
const RECORD_COST_BYTES = 64
const FORGET_AFTER = 256

/**
 * The records that found the ring full, in order. While there is one, every later record must wait behind it.
 * How much may wait is the owner's decision: it stops taking work in when `bytes` grows.
 */
export class Backlog {
  readonly #ring: RingProducer
  #waiting: Waiting[] = []
  #next = 0
  #bytes = 0

  constructor(ring: RingProducer) {
    this.#ring = ring
  }

  get bytes(): number {
    return this.#bytes
  }

  get isEmpty(): boolean {
    return this.#next === this.#waiting.length
  }

  defer(bytes: number, write: WriteRecord): void {
    this.#waiting.push({ bytes, write })
    this.#bytes += bytes + RECORD_COST_BYTES
  }

  /**
   * Publishes all that fits, and asks to be rung when something still waits. To be called once per turn, and when
   * rung. True: the consumer must be rung.
   */
  publish(): boolean {
    let mustRing = false
    for (;;) {
      const done = this.#refill()
      if (this.#ring.publish()) mustRing = true
      if (done || this.#ring.awaitRoom()) return mustRing
    }
  }

  #refill(): boolean {
    for (let first = this.#waiting[this.#next]; first; first = this.#waiting[this.#next]) {
      if (!first.write()) return this.#forgetWritten()
      this.#next++
      this.#bytes -= first.bytes + RECORD_COST_BYTES
    }
    if (this.#next === 0) return true
    this.#waiting = []
    this.#next = 0
    return true
  }

  /** A backlog that never empties must not keep what it has written; now and then, so that it costs little. */
  #forgetWritten(): false {
    if (this.#next < FORGET_AFTER || this.#next < this.#waiting.length / 2) return false
    this.#waiting = this.#waiting.slice(this.#next)
    this.#next = 0
    return false
  }
}
