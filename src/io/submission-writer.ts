import { Backlog } from './backlog.ts'
import type { ConnectionId, DeliveryClass, RoomId, Submissions, Text, Variants } from './engine.ts'
import {
  asWord,
  CAST_HEAD_BYTES,
  CLOSE_HEAD_BYTES,
  HEAD_BYTES,
  MARK_BYTES,
  MOST_SMALL_NUMBER,
  RECORD,
  WORD_BYTES,
} from './records.ts'
import type { RingProducer } from './ring.ts'
import { splitLines } from './split-lines.ts'

const VARIANT_HEAD_BYTES = 2 * WORD_BYTES
const UTF8_BYTES_PER_UNIT = 3

/**
 * Submissions to one worker, by the worker's own connection numbers. What finds the ring full waits in a backlog,
 * and keeps its text by reference. Nothing reaches the worker before `publish`.
 *
 * Lines that outgrow a record are cut at line ends into several; the worker takes them one after the other, so
 * that each connection gets the same bytes in the same order. A RangeError, and nothing sent: a number that is no u32,
 * or a single line, reason or list of rooms too long for a record.
 */
export class SubmissionWriter implements Submissions {
  readonly #ring: RingProducer
  readonly #backlog: Backlog

  constructor(ring: RingProducer) {
    this.#ring = ring
    this.#backlog = new Backlog(ring)
  }

  /** What waits for room in the ring, roughly. */
  get backlogBytes(): number {
    return this.#backlog.bytes
  }

  /** How full the ring is, from 0 to 1. */
  get ringShare(): number {
    return this.#ring.usedShare
  }

  /** To be called at the end of each turn, and when rung. True: the worker must be rung. */
  publish(): boolean {
    return this.#backlog.publish()
  }

  send(connection: ConnectionId, lines: Text): void {
    asWord(connection)
    const maxBytes = this.#ring.maxRecordBytes - HEAD_BYTES
    if (mostBytesOf(lines) <= maxBytes) this.#sendPiece(connection, lines)
    else
      for (const piece of splitLines(asBytes(lines), maxBytes)) this.#sendPiece(connection, piece)
  }

