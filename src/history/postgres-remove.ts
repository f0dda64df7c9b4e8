import type { ClientBase } from 'pg'

/** Removes the events of these ids, in one statement. Returns how many were still there. */
export async function removeFromPostgres(
  client: ClientBase,
  ids: readonly number[],
): Promise<number> {
  if (ids.length === 0) return 0
  const { rows } = await client.query<{ count: number }>(
    `WITH removed AS (
      DELETE FROM event WHERE id = ANY($1::bigint[]) RETURNING buffer, seq, time_ms
    ), redactions AS (
      DELETE FROM redaction r USING removed d WHERE r.buffer = d.buffer AND r.seq = d.seq
    ), ends AS (
      UPDATE buffer SET last_seq = greatest(last_seq, d.seq),
        last_time_ms = greatest(last_time_ms, d.time_ms)
      FROM (SELECT buffer, max(seq) AS seq, max(time_ms) AS time_ms FROM removed GROUP BY buffer) d
      WHERE buffer.id = d.buffer
    ), goes AS (
      INSERT INTO gone (id, buffer, seq)
      SELECT p.last_id + row_number() OVER (), d.buffer, d.seq FROM progress p, removed d
    )
    UPDATE progress SET last_id = last_id + (SELECT count(*) FROM removed),
      events = events - (SELECT count(*) FROM removed)
    RETURNING (SELECT count(*) FROM removed) AS count`,
    [ids],
  )
  return rows[0]?.count ?? 0
}
