import type { SQLOutputValue } from 'node:sqlite'
import type { StoredEvent } from '../state/record.ts'
import { checksumOf, commandOf } from './event-row.ts'

/** In the order in which `eventOf` reads them. */
export const EVENT_COLUMNS =
  'id, buffer, seq, time_ms, msgid, command, source, person, flags, least, client_tags, body, checksum'

export interface EventRow {
  readonly id: number
  readonly buffer: number
  readonly seq: number
  /** Undefined: the row is damaged. */
  readonly event: StoredEvent | undefined
}

/** `row`: what a statement with `setReturnArrays` gives for `EVENT_COLUMNS`. */
export function eventOf(row: unknown): EventRow {
  const cells = row as readonly SQLOutputValue[]
  const [id, buffer, seq, timeMs, msgid, number, source, person, flags, least, tags, body, sum] =
    cells
  const command = commandOf(number)
  const ids = { id: Number(id), buffer: Number(buffer), seq: Number(seq) }
  if (command === undefined) return { ...ids, event: undefined }
  // Whatever a damaged row holds, its checksum is not right.
  const event = {
    buffer,
    seq,
    timeMs,
    msgid,
    command,
    source,
    person,
    flags,
    least,
    clientTags: tags,
    body,
  } as StoredEvent
  return { ...ids, event: checksumOf(event) === sum ? event : undefined }
}
