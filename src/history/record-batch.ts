import type { Ranks } from '../protocol/modes.ts'
import type { LogRecord, StoredEvent } from '../state/record.ts'
import { commandNumber, commandOf } from './event-row.ts'

/** Records on their way to another thread: what the structured clone copies fastest, numbers and one text. */
export interface PackedRecords {
  /**
   * For each record, in order: of an event its command's number (see `event-row.ts`), buffer, seq, timeMs,
   * flags, least, and the lengths of msgid, source, person, clientTags and body, which stand in `text`;
   * of anything else one 0, and it is the next of `others`.
   */
  readonly numbers: Float64Array
  readonly text: string
  readonly others: readonly LogRecord[]
}

const OTHER = 0
const FIELDS = 11

/**
 * The records of one commit while they gather. An event is taken apart at once: a busy log holds hundreds of
 * them, and the collector would have to carry every object that waits for the disk.
 */
export class RecordBatch {
  #numbers = new Float64Array(64 * FIELDS)
  #length = 0
  #texts: string[] = []
  #others: LogRecord[] = []
  #state: LogRecord[] = []
  #size = 0

  add(record: LogRecord, of: 'message' | 'state'): void {
    this.#size++
    if (of === 'state') this.#state.push(record)
    if (record.kind === 'event') this.#addEvent(record.event)
    else {
      this.#reserve(1)
      this.#numbers[this.#length++] = OTHER
      this.#others.push(record)
    }
  }

  /** All that `next` holds comes after what is here. */
  join(next: RecordBatch): void {
    this.#reserve(next.#length)
    this.#numbers.set(next.#numbers.subarray(0, next.#length), this.#length)
    this.#length += next.#length
    this.#texts = this.#texts.concat(next.#texts)
    this.#others = this.#others.concat(next.#others)
    this.#state = this.#state.concat(next.#state)
    this.#size += next.#size
  }

  /** How many records. */
  get size(): number {
    return this.#size
  }

  /** What is true whether or not the log keeps it. */
  get state(): readonly LogRecord[] {
    return this.#state
  }

  pack(): PackedRecords {
    const numbers = this.#numbers.slice(0, this.#length)
    return { numbers, text: this.#texts.join(''), others: this.#others }
  }

  #addEvent(event: StoredEvent): void {
    this.#reserve(FIELDS)
    const { msgid, source, person, clientTags, body } = event
    const numbers = this.#numbers
    let at = this.#length
    numbers[at++] = commandNumber(event.command)
    numbers[at++] = event.buffer
    numbers[at++] = event.seq
    numbers[at++] = event.timeMs
    numbers[at++] = event.flags
    numbers[at++] = event.least
    numbers[at++] = msgid.length
    numbers[at++] = source.length
    numbers[at++] = person.length
    numbers[at++] = clientTags.length
    numbers[at++] = body.length
    this.#length = at
    this.#texts.push(msgid, source, person, clientTags, body)
  }

  #reserve(count: number): void {
    const { length } = this.#numbers
    if (this.#length + count <= length) return
    const larger = new Float64Array(2 * Math.max(length, count))
    larger.set(this.#numbers)
    this.#numbers = larger
  }
}

export function packRecords(records: readonly LogRecord[]): PackedRecords {
  const batch = new RecordBatch()
  for (const record of records) batch.add(record, 'message')
  return batch.pack()
}

export function unpackRecords({ numbers, text, others }: PackedRecords): LogRecord[] {
  const records: LogRecord[] = []
  let from = 0
  let other = 0
  const take = (length = 0): string => text.slice(from, (from += length))
  for (let at = 0; at < numbers.length;) {
    const command = commandOf(numbers[at])
    if (command === undefined) {
      const record = others[other++]
      if (record !== undefined) records.push(record)
      at++
      continue
    }
    const event = {
      buffer: numbers[at + 1] ?? 0,
      seq: numbers[at + 2] ?? 0,
      timeMs: numbers[at + 3] ?? 0,
      msgid: take(numbers[at + 6]),
      command,
      source: take(numbers[at + 7]),
      person: take(numbers[at + 8]),
      flags: numbers[at + 4] ?? 0,
      least: (numbers[at + 5] ?? 0) as Ranks,
      clientTags: take(numbers[at + 9]),
      body: take(numbers[at + 10]),
    }
    records.push({ kind: 'event', event })
    at += FIELDS
  }
  return records
}
