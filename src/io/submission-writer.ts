import { Backlog } from './backlog.ts'
import type { ConnectionId, DeliveryClass, RoomId, Submissions, Variants } from './engine.ts'
import {
  asWord,
  CAST_HEAD_BYTES,
  CLOSE_HEAD_BYTES,
  HEAD_BYTES,
  MOST_SMALL_NUMBER,
  RECORD,
  WORD_BYTES,
} from './records.ts'
import type { RingProducer } from './ring.ts'
import { splitLines } from './split-lines.ts'

const VARIANT_HEAD_BYTES = 2 * WORD_BYTES
const UTF8_BYTES_PER_UNIT = 3
const NO_BYTES = new Uint8Array(0)

/**
 * Submissions to one worker, by the worker's own connection numbers. What finds the ring full waits in a backlog,
 * and keeps its bytes by reference. Nothing reaches the worker before `publish`.
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

  /** To be called at the end of each turn, and when rung. True: the worker must be rung. */
  publish(): boolean {
    return this.#backlog.publish()
  }

  send(connection: ConnectionId, lines: Uint8Array): void {
    asWord(connection)
    const maxBytes = this.#ring.maxRecordBytes - HEAD_BYTES
    if (lines.length <= maxBytes) this.#sendPiece(connection, lines)
    else for (const piece of splitLines(lines, maxBytes)) this.#sendPiece(connection, piece)
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

  close(connection: ConnectionId, farewell: Uint8Array, reason: string): void {
    asWord(connection)
    const withoutFarewell = CLOSE_HEAD_BYTES + reason.length * UTF8_BYTES_PER_UNIT
    const room = this.#ring.maxRecordBytes - withoutFarewell
    if (room < 0) throw new RangeError(`a reason of ${reason.length} characters`)
    if (farewell.length > room) this.send(connection, farewell)
    const rest = farewell.length > room ? NO_BYTES : farewell
    const write = () => writeClose(this.#ring, connection, rest, reason)
    if (!this.#backlog.isEmpty || !write()) this.#backlog.defer(rest.length + reason.length, write)
  }

  bar(networks: readonly string[]): void {
    const parts = splitList(networks, this.#ring.maxRecordBytes - HEAD_BYTES)
    for (const [index, part] of parts.entries()) {
      const type = index === parts.length - 1 ? RECORD.bar : RECORD.barPart
      const write = () => writeText(this.#ring, type, part)
      if (!this.#backlog.isEmpty || !write()) this.#backlog.defer(part.length, write)
    }
  }

  // The closures live in methods of their own: a function that makes one pays for it at each call.

  #sendPiece(connection: ConnectionId, lines: Uint8Array): void {
    if (this.#backlog.isEmpty && writeSend(this.#ring, connection, lines)) return
    this.#deferSend(connection, lines)
  }

  #deferSend(connection: ConnectionId, lines: Uint8Array): void {
    this.#backlog.defer(lines.length, () => writeSend(this.#ring, connection, lines))
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

function writeSend(ring: RingProducer, connection: ConnectionId, lines: Uint8Array): boolean {
  const bytes = HEAD_BYTES + lines.length
  const at = ring.reserve(bytes)
  if (at === undefined) return false
  const word = at >> 2
  ring.words[word] = RECORD.send
  ring.words[word + 1] = connection
  ring.buffer.set(lines, at + HEAD_BYTES)
  ring.commit(bytes)
  return true
}

function writeCast(
  ring: RingProducer,
  rooms: readonly RoomId[],
  variants: Variants,
  except: ConnectionId,
): boolean {
  const bytes = castBytes(rooms, variants)
  const at = ring.reserve(bytes)
  if (at === undefined) return false
  let word = at >> 2
  ring.words[word++] = RECORD.cast | (rooms.length << 8)
  ring.words[word++] = except
  ring.words[word++] = variants.size
  for (const room of rooms) ring.words[word++] = room
  let bytesAt = at + castHeadBytes(rooms.length, variants.size)
  for (const [deliveryClass, lines] of variants) {
    ring.words[word++] = deliveryClass
    ring.words[word++] = lines.length
    ring.buffer.set(lines, bytesAt)
    bytesAt += lines.length
  }
  ring.commit(bytes)
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

function writeClose(
  ring: RingProducer,
  connection: ConnectionId,
  farewell: Uint8Array,
  reason: string,
): boolean {
  const reasonBytes = reason.length * UTF8_BYTES_PER_UNIT
  const at = ring.reserve(CLOSE_HEAD_BYTES + farewell.length + reasonBytes)
  if (at === undefined) return false
  ring.words[at >> 2] = RECORD.close
  ring.words[(at >> 2) + 1] = connection
  ring.words[(at >> 2) + 2] = farewell.length
  ring.buffer.set(farewell, at + CLOSE_HEAD_BYTES)
  const written = ring.buffer.write(
    reason,
    at + CLOSE_HEAD_BYTES + farewell.length,
    reasonBytes,
    'utf8',
  )
  ring.commit(CLOSE_HEAD_BYTES + farewell.length + written)
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

function castHeadBytes(roomCount: number, variantCount: number): number {
  return CAST_HEAD_BYTES + roomCount * WORD_BYTES + variantCount * VARIANT_HEAD_BYTES
}

function castBytes(rooms: readonly RoomId[], variants: Variants): number {
  let bytes = castHeadBytes(rooms.length, variants.size)
  for (const lines of variants.values()) bytes += lines.length
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
    splitLines(lines, maxBytes).map((piece) => new Map([[deliveryClass, piece]])),
  )
}

function splitList(items: readonly string[], maxBytes: number): readonly Buffer[] {
  const text = Buffer.from(JSON.stringify(items))
  if (text.length <= maxBytes) return [text]
  const half = items.length >> 1
  if (half === 0) throw new RangeError(`a network of ${text.length} bytes`)
  return [...splitList(items.slice(0, half), maxBytes), ...splitList(items.slice(half), maxBytes)]
}