  cast(rooms: readonly RoomId[], variants: Variants, except: ConnectionId): void {
    checkCast(rooms, variants, except)
    if (castBytes(rooms, variants) <= this.#ring.maxRecordBytes)
      this.#castPiece(rooms, variants, except)
    else
      for (const piece of splitVariants(rooms, variants, this.#ring))
        this.#castPiece(rooms, piece, except)
  }

  enter(connection: ConnectionId, room: RoomId): void {
    this.#numbers(RECORD.enter, asWord(connection), asWord(room))
  }

  leave(connection: ConnectionId, room: RoomId): void {
    this.#numbers(RECORD.leave, asWord(connection), asWord(room))
  }

  classify(connection: ConnectionId, deliveryClass: DeliveryClass): void {
    this.#numbers(RECORD.classify, asWord(connection), asWord(deliveryClass))
  }

  close(connection: ConnectionId, farewell: Text, reason: string): void {
    asWord(connection)
    const room = this.#ring.maxRecordBytes - CLOSE_HEAD_BYTES - mostBytesOf(reason)
    if (room < 0) throw new RangeError(`a reason of ${reason.length} characters`)
    const isApart = mostBytesOf(farewell) > room
    if (isApart) this.send(connection, farewell)
    const rest = isApart ? '' : farewell
    const write = () => writeClose(this.#ring, connection, rest, reason)
    if (!this.#backlog.isEmpty || !write())
      this.#backlog.defer(mostBytesOf(rest) + reason.length, write)
  }

  bar(networks: readonly string[]): void {
    const parts = splitList(networks, this.#ring.maxRecordBytes - HEAD_BYTES)
    for (const [index, part] of parts.entries()) {
      const type = index === parts.length - 1 ? RECORD.bar : RECORD.barPart
      const write = () => writeText(this.#ring, type, part)
      if (!this.#backlog.isEmpty || !write()) this.#backlog.defer(part.length, write)
    }
  }

  /** The turn that casts what came before began at `startMs` of the shared clock. */
  mark(startMs: number): void {
    const write = () => writeMark(this.#ring, startMs)
    if (!this.#backlog.isEmpty || !write()) this.#backlog.defer(MARK_BYTES, write)
  }

  // The closures live in methods of their own: a function that makes one pays for it at each call.

  #sendPiece(connection: ConnectionId, lines: Text): void {
    if (this.#backlog.isEmpty && writeSend(this.#ring, connection, lines)) return
    this.#deferSend(connection, lines)
  }

  #deferSend(connection: ConnectionId, lines: Text): void {
    this.#backlog.defer(mostBytesOf(lines), () => writeSend(this.#ring, connection, lines))
  }

  #castPiece(rooms: readonly RoomId[], variants: Variants, except: ConnectionId): void {
    if (this.#backlog.isEmpty && writeCast(this.#ring, rooms, variants, except)) return
    this.#deferCast(rooms, variants, except)
  }

  #deferCast(rooms: readonly RoomId[], variants: Variants, except: ConnectionId): void {
    const write = () => writeCast(this.#ring, rooms, variants, except)
    this.#backlog.defer(castBytes(rooms, variants), write)
  }

  #numbers(type: number, connection: number, value: number): void {
    if (this.#backlog.isEmpty && writeNumbers(this.#ring, type, connection, value)) return
    this.#deferNumbers(type, connection, value)
  }

  #deferNumbers(type: number, connection: number, value: number): void {
    const write = () => writeNumbers(this.#ring, type, connection, value)
    this.#backlog.defer(HEAD_BYTES + WORD_BYTES, write)
  }
}

function writeSend(ring: RingProducer, connection: ConnectionId, lines: Text): boolean {
  const at = ring.reserve(HEAD_BYTES + mostBytesOf(lines))
  if (at === undefined) return false
  ring.words[at >> 2] = RECORD.send
  ring.words[(at >> 2) + 1] = connection
  ring.commit(HEAD_BYTES + put(ring, lines, at + HEAD_BYTES))
  return true
}

function writeCast(
  ring: RingProducer,
  rooms: readonly RoomId[],
  variants: Variants,
  except: ConnectionId,
): boolean {
  const at = ring.reserve(castBytes(rooms, variants))
  if (at === undefined) return false
  let word = at >> 2
  ring.words[word++] = RECORD.cast | (rooms.length << 8)
  ring.words[word++] = except
  ring.words[word++] = variants.size
  for (const room of rooms) ring.words[word++] = room
  let bytesAt = at + castHeadBytes(rooms.length, variants.size)
  for (const [deliveryClass, lines] of variants) {
    const bytes = put(ring, lines, bytesAt)
    ring.words[word++] = deliveryClass
    ring.words[word++] = bytes
    bytesAt += bytes
  }
  ring.commit(bytesAt - at)
  return true
}

function writeNumbers(
  ring: RingProducer,
  type: number,
  connection: number,
  value: number,
): boolean {
  const at = ring.reserve(HEAD_BYTES + WORD_BYTES)
  if (at === undefined) return false
  ring.words[at >> 2] = type
  ring.words[(at >> 2) + 1] = connection
  ring.words[(at >> 2) + 2] = value
  ring.commit(HEAD_BYTES + WORD_BYTES)
  return true
}

function writeMark(ring: RingProducer, startMs: number): boolean {
  const at = ring.reserve(MARK_BYTES)
  if (at === undefined) return false
  ring.words[at >> 2] = RECORD.mark
  ring.words[(at >> 2) + 1] = 0
  ring.buffer.writeDoubleLE(startMs, at + HEAD_BYTES)
  ring.commit(MARK_BYTES)
  return true
}

function writeClose(
  ring: RingProducer,
  connection: ConnectionId,
  farewell: Text,
  reason: string,
): boolean {
  const at = ring.reserve(CLOSE_HEAD_BYTES + mostBytesOf(farewell) + mostBytesOf(reason))
  if (at === undefined) return false
  const farewellBytes = put(ring, farewell, at + CLOSE_HEAD_BYTES)
  const reasonBytes = put(ring, reason, at + CLOSE_HEAD_BYTES + farewellBytes)
  ring.words[at >> 2] = RECORD.close
  ring.words[(at >> 2) + 1] = connection
  ring.words[(at >> 2) + 2] = farewellBytes
  ring.commit(CLOSE_HEAD_BYTES + farewellBytes + reasonBytes)
  return true
}

function writeText(ring: RingProducer, type: number, text: Uint8Array): boolean {
  const at = ring.reserve(HEAD_BYTES + text.length)
  if (at === undefined) return false
  ring.words[at >> 2] = type
  ring.words[(at >> 2) + 1] = 0
  ring.buffer.set(text, at + HEAD_BYTES)
  ring.commit(HEAD_BYTES + text.length)
  return true
}

/** Straight into the reserved record; returns how many bytes it took. */
function put(ring: RingProducer, text: Text, at: number): number {
  if (typeof text === 'string') return ring.buffer.write(text, at, mostBytesOf(text), 'utf8')
  ring.buffer.set(text, at)
  return text.length
}

/** Of a string, what it can take at most: to count exactly costs as much as to write it. */
function mostBytesOf(text: Text): number {
  return typeof text === 'string' ? text.length * UTF8_BYTES_PER_UNIT : text.length
}

function asBytes(text: Text): Uint8Array {
  return typeof text === 'string' ? Buffer.from(text) : text
}

function castHeadBytes(roomCount: number, variantCount: number): number {
  return CAST_HEAD_BYTES + roomCount * WORD_BYTES + variantCount * VARIANT_HEAD_BYTES
}

function castBytes(rooms: readonly RoomId[], variants: Variants): number {
  let bytes = castHeadBytes(rooms.length, variants.size)
  for (const lines of variants.values()) bytes += mostBytesOf(lines)
  return bytes
}

function checkCast(rooms: readonly RoomId[], variants: Variants, except: ConnectionId): void {
  if (rooms.length > MOST_SMALL_NUMBER) throw new RangeError(`a cast to ${rooms.length} rooms`)
  for (const room of rooms) asWord(room)
  for (const deliveryClass of variants.keys()) asWord(deliveryClass)
  asWord(except)
}

/** A connection has one class, so a cast for each class says the same as one for all. Rooms stay together: who is in two hears it once. */
function splitVariants(
  rooms: readonly RoomId[],
  variants: Variants,
  ring: RingProducer,
): readonly Variants[] {
  const maxBytes = ring.maxRecordBytes - castHeadBytes(rooms.length, 1)
  if (maxBytes < 0) throw new RangeError(`a cast to ${rooms.length} rooms`)
  return [...variants].flatMap(([deliveryClass, lines]) =>
    splitLines(asBytes(lines), maxBytes).map((piece) => new Map([[deliveryClass, piece]])),
  )
}

function splitList(items: readonly string[], maxBytes: number): readonly Buffer[] {
  const text = Buffer.from(JSON.stringify(items))
  if (text.length <= maxBytes) return [text]
  const half = items.length >> 1
  if (half === 0) throw new RangeError(`a network of ${text.length} bytes`)
  return [...splitList(items.slice(0, half), maxBytes), ...splitList(items.slice(half), maxBytes)]
}
