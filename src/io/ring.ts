/**
 * A byte ring between exactly one producer and one consumer, in one SharedArrayBuffer, without locks.
 *
 * Four control words, each on cache lines of its own so that the two threads don't fight over one:
 * `head` (the consumer has released all before it), `tail` (the producer has published all before it),
 * `parked` (the consumer sleeps: ring it) and `starved` (the producer waits for room: ring it). Head and tail
 * count bytes for ever and wrap at 2^32; only their difference and their low bits mean anything.
 *
 * A record is a u32 length and its payload, from a multiple of four, and never wraps: where it would, a
 * padding mark sends the reader to the start of the ring. All numbers have the machine's byte order.
 *
 * Both sleepers follow one rule: raise the flag, then look once more; the other side moves its counter, then
 * looks at the flag. `Atomics` are sequentially consistent, so one of the two always sees the other.
 */

/** The control words are this far apart: two cache lines, since processors fetch them in pairs. */
const WORD_STRIDE = 32
const HEAD = 0
const TAIL = WORD_STRIDE
const PARKED = 2 * WORD_STRIDE
const STARVED = 3 * WORD_STRIDE
const CONTROL_WORDS = 4 * WORD_STRIDE
const CONTROL_BYTES = CONTROL_WORDS * Int32Array.BYTES_PER_ELEMENT

const LENGTH_BYTES = 4
const PADDING = 0xff_ff_ff_ff
const LEAST_CAPACITY_BYTES = 64
const MOST_CAPACITY_BYTES = 2 ** 30
const NOTHING_RESERVED = -1

/** The memory of an empty ring, to be handed to both threads. `capacityBytes`: a power of two from 64 to 2^30. */
export function createRing(capacityBytes: number): SharedArrayBuffer {
  checkCapacity(capacityBytes)
  return new SharedArrayBuffer(CONTROL_BYTES + capacityBytes)
}

/** The writing end. At most one may be in use at a time; a new one goes on where the last had published. */
export class RingProducer {
  /** The ring's bytes: a reserved record is written straight into it. */
  readonly buffer: Buffer
  /** The same bytes as words: payloads begin at a multiple of four. */
  readonly words: Uint32Array
  /** The longest payload: a quarter of the ring, so that an empty ring takes any record, wherever it stands. */
  readonly maxRecordBytes: number
  readonly #control: Int32Array
  readonly #capacity: number
  /** As last seen: the consumer may be further, which only means more room. */
  #head: number
  #tail: number
  #published: number
  #record = 0
  #reservedBytes = NOTHING_RESERVED

  constructor(memory: SharedArrayBuffer) {
    const ring = viewsOf(memory)
    this.buffer = ring.buffer
    this.words = ring.words
    this.maxRecordBytes = ring.maxRecordBytes
    this.#control = ring.control
    this.#capacity = ring.capacity
    this.#head = Atomics.load(ring.control, HEAD)
    this.#published = Atomics.load(ring.control, TAIL)
    this.#tail = this.#published
  }

