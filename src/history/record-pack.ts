import type { Ranks } from '../protocol/modes.ts'
import type { LogRecord, StoredCommand, StoredEvent } from '../state/record.ts'

/**
 * Records on their way to another thread: events as a flat list of their fields, which the structured clone
 * copies several times as fast as objects, everything else as it is.
 */
export function packRecords(records: readonly LogRecord[]): unknown[] {
  const packed: unknown[] = []
  for (const each of records) {
    if (each.kind !== 'event') {
      packed.push(each)
      continue
    }
    const { buffer, seq, timeMs, msgid, command, source, person, flags, least } = each.event
    packed.push(buffer, seq, timeMs, msgid, command, source, person, flags, least)
    packed.push(each.event.clientTags, each.event.body)
  }
  return packed
}

export function unpackRecords(packed: readonly unknown[]): LogRecord[] {
  const records: LogRecord[] = []
  for (let at = 0; at < packed.length;) {
    const first = packed[at]
    if (typeof first === 'object') {
      records.push(first as LogRecord)
      at++
      continue
    }
    records.push({ kind: 'event', event: unpackEvent(packed, at) })
    at += FIELDS
  }
  return records
}

const FIELDS = 11

function unpackEvent(packed: readonly unknown[], at: number): StoredEvent {
  return {
    buffer: packed[at] as number,
    seq: packed[at + 1] as number,
    timeMs: packed[at + 2] as number,
    msgid: packed[at + 3] as string,
    command: packed[at + 4] as StoredCommand,
    source: packed[at + 5] as string,
    person: packed[at + 6] as string,
    flags: packed[at + 7] as number,
    least: packed[at + 8] as Ranks,
    clientTags: packed[at + 9] as string,
    body: packed[at + 10] as string,
  }
}
