import type { CopyBytes } from './byte-copies.ts'
import { byteCopies } from './byte-copies.ts'
import type { ConnectionId, DeliveryClass, RoomId, Submissions } from './engine.ts'
import {
  CAST_HEAD_BYTES,
  CLOSE_HEAD_BYTES,
  HEAD_BYTES,
  MARK_BYTES,
  RECORD,
  WORD_BYTES,
} from './records.ts'
import type { RingConsumer } from './ring.ts'

export interface Obeying extends Submissions {
  /** What was cast since the last mark is of a turn that the core began at `startMs` of the shared clock. */
  mark(startMs: number): void
}

/** Hands the records of a ring to the engine that obeys them. Bytes are copied out: they outlive the record. */
export class SubmissionReader {
  readonly #ring: RingConsumer
  readonly #engine: Obeying
  readonly #copy: CopyBytes = byteCopies()
  #networks: readonly string[] = []

  constructor(ring: RingConsumer, engine: Obeying) {
    this.#ring = ring
    this.#engine = engine
  }

  /** Obeys the record at which the ring stands. Throws on a record that no `SubmissionWriter` writes. */
  obey(): void {
    const { buffer, start, end } = this.#ring
    if (end - start < HEAD_BYTES) throw new Error(`submission: a record of ${end - start} bytes`)
    const type = this.#word(0)
    const connection = this.#word(1)
    switch (type & 0xff) {
      case RECORD.send:
        return this.#engine.send(connection, this.#copy(buffer, start + HEAD_BYTES, end))
      case RECORD.cast:
        return this.#cast(type >>> 8, connection)
      case RECORD.enter:
        return this.#engine.enter(connection, this.#word(2))
      case RECORD.leave:
        return this.#engine.leave(connection, this.#word(2))
      case RECORD.classify:
        return this.#engine.classify(connection, this.#word(2))
      case RECORD.close:
        return this.#close(connection)
      case RECORD.barPart:
        this.#networks = this.#listed()
        return
      case RECORD.bar:
        this.#engine.bar(this.#listed())
        this.#networks = []
        return
      case RECORD.mark:
        return this.#mark()
      default:
        throw new Error(`submission: a record of type ${type & 0xff}`)
    }
  }

  /** One copy for all variants: they are the same message, and leave the queues at about the same time. */
  #cast(roomCount: number, except: ConnectionId): void {
    const { buffer, start, end } = this.#ring
    const variantCount = this.#word(2)
    const headWords = CAST_HEAD_BYTES / WORD_BYTES + roomCount + 2 * variantCount
    const bytesAt = start + headWords * WORD_BYTES
    if (bytesAt > end) throw new Error('submission: a cast longer than its record')
    const rooms: RoomId[] = []
    let word = CAST_HEAD_BYTES / WORD_BYTES
    while (rooms.length < roomCount) rooms.push(this.#word(word++))
    const bytes = this.#copy(buffer, bytesAt, end)
    const variants = new Map<DeliveryClass, Uint8Array>()
    let at = 0
    for (; word < headWords; word += 2) {
      const length = this.#word(word + 1)
      if (at + length > bytes.length)
        throw new Error('submission: a variant longer than its record')
      variants.set(this.#word(word), bytes.subarray(at, at + length))
      at += length
    }
    this.#engine.cast(rooms, variants, except)
  }

  #close(connection: ConnectionId): void {
    const { buffer, start, end } = this.#ring
    const farewellAt = start + CLOSE_HEAD_BYTES
    const reasonAt = farewellAt + this.#word(2)
    if (reasonAt > end) throw new Error('submission: a farewell longer than its record')
    const farewell = this.#copy(buffer, farewellAt, reasonAt)
    this.#engine.close(connection, farewell, buffer.toString('utf8', reasonAt, end))
  }

  #mark(): void {
    const { buffer, start, end } = this.#ring
    if (end - start < MARK_BYTES) throw new Error('submission: a record cut short')
    this.#engine.mark(buffer.readDoubleLE(start + HEAD_BYTES))
  }

  #listed(): readonly string[] {
    const { buffer, start, end } = this.#ring
    const part = JSON.parse(buffer.toString('utf8', start + HEAD_BYTES, end)) as readonly string[]
    return [...this.#networks, ...part]
  }

  #word(index: number): number {
    const at = this.#ring.start + index * WORD_BYTES
    const word = at + WORD_BYTES <= this.#ring.end ? this.#ring.words[at >> 2] : undefined
    if (word === undefined) throw new Error('submission: a record cut short')
    return word
  }
}
