import type { ClientBase } from 'pg'
import type {
  ForgetRecord,
  KeepRecord,
  LogRecord,
  RedactRecord,
  StoredEvent,
} from '../state/record.ts'
import { checksumOf, commandNumber, kindOf, REDACTED, withoutContent } from './event-row.ts'
import { keptChecksum } from './kept-row.ts'
import { EVENTS_OF_MSGID, eventOfRow, type PostgresRow } from './postgres-row.ts'
import type { CommitMark } from './sqlite-writer.ts'

/**
 * All of it in one statement: that is one round trip, and a transaction without a BEGIN. What was sent
 * before `$27` is forgotten.
 */
const COMMIT = `
  WITH base AS (SELECT last_id FROM progress),
  events AS (
    INSERT INTO event (id, buffer, kind, seq, time_ms, msgid, command, source, person, flags, least,
      client_tags, body, checksum)
    SELECT base.last_id + e.n, e.buffer, e.kind, e.seq, e.time_ms, e.msgid, e.command, e.source,
      e.person, e.flags, e.least, e.client_tags, e.body, e.checksum
    FROM base, unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::text[],
      $6::bigint[], $7::text[], $8::text[], $9::bigint[], $10::bigint[], $11::text[], $12::text[],
      $13::bigint[]) WITH ORDINALITY AS e (buffer, kind, seq, time_ms, msgid, command, source,
      person, flags, least, client_tags, body, checksum, n)
  ),
  buffers AS (
    INSERT INTO buffer (id, pair, name, people, created_at_ms, last_seq, last_time_ms)
    SELECT b.*, 0, 0
    FROM unnest($14::bigint[], $15::bigint[], $16::text[], $17::text[], $18::bigint[]) AS b
  ),
  keeps AS (
    INSERT INTO kept (kind, key, value, checksum)
    SELECT * FROM unnest($19::text[], $20::text[], $21::text[], $30::integer[])
    ON CONFLICT (kind, key) DO UPDATE SET value = excluded.value, checksum = excluded.checksum
  ),
  forgets AS (
    DELETE FROM kept USING unnest($22::text[], $23::text[]) AS f (kind, key)
    WHERE kept.kind = f.kind AND kept.key = f.key
  ),
  names AS (
    INSERT INTO sent (person, client_msgid, msgid, time_ms, digest)
    SELECT s.person, s.client_msgid, s.msgid, s.time_ms, s.digest
    FROM unnest($24::text[], $25::text[], $26::text[], $28::bigint[], $29::text[])
      WITH ORDINALITY AS s (person, client_msgid, msgid, time_ms, digest, n) ORDER BY s.n
  ),
  old AS (DELETE FROM sent WHERE time_ms < $27)
  UPDATE progress SET commits = commits + 1, last_id = last_id + cardinality($1::bigint[]),
    events = events + cardinality($1::bigint[])
  RETURNING commits, last_id AS "lastId"`

/**
 * `forgetMs`: what was sent before it is forgotten. Resolves to where the log stands then. Rejects with what
 * PostgreSQL says.
 */
export async function commitToPostgres(
  client: ClientBase,
  records: readonly LogRecord[],
  forgetMs: number,
): Promise<CommitMark> {
  const values = valuesOf(records, forgetMs)
  const redactions = records.filter((record) => record.kind === 'redact')
  if (redactions.length === 0) return runCommit(client, values)
  await client.query('BEGIN')
  try {
    const mark = await runCommit(client, values)
    for (const redaction of redactions) await redact(client, redaction)
    await client.query('COMMIT')
    return mark
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {})
    throw error
  }
}