  /** How much of the ring is in use, from 0 to 1. */
  get usedShare(): number {
    return ((this.#tail - Atomics.load(this.#control, HEAD)) | 0) / this.#capacity
  }

  /**
   * The offset in `buffer` at which a payload of at most `bytes` may be written, or undefined when there is no
   * room now. Without a `commit` it is as if nothing had been reserved.
   */
  reserve(bytes: number): number | undefined {
    if (!(bytes >= 0 && bytes <= this.maxRecordBytes))
      throw new RangeError(`ring: no record of ${bytes} bytes`)
    const size = recordSize(bytes)
    const at = this.#tail & (this.#capacity - 1)
    const toEnd = this.#capacity - at
    const skipped = size > toEnd ? toEnd : 0
    if (!this.#hasRoom(skipped + size)) return undefined
    if (skipped > 0) this.words[at >> 2] = PADDING
    this.#record = (this.#tail + skipped) | 0
    this.#reservedBytes = bytes
    return (this.#record & (this.#capacity - 1)) + LENGTH_BYTES
  }

  /** Ends the reserved record with the bytes that it took in the end. The consumer sees it after `publish`. */
  commit(bytes: number): void {
    if (!(bytes >= 0 && bytes <= this.#reservedBytes)) {
      throw new RangeError(
        `ring: ${bytes} bytes committed where ${this.#reservedBytes} were reserved`,
      )
    }
    this.words[(this.#record & (this.#capacity - 1)) >> 2] = bytes
    this.#tail = (this.#record + recordSize(bytes)) | 0
    this.#reservedBytes = NOTHING_RESERVED
  }

  /** Shows the consumer all that is committed. True: it was parked, and the caller must ring it. */
  publish(): boolean {
    if (this.#tail === this.#published) return false
    Atomics.store(this.#control, TAIL, this.#tail)
    this.#published = this.#tail
    return lowered(this.#control, PARKED)
  }

  /**
   * Asks to be rung at the next release, after `reserve` found no room and all is published. False: there has
   * been a release meanwhile, try again. Being rung promises some room, not enough for a given record.
   */
  awaitRoom(): boolean {
    if (this.#tail !== this.#published) throw new Error('ring: publish before waiting for room')
    Atomics.store(this.#control, STARVED, 1)
    if (Atomics.load(this.#control, HEAD) === this.#head) return true
    Atomics.store(this.#control, STARVED, 0)
    return false
  }

  #hasRoom(bytes: number): boolean {
    if (bytes <= this.#capacity - ((this.#tail - this.#head) | 0)) return true
    const head = Atomics.load(this.#control, HEAD)
    const used = (this.#tail - head) | 0
    if (used < 0 || used > this.#capacity)
      throw corrupt(`${used} of ${this.#capacity} bytes in use`)
    this.#head = head
    return bytes <= this.#capacity - used
  }
}

/** The reading end. At most one may be in use at a time; a new one goes on where the last had released. */
export class RingConsumer {
  /** The ring's bytes: a record is `buffer` from `start` to `end`, until `release`. */
  readonly buffer: Buffer
  readonly words: Uint32Array
  readonly maxRecordBytes: number
  /** Where the payload of the record that `next` went to begins and ends. `start` is a multiple of four. */
  start = 0
  end = 0
  readonly #control: Int32Array
  readonly #capacity: number
  #released: number
  #cursor: number
  #tail: number

  constructor(memory: SharedArrayBuffer) {
    const ring = viewsOf(memory)
    this.buffer = ring.buffer
    this.words = ring.words
    this.maxRecordBytes = ring.maxRecordBytes
    this.#control = ring.control
    this.#capacity = ring.capacity
    this.#released = Atomics.load(ring.control, HEAD)
    this.#cursor = this.#released
    this.#tail = this.#released
  }

  /** How much of the ring is in use, from 0 to 1. */
  get usedShare(): number {
    return ((Atomics.load(this.#control, TAIL) - this.#released) | 0) / this.#capacity
  }

  /**
   * Goes to the next record. False: the batch that was published when it was begun is read; after `release` there
   * may be another. So a batch never outgrows the ring, however fast the producer is. Throws on a damaged
   * ring, again at each call, and never reads outside of it.
   */
  next(): boolean {
    if (this.#cursor === this.#tail && !this.#beginBatch()) return false
    let record = this.#cursor
    let bytes = this.#lengthAt(record)
    const toEnd = this.#capacity - (record & (this.#capacity - 1))
    if (bytes === PADDING) {
      record = (record + toEnd) | 0
      bytes = this.#lengthAt(record)
    }
    const at = record & (this.#capacity - 1)
    if (bytes > this.maxRecordBytes) throw corrupt(`a record of ${bytes} bytes at ${at}`)
    const size = recordSize(bytes)
    if (size > ((this.#tail - record) | 0))
      throw corrupt(`a record of ${bytes} bytes at ${at} passes the tail`)
    if (at + size > this.#capacity)
      throw corrupt(`a record of ${bytes} bytes at ${at} passes the end`)
    this.#cursor = (record + size) | 0
    this.start = at + LENGTH_BYTES
    this.end = this.start + bytes
    return true
  }

  /** Gives the room of all records read so far back. True: the producer waits for room, and the caller must ring it. */
  release(): boolean {
    if (this.#cursor === this.#released) return false
    Atomics.store(this.#control, HEAD, this.#cursor)
    this.#released = this.#cursor
    return lowered(this.#control, STARVED)
  }

  /**
   * Asks to be rung at the next publish. False: there is more to read, don't sleep. The flag is lowered by the
   * producer that takes it upon itself to ring, so one parking is rung once at most.
   */
  park(): boolean {
    if (this.#cursor !== this.#released) throw new Error('ring: release before parking')
    Atomics.store(this.#control, PARKED, 1)
    if (Atomics.load(this.#control, TAIL) === this.#cursor) return true
    Atomics.store(this.#control, PARKED, 0)
    return false
  }

  /** Awake for another reason than the bell: spares the producer a ring. One may be on its way all the same. */
  unpark(): void {
    Atomics.store(this.#control, PARKED, 0)
  }

  #beginBatch(): boolean {
    if (this.#cursor !== this.#released) return false
    const tail = Atomics.load(this.#control, TAIL)
    const published = (tail - this.#cursor) | 0
    if (published < 0 || published > this.#capacity) {
      throw corrupt(`${published} of ${this.#capacity} bytes published`)
    }
    this.#tail = tail
    return published > 0
  }

  #lengthAt(record: number): number {
    return this.words[(record & (this.#capacity - 1)) >> 2] ?? PADDING
  }
}

interface Views {
  readonly control: Int32Array
  readonly buffer: Buffer
  readonly words: Uint32Array
  readonly capacity: number
  readonly maxRecordBytes: number
}

function viewsOf(memory: SharedArrayBuffer): Views {
  const capacity = memory.byteLength - CONTROL_BYTES
  checkCapacity(capacity)
  return {
    control: new Int32Array(memory, 0, CONTROL_WORDS),
    buffer: Buffer.from(memory, CONTROL_BYTES, capacity),
    words: new Uint32Array(memory, CONTROL_BYTES, capacity >> 2),
    capacity,
    maxRecordBytes: capacity / 4 - LENGTH_BYTES,
  }
}

function checkCapacity(bytes: number): void {
  const isPowerOfTwo = Number.isInteger(Math.log2(bytes))
  if (isPowerOfTwo && bytes >= LEAST_CAPACITY_BYTES && bytes <= MOST_CAPACITY_BYTES) return
  throw new RangeError(`ring: ${bytes} bytes is no power of two from 64 to 2^30`)
}

function recordSize(bytes: number): number {
  return (LENGTH_BYTES + bytes + 3) & ~3
}

/** Whether the flag was up and this side took it down. The plain look first: the usual answer is no. */
function lowered(control: Int32Array, flag: number): boolean {
  return Atomics.load(control, flag) === 1 && Atomics.exchange(control, flag, 0) === 1
}

function corrupt(what: string): Error {
  return new Error(`ring: corrupt, ${what}`)
}
