import type { ClientBase } from 'pg'
import type { TargetRow, TargetsQuery } from '../state/history-query.ts'
import type { StoredEvent } from '../state/record.ts'
import { REDACTED } from './event-row.ts'
import { FORGOTTEN, formatPosition, parsePosition, type KnownChanges } from './position.ts'
import { EVENTS_OF_MSGID, eventOfRow, withRedactions, type PostgresRow } from './postgres-row.ts'
import { END, kindsOf, type EventRange, type EventReader } from './read-page.ts'
import type { Followed } from './store.ts'
import { targetRows } from './target-rows.ts'

/** `damaged` is told of rows that are left out. */
export function createPostgresReader(
  client: ClientBase,
  damaged: (row: PostgresRow) => void,
): EventReader {
  const good = (rows: readonly PostgresRow[]): StoredEvent[] =>
    rows.flatMap((row) => {
      const event = eventOfRow(row)
      if (event === undefined) damaged(row)
      return event ?? []
    })
  return {
    async find(buffer, msgid) {
      const sql = `${withRedactions(EVENTS_OF_MSGID)} WHERE e.buffer = $2 ORDER BY e.seq`
      const { rows } = await client.query<PostgresRow>(sql, [msgid, buffer])
      return good(rows)[0]
    },
    async seqAt(buffer, timeMs) {
      const { rows } = await client.query<{ seq: number }>(
        `SELECT seq FROM event WHERE buffer = $1 AND time_ms >= $2 ORDER BY time_ms, seq LIMIT 1`,
        [buffer, timeMs],
      )
      return rows[0]?.seq ?? END
    },
    async read(range) {
      let { after, before } = range
      const events: StoredEvent[] = []
      // As many good rows as asked for, wherever damaged ones are between them.
      for (;;) {
        const limit = range.limit - events.length
        const rows = await readRows(client, { ...range, after, before, limit })
        events.push(...good(rows))
        const last = rows.at(-1)
        if (events.length >= range.limit || rows.length < limit || last === undefined) break
        if (range.from === 'first') after = last.seq
        else before = last.seq
      }
      return range.from === 'last' ? events.reverse() : events
    },
  }
}

/** See `Store.targets`. */
export async function targetsInPostgres(
  client: ClientBase,
  query: TargetsQuery,
): Promise<readonly TargetRow[]> {
  const { rows } = await client.query<{ time_ms: number | null }>(
    `SELECT last.time_ms
    FROM unnest($1::bigint[], $2::bigint[], $3::bigint[]) WITH ORDINALITY
      AS q (buffer, ranks, since_ms, n)
    LEFT JOIN LATERAL (
      SELECT time_ms FROM event
      WHERE event.buffer = q.buffer AND kind = 0 AND least <= q.ranks ORDER BY seq DESC LIMIT 1
    ) last ON last.time_ms >= q.since_ms
    ORDER BY q.n`,
    [
      query.buffers.map(({ buffer }) => buffer),
      query.buffers.map(({ sight }) => sight.ranks),
      query.buffers.map(({ sight }) => sight.sinceMs),
    ],
  )
  return targetRows(
    query,
    rows.map(({ time_ms: timeMs }) => timeMs ?? undefined),
  )
}

/** Must be called in a transaction that sees one moment. */
export async function followPostgres(
  client: ClientBase,
  { position, limit }: { readonly position: string; readonly limit: number },
  damaged: (row: PostgresRow) => void,
): Promise<Followed> {
  const progress = await client.query<KnownChanges>(
    'SELECT identity, gone_since AS "goneSince", last_id AS "lastId" FROM progress',
  )
  const [known] = progress.rows
  const start = known && parsePosition(position, known)
  if (known === undefined || start === undefined) return FORGOTTEN
  let { id } = start
  for (;;) {
    const { rows } = await client.query<PostgresRow & { readonly gone: boolean }>(
      `SELECT * FROM (
        (SELECT false AS gone, event.* FROM event WHERE id > $1 ORDER BY id LIMIT $2) UNION ALL
        (SELECT true, id, buffer, 0, seq, 0, '', 0, '', '', 0, 0, '', '', 0
          FROM gone WHERE id > $1 ORDER BY id LIMIT $2)
      ) changes ORDER BY id LIMIT $2`,
      [id, limit],
    )
    id = rows.at(-1)?.id ?? id
    const changes = rows.flatMap((row) => changeOf(row, damaged) ?? [])
    // Whoever gets no changes believes that there are none: damaged rows alone aren't the end.
    if (changes.length > 0 || rows.length === 0) {
      return { position: formatPosition({ ...start, id }, known), changes }
    }
  }
}

/** Each kind is read in the order of the index, and PostgreSQL merges them. */
async function readRows(
  client: ClientBase,
  { buffer, sight, after, before, from, limit }: EventRange,
): Promise<readonly PostgresRow[]> {
  const order = from === 'last' ? 'DESC' : 'ASC'
  const kinds = kindsOf(sight).map(
    (kind) => `(SELECT * FROM event WHERE buffer = $1 AND kind = ${kind} AND seq > $2 AND seq < $3
      AND least <= $4 ORDER BY seq ${order} LIMIT $5)`,
  )
  const events = `(SELECT * FROM (${kinds.join(' UNION ALL ')}) k ORDER BY seq ${order} LIMIT $5)`
  const { rows } = await client.query<PostgresRow>(
    `${withRedactions(events)} ORDER BY e.seq ${order}`,
    [buffer, after, before, sight.ranks, limit],
  )
  return rows
}

function changeOf(
  row: PostgresRow & { readonly gone: boolean },
  damaged: (row: PostgresRow) => void,
): Followed['changes'][number] | undefined {
  const { buffer, seq, gone } = row
  if (gone) return { change: 'gone', buffer, seq }
  const event = eventOfRow(row)
  if (event === undefined) {
    damaged(row)
    return undefined
  }
  if ((event.flags & REDACTED) !== 0) return { change: 'gone', buffer, seq }
  return { change: 'added', buffer, seq, event }
}
