import type { ClientBase } from 'pg'
import { KEPT_ROWS, sortKept, type KeptRow } from './kept-row.ts'
import { eventOfRow, type PostgresRow } from './postgres-row.ts'
import { END, SEES_ALL, START, type EventReader } from './read-page.ts'
import { SENT_KEPT_MS } from './sqlite-writer.ts'
import type { BufferState, Loaded } from './store.ts'

interface BufferRow {
  readonly id: number
  readonly pair: number
  readonly name: string
  readonly people: string
  readonly created_at_ms: number
  readonly last_seq: number
  readonly last_time_ms: number
  /** Its last event. */
  readonly last: number | null
}

/** Must be called in a transaction that sees one moment. */
export async function loadPostgres(
  client: ClientBase,
  reader: EventReader,
  nowMs: number,
): Promise<Loaded> {
  const kept = await client.query<KeptRow>(KEPT_ROWS)
  const sent = await client.query<Loaded['sent'][number]>(
    `SELECT person, client_msgid AS "clientMsgid", msgid, time_ms AS "timeMs", digest
    FROM sent WHERE time_ms >= $1 ORDER BY id`,
    [nowMs - SENT_KEPT_MS],
  )
  return {
    buffers: await buffersOf(client, reader),
    ...sortKept(kept.rows),
    sent: sent.rows,
  }
}

const LAST_SEQS = [0, 1, 2, 3].map(
  (kind) => `(SELECT seq FROM event WHERE buffer = b.id AND kind = ${kind}
    ORDER BY seq DESC LIMIT 1)`,
)

async function buffersOf(client: ClientBase, reader: EventReader): Promise<BufferState[]> {
  const buffers = await client.query<BufferRow>(`
    SELECT b.*, greatest(${LAST_SEQS.join(', ')}) AS last FROM buffer b ORDER BY b.id`)
  const lastEvents = await client.query<PostgresRow>(
    `SELECT e.* FROM unnest($1::bigint[], $2::bigint[]) AS l (buffer, seq)
    CROSS JOIN LATERAL (SELECT * FROM event
      WHERE event.buffer = l.buffer AND kind IN (0, 1, 2, 3) AND event.seq = l.seq) e`,
    [buffers.rows.map(({ id }) => id), buffers.rows.map(({ last }) => last ?? START)],
  )
  const times = new Map(lastEvents.rows.map((row) => [row.buffer, eventOfRow(row)?.timeMs]))
  const states: BufferState[] = []
  for (const row of buffers.rows) {
    const timeMs = times.get(row.id) ?? (row.last === null ? 0 : await lastGoodMs(reader, row.id))
    states.push({
      id: row.id,
      of: row.pair === 1 ? 'pair' : 'room',
      name: row.name,
      people: JSON.parse(row.people) as string[],
      createdAtMs: row.created_at_ms,
      lastSeq: Math.max(row.last_seq, row.last ?? 0),
      lastTimeMs: Math.max(row.last_time_ms, timeMs),
    })
  }
  return states
}

async function lastGoodMs(reader: EventReader, buffer: number): Promise<number> {
  const range = { buffer, sight: SEES_ALL, after: START, before: END, limit: 1 }
  const [last] = await reader.read({ ...range, from: 'last' })
  return last?.timeMs ?? 0
}
