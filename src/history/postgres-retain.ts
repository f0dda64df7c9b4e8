import type { ClientBase } from 'pg'
import type { BufferId } from '../state/record.ts'
import { removeFromPostgres } from './postgres-remove.ts'
import type { PostgresAccess } from './postgres-upkeep.ts'
import type { BufferRetention, Retention } from './store-upkeep.ts'

const DAY_MS = 24 * 60 * 60 * 1000
const STEP_ROWS = 500
/** Who follows the log may be as far behind as this many changes. */
const REMEMBERED_CHANGES = 2_000_000
/** What an event costs in indexes, about. */
const INDEX_BYTES = 150

/** See `StoreUpkeep.retain`. The room that becomes free is used again once autovacuum has seen it. */
export async function retainPostgres(
  access: PostgresAccess,
  rule: Retention,
  perBuffer: ReadonlyMap<BufferId, BufferRetention>,
): Promise<number> {
  const ids = await access.use((client) =>
    client.query<{ id: number }>('SELECT id FROM buffer ORDER BY id'),
  )
  let count = 0
  for (const { id } of ids.rows) count += await retainBuffer(access, id, perBuffer.get(id) ?? rule)
  if (rule.bytes !== undefined) count += await retainBytes(access, rule.bytes)
  await access.use(forgetGone)
  return count
}

async function retainBuffer(
  access: PostgresAccess,
  buffer: BufferId,
  { days, messages }: BufferRetention,
): Promise<number> {
  if (days === undefined && messages === undefined) return 0
  const oldestMs = days === undefined ? 0 : access.clock.now() - days * DAY_MS
  const firstSeq = await access.use((client) => seqOfNewest(client, buffer, messages))
  return removeAll(
    access,
    `SELECT id FROM event WHERE buffer = $1 AND (time_ms < $2 OR seq < $3) ORDER BY time_ms, seq
    LIMIT $4`,
    [buffer, oldestMs, firstSeq, STEP_ROWS],
  )
}

/** The seq of the oldest of the `count` newest messages; 0 when there are not so many, or all may stay. */
async function seqOfNewest(
  client: ClientBase,
  buffer: BufferId,
  count: number | undefined,
): Promise<number> {
  if (count === undefined) return 0
  if (count === 0) return Number.MAX_SAFE_INTEGER
  const { rows } = await client.query<{ seq: number }>(
    `SELECT seq FROM event WHERE buffer = $1 AND kind = 0 ORDER BY seq DESC LIMIT 1 OFFSET $2`,
    [buffer, count - 1],
  )
  return rows[0]?.seq ?? 0
}

/** Deleted rows take up room until autovacuum comes: so it is counted what those that are left need. */
async function retainBytes(access: PostgresAccess, bytes: number): Promise<number> {
  const { rows } = await access.use((client) =>
    client.query<{ id: number | null }>(
      `WITH size AS (
        SELECT avg(pg_column_size(e.*)) + ${INDEX_BYTES} AS bytes
        FROM (SELECT * FROM event ORDER BY id DESC LIMIT 10000) e
      )
      SELECT id FROM event ORDER BY id DESC
      LIMIT 1 OFFSET (SELECT coalesce(floor($1 / bytes), 0) FROM size)`,
      [bytes],
    ),
  )
  const newest = rows[0]?.id
  if (typeof newest !== 'number') return 0
  return removeAll(access, 'SELECT id FROM event WHERE id <= $1 ORDER BY id LIMIT $2', [
    newest,
    STEP_ROWS,
  ])
}

/** `sql` finds the ids of the next ones, fewer than `STEP_ROWS` when they are the last. */
async function removeAll(
  access: PostgresAccess,
  sql: string,
  values: readonly number[],
): Promise<number> {
  let count = 0
  for (;;) {
    const removed = await access.use(async (client) => {
      const { rows } = await client.query<{ id: number }>(sql, [...values])
      return removeFromPostgres(
        client,
        rows.map(({ id }) => id),
      )
    })
    count += removed
    if (removed < STEP_ROWS) return count
  }
}

async function forgetGone(client: ClientBase): Promise<void> {
  await client.query(
    `WITH forgotten AS (
      DELETE FROM gone WHERE id <= (SELECT last_id FROM progress) - ${REMEMBERED_CHANGES}
      RETURNING id
    )
    UPDATE progress SET gone_since = greatest(gone_since, (SELECT max(id) FROM forgotten))`,
  )
}