/** The rows are written over, and whoever follows hears that what was in them is gone. */
export async function replaceInPostgres(
  client: ClientBase,
  changed: readonly { readonly id: number; readonly event: StoredEvent }[],
): Promise<void> {
  const events = changed.map(({ event }) => event)
  await client.query(
    `WITH c AS (
      SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::text[], $4::text[], $5::bigint[],
        $6::text[], $7::text[], $8::bigint[]) WITH ORDINALITY
        AS c (id, kind, source, person, flags, client_tags, body, checksum, n)
    ), changes AS (
      UPDATE event SET kind = c.kind, source = c.source, person = c.person, flags = c.flags,
        client_tags = c.client_tags, body = c.body, checksum = c.checksum
      FROM c WHERE event.id = c.id RETURNING c.n, event.buffer, event.seq
    ), goes AS (
      INSERT INTO gone (id, buffer, seq)
      SELECT p.last_id + x.n, x.buffer, x.seq FROM progress p, changes x
    )
    UPDATE progress SET last_id = last_id + cardinality($1::bigint[])`,
    [
      changed.map(({ id }) => id),
      events.map(kindOf),
      events.map(({ source }) => source),
      events.map(({ person }) => person),
      events.map(({ flags }) => flags),
      events.map(({ clientTags }) => clientTags),
      events.map(({ body }) => body),
      events.map(checksumOf),
    ],
  )
}

async function runCommit(client: ClientBase, values: unknown[]): Promise<CommitMark> {
  const { rows } = await client.query<CommitMark>({ name: 'commit', text: COMMIT, values })
  const [mark] = rows
  if (mark === undefined) throw new Error('the log has no row in "progress"')
  return mark
}

function valuesOf(records: readonly LogRecord[], forgetMs: number): unknown[] {
  const events = records.flatMap((record) => (record.kind === 'event' ? record.event : []))
  const buffers = records.flatMap((record) => (record.kind === 'buffer' ? record.buffer : []))
  const sent = records.filter((record) => record.kind === 'sent')
  const { keeps, forgets } = lastOfEach(records)
  return [
    events.map(({ buffer }) => buffer),
    events.map(kindOf),
    events.map(({ seq }) => seq),
    events.map(({ timeMs }) => timeMs),
    events.map(({ msgid }) => msgid),
    events.map(({ command }) => commandNumber(command)),
    events.map(({ source }) => source),
    events.map(({ person }) => person),
    events.map(({ flags }) => flags),
    events.map(({ least }) => least),
    events.map(({ clientTags }) => clientTags),
    events.map(({ body }) => body),
    events.map(checksumOf),
    buffers.map(({ id }) => id),
    buffers.map(({ of }) => (of === 'pair' ? 1 : 0)),
    buffers.map(({ name }) => name),
    buffers.map(({ people }) => JSON.stringify(people)),
    buffers.map(({ createdAtMs }) => createdAtMs),
    keeps.map(({ table }) => table),
    keeps.map(({ key }) => key),
    keeps.map(({ value }) => value),
    forgets.map(({ table }) => table),
    forgets.map(({ key }) => key),
    sent.map(({ person }) => person),
    sent.map(({ clientMsgid }) => clientMsgid),
    sent.map(({ msgid }) => msgid),
    forgetMs,
    sent.map(({ timeMs }) => timeMs),
    sent.map(({ digest }) => digest),
    keeps.map(keptChecksum),
  ]
}

/** In one statement a key may be written once. */
function lastOfEach(records: readonly LogRecord[]) {
  const last = new Map<string, KeepRecord | ForgetRecord>()
  for (const record of records) {
    if (record.kind !== 'keep' && record.kind !== 'forget') continue
    last.set(`${record.table} ${record.key}`, record)
  }
  const all = [...last.values()]
  return {
    keeps: all.filter((record) => record.kind === 'keep'),
    forgets: all.filter((record) => record.kind === 'forget'),
  }
}

async function redact(client: ClientBase, record: RedactRecord): Promise<void> {
  const { buffer, msgid, source, reason, timeMs } = record
  const { rows } = await client.query<PostgresRow>(
    `SELECT * FROM ${EVENTS_OF_MSGID} e WHERE buffer = $2 ORDER BY seq LIMIT 1`,
    [msgid, buffer],
  )
  const [row] = rows
  const event = row && eventOfRow(row)
  if (row === undefined || event === undefined || (event.flags & REDACTED) !== 0) return
  await replaceInPostgres(client, [{ id: row.id, event: withoutContent(event) }])
  await client.query('INSERT INTO redaction VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING', [
    buffer,
    event.seq,
    source,
    reason,
    timeMs,
  ])
}
