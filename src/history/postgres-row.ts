import type { StoredEvent } from '../state/record.ts'
import { checksumOf, commandOf } from './event-row.ts'

/** A row of `event`, with what `redaction` says of it. */
export interface PostgresRow {
  readonly id: number
  readonly buffer: number
  readonly seq: number
  readonly time_ms: number
  readonly msgid: string
  readonly command: number
  readonly source: string
  readonly person: string
  readonly flags: number
  readonly least: number
  readonly client_tags: string
  readonly body: string
  readonly checksum: number
  readonly redaction_source?: string | null
  readonly redaction_reason?: string | null
  readonly redaction_ms?: number | null
}

/**
 * The events of a msgid, `$1`. The fence says what the planner can't know: a msgid has few events, whichever
 * buffer they are in.
 */
export const EVENTS_OF_MSGID = '(SELECT * FROM event WHERE msgid = $1 OFFSET 0)'

/** `events` is a query or a table of rows of `event`. */
export function withRedactions(events: string): string {
  return `SELECT e.*, r.source AS redaction_source, r.reason AS redaction_reason,
    r.time_ms AS redaction_ms
    FROM ${events} e LEFT JOIN redaction r ON r.buffer = e.buffer AND r.seq = e.seq`
}

/** Undefined: the row is damaged. */
export function eventOfRow(row: PostgresRow): StoredEvent | undefined {
  const { buffer, seq, time_ms: timeMs, msgid, source, person, flags, least, body } = row
  const command = commandOf(row.command)
  if (command === undefined) return undefined
  const who = { buffer, seq, timeMs, msgid, command, source, person }
  const event: StoredEvent = { ...who, flags, least, clientTags: row.client_tags, body }
  if (checksumOf(event) !== row.checksum) return undefined
  const { redaction_source: by, redaction_reason: reason, redaction_ms: whenMs } = row
  if (typeof by !== 'string' || typeof reason !== 'string' || typeof whenMs !== 'number') {
    return event
  }
  return { ...event, redaction: { source: by, reason, timeMs: whenMs } }
}
