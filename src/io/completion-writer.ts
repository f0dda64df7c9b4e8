import { isAscii } from 'node:buffer'
import { Backlog } from './backlog.ts'
import type { Closed, Completion, ConnectionId, Lines, Opened } from './engine.ts'
import { asWord, FAULTS, HEAD_BYTES, RECORD, SLOWNESSES } from './records.ts'
import type { RingProducer } from './ring.ts'
import { splitLines } from './split-lines.ts'

const UTF8_BYTES_PER_UNIT = 3
const NO_BYTES = new Uint8Array(0)

/**
 * Completions of one worker, by its own connection numbers. What finds the ring full waits in a backlog; a worker with
 * one reads no sockets until it is gone. Nothing reaches the core before `publish`.
 *
 * Lines that outgrow a record become several completions. A RangeError: a connection that is no u32, or a
 * single line or completion too long for a record.
 */
export class CompletionWriter {
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

  /** To be called at the end of each turn, and when rung. True: the core must be rung. */
  publish(): boolean {
    return this.#backlog.publish()
  }

  put(completion: Completion): void {
    asWord(completion.connection)
    switch (completion.kind) {
      case 'lines':
        return this.#stringLines(completion)
      case 'opened':
      case 'closed':
        return this.#odd(completion)
      case 'malformed': {
        const type = RECORD.malformed | (FAULTS.indexOf(completion.fault) << 8)
        return this.#record(type, completion.connection, NO_BYTES)
      }
      case 'slowed': {
        const type = RECORD.slowed | (SLOWNESSES.indexOf(completion.why) << 8)
        return this.#record(type, completion.connection, NO_BYTES)
      }
    }
  }

  /** The straight way for lines that are still bytes: joined by LF, well-formed UTF-8. The bytes are copied, and may be borrowed. */
  putLines(connection: ConnectionId, joined: Uint8Array): void {
    asWord(connection)
    const maxBytes = this.#ring.maxRecordBytes - HEAD_BYTES
    if (joined.length <= maxBytes) return this.#linesPiece(connection, joined)
    // Every piece but the last ends with the LF that stood between two of them.
    const pieces = splitLines(joined, maxBytes)
    for (const piece of pieces.slice(0, -1)) this.#linesPiece(connection, piece.subarray(0, -1))
    this.#linesPiece(connection, pieces[pieces.length - 1] ?? joined)
  }

  #linesPiece(connection: ConnectionId, joined: Uint8Array): void {
    this.#record(isAscii(joined) ? RECORD.asciiLines : RECORD.utf8Lines, connection, joined)
  }

  #stringLines({ connection, lines }: Lines): void {
    if (lines.length === 0) return
    const joined = lines.length === 1 ? (lines[0] ?? '') : lines.join('\n')
    const mostBytes = joined.length * UTF8_BYTES_PER_UNIT
    const fits = mostBytes <= this.#ring.maxRecordBytes - HEAD_BYTES
    if (fits && this.#backlog.isEmpty && writeLines(this.#ring, connection, joined)) return
    this.putLines(connection, Buffer.from(joined))
  }

  #odd({ kind, connection, ...rest }: Opened | Closed): void {
    const text = Buffer.from(JSON.stringify(rest))
    const tooLong = HEAD_BYTES + text.length > this.#ring.maxRecordBytes
    if (tooLong) throw new RangeError(`a completion of ${text.length} bytes`)
    this.#record(RECORD[kind], connection, text)
  }

  #record(type: number, connection: ConnectionId, bytes: Uint8Array): void {
    if (this.#backlog.isEmpty && writeRecord(this.#ring, type, connection, bytes)) return
    this.#defer(type, connection, bytes)
  }

  /** Its own method: a function that makes a closure pays for it at each call. */
  #defer(type: number, connection: ConnectionId, bytes: Uint8Array): void {
    const kept = new Uint8Array(bytes)
    const write = () => writeRecord(this.#ring, type, connection, kept)
    this.#backlog.defer(bytes.length, write)
  }
}

/** UTF-8 has as many bytes as the string has units only where all is ASCII, so the write itself tells which it was. */
function writeLines(ring: RingProducer, connection: ConnectionId, joined: string): boolean {
  const mostBytes = joined.length * UTF8_BYTES_PER_UNIT
  const at = ring.reserve(HEAD_BYTES + mostBytes)
  if (at === undefined) return false
  const written = ring.buffer.write(joined, at + HEAD_BYTES, mostBytes, 'utf8')
  ring.words[at >> 2] = written === joined.length ? RECORD.asciiLines : RECORD.utf8Lines
  ring.words[(at >> 2) + 1] = connection
  ring.commit(HEAD_BYTES + written)
  return true
}

function writeRecord(
  ring: RingProducer,
  type: number,
  connection: ConnectionId,
  bytes: Uint8Array,
): boolean {
  const at = ring.reserve(HEAD_BYTES + bytes.length)
  if (at === undefined) return false
  ring.words[at >> 2] = type
  ring.words[(at >> 2) + 1] = connection
  ring.buffer.set(bytes, at + HEAD_BYTES)
  ring.commit(HEAD_BYTES + bytes.length)
  return true
}
