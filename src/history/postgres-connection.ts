import pg from 'pg'
import {
  missingMigrations,
  readMigrations,
  StoreOpenError,
  type DoneMigration,
} from './migrations.ts'
import type { Durability } from './store.ts'

export interface PostgresPlace {
  /** `postgres://user:password@host/database` */
  readonly url: string
  readonly durability: Durability
  readonly role: 'write' | 'read'
  /** How long to wait for another server, which is just ending, to let go of the log; 3 s if absent. */
  readonly lockMs?: number
}

/** 'Maru': whoever writes holds it, in its database, as long as its connection lives. */
const WRITER_LOCK = 0x4d617275

const LOCK_MS = 3000
const LOCK_RETRY_MS = 100
const CONNECT_MS = 5000
/** A query that takes longer is given up, and its connection with it. */
const QUERY_MS = 10_000

const INT8 = 20

/** Rejects with a StoreOpenError that is fit to be shown, or with what the network says. */
export async function connectPostgres(place: PostgresPlace): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString: place.url,
    application_name: `maru (${place.role})`,
    connectionTimeoutMillis: CONNECT_MS,
    query_timeout: QUERY_MS,
    keepAlive: true,
    types: { getTypeParser: typeParser },
  })
  // Whoever waits for an answer hears of it; there is nobody else to be told.
  client.on('error', () => {})
  try {
    await client.connect()
    await prepareSession(client, place)
    if (place.role === 'write') await takeLock(client, place)
    await migrate(client, place)
    return client
  } catch (error) {
    dropPostgres(client)
    throw error
  }
}

/** At once, and whatever state it is in. */
export function dropPostgres(client: pg.Client): void {
  client.end().catch(() => {})
}

/** The url without its password. */
export function shownUrl(url: string): string {
  return url.replace(/(:\/\/[^:@/]*):[^@/]*@/, '$1@')
}

/** Numbers of 64 bits come as numbers: all of ours are exact. */
function typeParser(oid: number, format?: 'text' | 'binary'): (text: string) => unknown {
  if (oid === INT8 && format !== 'binary') return Number
  return pg.types.getTypeParser(oid, format ?? 'text') as (text: string) => unknown
}

async function prepareSession(client: pg.Client, { url, durability, role }: PostgresPlace) {
  const isStrict = durability === 'strict'
  // The server sees within half a minute that a client is gone, and lets go of its lock.
  await client.query(`
    SET synchronous_commit = ${isStrict ? 'on' : 'off'};
    SET default_transaction_read_only = ${role === 'read' ? 'on' : 'off'};
    SET tcp_keepalives_idle = 10; SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 3;
    SET client_min_messages = warning;
  `)
  const { rows } = await client.query<Record<'synchronous' | 'fsync' | 'encoding', string>>(`
    SELECT current_setting('synchronous_commit') AS synchronous, current_setting('fsync') AS fsync,
      current_setting('server_encoding') AS encoding`)
  const [settings] = rows
  if (settings?.encoding !== 'UTF8') {
    throw new StoreOpenError(`${shownUrl(url)} is not encoded in UTF-8, but ${settings?.encoding}`)
  }
  const isKept = settings.synchronous === (isStrict ? 'on' : 'off')
  if (isKept && (settings.fsync === 'on' || !isStrict)) return
  throw new StoreOpenError(
    `${shownUrl(url)} can't keep the promise "${durability}": synchronous_commit ${settings.synchronous}, fsync ${settings.fsync}`,
  )
}

async function takeLock(client: pg.Client, { url, lockMs = LOCK_MS }: PostgresPlace) {
  for (let waitedMs = 0; ; waitedMs += LOCK_RETRY_MS) {
    const { rows } = await client.query<{ taken: boolean }>(
      'SELECT pg_try_advisory_lock($1) AS taken',
      [WRITER_LOCK],
    )
    if (rows[0]?.taken === true) return
    if (waitedMs >= lockMs) {
      throw new StoreOpenError(`another server writes to ${shownUrl(url)}`)
    }
    await new Promise((resolve) => setTimeout(resolve, LOCK_RETRY_MS))
  }
}

async function migrate(client: pg.Client, { url, role }: PostgresPlace): Promise<void> {
  const done = await doneMigrations(client, url)
  const missing = missingMigrations(readMigrations('postgres'), done, shownUrl(url))
  if (missing.length === 0) return
  if (role === 'read') throw new StoreOpenError(`${shownUrl(url)} was made by an older Maru`)
  for (const { version, name, sql, checksum } of missing) {
    // Texts without parameters may hold several statements, which are one transaction.
    await client.query(`
      BEGIN;
      CREATE TABLE IF NOT EXISTS maru_migration (
        version integer PRIMARY KEY, name text NOT NULL, checksum integer NOT NULL
      );
      ${sql};
      INSERT INTO maru_migration VALUES (${version}, '${name}', ${checksum});
      COMMIT;
    `)
  }
}

async function doneMigrations(client: pg.Client, url: string): Promise<readonly DoneMigration[]> {
  const found = await client.query<{ ours: boolean; theirs: boolean }>(`
    SELECT to_regclass('maru_migration') IS NOT NULL AS ours,
      to_regclass('event') IS NOT NULL OR to_regclass('buffer') IS NOT NULL AS theirs`)
  const { ours, theirs } = found.rows[0] ?? {}
  if (ours === true) {
    const sql = 'SELECT version, checksum FROM maru_migration ORDER BY version'
    return (await client.query<DoneMigration>(sql)).rows
  }
  if (theirs !== true) return []
  throw new StoreOpenError(`${shownUrl(url)} holds tables of another program: it is left alone`)
}
