import { closeSync, existsSync, openSync } from 'node:fs'
import { DatabaseSync, type SQLInputValue } from 'node:sqlite'
import { errorText } from '../base/error-text.ts'
import { missingMigrations, readMigrations, StoreOpenError, type Migration } from './migrations.ts'
import { isNotADatabase } from './sqlite-error.ts'
import { walDamage } from './sqlite-wal-damage.ts'
import type { Durability } from './store.ts'

export interface SqlitePlace {
  readonly file: string
  readonly durability: Durability
  readonly role: 'write' | 'read'
  /** How long a commit waits for somebody who holds the file; 5 s if absent. */
  readonly busyMs?: number
}

/** 'Maru', in the header of the file. */
const APPLICATION_ID = 0x4d617275

/**
 * Before this version two connections could corrupt a log that was being reset.
 * https://sqlite.org/wal.html#walresetbug
 */
const LEAST_VERSION = [3, 51, 3] as const

const BUSY_MS = 5000
const CACHE_KIB = 32_768
/** What the file of the write-ahead log is cut to once it was larger. */
const WAL_BYTES = 32 * 1024 * 1024

/**
 * Opens the file, and as a writer makes it and brings its schema up to date. Throws a StoreOpenError with
 * the reason, fit to be shown.
 */
export function openSqliteDatabase(place: SqlitePlace): DatabaseSync {
  const { file, role } = place
  let database: DatabaseSync | undefined
  try {
    if (role === 'write' && !existsSync(file)) closeSync(openSync(file, 'a', 0o600))
    if (role === 'write' && place.durability === 'strict') refuseDamagedWal(`${file}-wal`)
    database = new DatabaseSync(file, { readOnly: role === 'read' })
    assertVersion(database)
    refuseForeign(database, file)
    if (role === 'write') prepareForWriting(database, place)
    database.exec(`
      PRAGMA busy_timeout = ${place.busyMs ?? BUSY_MS};
      PRAGMA cache_size = -${CACHE_KIB};
      PRAGMA trusted_schema = OFF;
    `)
    migrate(database, place)
    return database
  } catch (error) {
    database?.close()
    if (error instanceof StoreOpenError) throw error
    const why = isNotADatabase(error) ? 'it is no SQLite database' : errorText(error)
    throw new StoreOpenError(`can't use ${file}: ${why}`, { cause: error })
  }
}

/** The first column of the first row. */
export function valueOf(
  database: DatabaseSync,
  sql: string,
  ...params: readonly SQLInputValue[]
): unknown {
  return Object.values(database.prepare(sql).get(...params) ?? {})[0]
}

function assertVersion(database: DatabaseSync): void {
  const version = String(valueOf(database, 'SELECT sqlite_version()'))
  const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number)
  const [leastMajor, leastMinor, leastPatch] = LEAST_VERSION
  const isNewer =
    major !== leastMajor
      ? major > leastMajor
      : minor !== leastMinor
        ? minor > leastMinor
        : patch >= leastPatch
  if (isNewer) return
  const least = LEAST_VERSION.join('.')
  throw new StoreOpenError(
    `this Node brings SQLite ${version}, which can lose what it keeps; Maru needs ${least}: take a newer Node`,
  )
}

function refuseForeign(database: DatabaseSync, file: string): void {
  const id = Number(valueOf(database, 'PRAGMA application_id'))
  const tables = Number(valueOf(database, 'SELECT count(*) FROM sqlite_schema'))
  if (id === APPLICATION_ID || (id === 0 && tables === 0)) return
  throw new StoreOpenError(`${file} is a database of another program: it is left alone`)
}

/** What isn't synced may be torn by a power cut in any way: only `strict` can tell. */
function refuseDamagedWal(walFile: string): void {
  const damage = walDamage(walFile)
  if (damage === undefined) return
  const { goodBytes, commits } = damage
  throw new StoreOpenError(
    `${walFile} is damaged: ${commits} or more commits after byte ${goodBytes} can't be read. Restore a backup, or cut the file to ${goodBytes} bytes to go on without them`,
  )
}

function prepareForWriting(database: DatabaseSync, { file, durability }: SqlitePlace): void {
  // Pages are given back to the system in small steps, and what is removed is not left readable in the
  // file. The first must be said before there is anything in it.
  database.exec(`
    PRAGMA auto_vacuum = INCREMENTAL;
    PRAGMA secure_delete = ON;
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = ${durability === 'strict' ? 'FULL' : 'NORMAL'};
    PRAGMA wal_autocheckpoint = 0;
    PRAGMA journal_size_limit = ${WAL_BYTES};
  `)
  const mode = valueOf(database, 'PRAGMA journal_mode')
  const synchronous = valueOf(database, 'PRAGMA synchronous')
  if (mode === 'wal' && synchronous === (durability === 'strict' ? 2 : 1)) return
  throw new StoreOpenError(
    `${file} can't keep the promise "${durability}": journal_mode ${String(mode)}, synchronous ${String(synchronous)}`,
  )
}

function migrate(database: DatabaseSync, { file, role }: SqlitePlace): void {
  const missing = missingMigrations(readMigrations('sqlite'), doneMigrations(database), file)
  if (missing.length === 0) return
  if (role === 'read') throw new StoreOpenError(`${file} was made by an older Maru than this one`)
  for (const migration of missing) runMigration(database, migration)
}

/** All or nothing: who is killed in the middle begins this one anew. */
function runMigration(database: DatabaseSync, { version, name, sql, checksum }: Migration): void {
  database.exec('BEGIN IMMEDIATE')
  try {
    database.exec(`
      PRAGMA application_id = ${APPLICATION_ID};
      CREATE TABLE IF NOT EXISTS migration (
        version INTEGER PRIMARY KEY, name TEXT NOT NULL, checksum INTEGER NOT NULL
      ) STRICT;
    `)
    database.exec(sql)
    database.prepare('INSERT INTO migration VALUES (?, ?, ?)').run(version, name, checksum)
    database.exec('COMMIT')
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK')
    throw error
  }
}

function doneMigrations(database: DatabaseSync): { version: number; checksum: number }[] {
  const table = "SELECT count(*) FROM sqlite_schema WHERE name = 'migration'"
  if (valueOf(database, table) === 0) return []
  const rows = database.prepare('SELECT version, checksum FROM migration ORDER BY version').all()
  return rows.map((row) => ({
    version: Number(row['version']),
    checksum: Number(row['checksum']),
  }))
}
