import { chmodSync, closeSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { errorCode, errorText } from '../base/error-text.ts'
import { MONITOR_SCHEMA } from './monitor-schema.ts'

/** The database of operators, sessions, tokens and audit; the server and `maru operator` have it open at once. */
export interface MonitorStore extends Disposable {
  /** The folder that it lies in. */
  readonly folder: string
  readonly database: DatabaseSync
  /** Runs `work` with nobody else writing; what it throws undoes it. */
  readonly write: <Result>(work: () => Result) => Result
}

/** Why the database can't be used; fit to be shown. */
export class MonitorStoreError extends Error {}

/** As far as another process's short write can hold up this one. */
const BUSY_MS = 5000

/**
 * Opens `monitor.db` in the data folder, and makes it if there is none; only its owner may read it.
 * Throws a MonitorStoreError if that is not possible.
 */
export function openMonitorStore(folder: string): MonitorStore {
  const path = join(folder, 'monitor.db')
  const database = openDatabase(path)
  const write = <Result>(work: () => Result): Result => {
    database.exec('BEGIN IMMEDIATE')
    try {
      const result = work()
      database.exec('COMMIT')
      return result
    } catch (error) {
      // After some errors SQLite has already rolled back. https://sqlite.org/lang_transaction.html
      if (database.isTransaction) database.exec('ROLLBACK')
      throw error
    }
  }
  try {
    write(() => bringUpToDate(database, path))
  } catch (error) {
    database.close()
    throw storeError(path, error)
  }
  return {
    folder,
    database,
    write,
    [Symbol.dispose]() {
      if (database.isOpen) database.close()
    },
  }
}

function openDatabase(path: string): DatabaseSync {
  let database: DatabaseSync | undefined
  try {
    makePrivate(path)
    database = new DatabaseSync(path)
    // In this order: making it WAL has to wait for the other process that is just doing so.
    database.exec(`
      PRAGMA busy_timeout = ${BUSY_MS};
      PRAGMA journal_mode = WAL;
      PRAGMA synchronous = FULL;
      PRAGMA foreign_keys = ON;
      PRAGMA recursive_triggers = ON;
      PRAGMA trusted_schema = OFF;
    `)
    return database
  } catch (error) {
    database?.close()
    throw storeError(path, error)
  }
}

/** SQLite gives the files beside it the same rights. */
function makePrivate(path: string): void {
  try {
    closeSync(openSync(path, 'wx', 0o600))
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error
    chmodSync(path, 0o600)
  }
}

function bringUpToDate(database: DatabaseSync, path: string): void {
  const version = Number(database.prepare('PRAGMA user_version').get()?.['user_version'])
  if (version > MONITOR_SCHEMA.length) {
    throw new MonitorStoreError(`${path} was made by a newer Maru than this one`)
  }
  if (version === MONITOR_SCHEMA.length) return
  for (const text of MONITOR_SCHEMA.slice(version)) database.exec(text)
  database.exec(`PRAGMA user_version = ${MONITOR_SCHEMA.length}`)
}

function storeError(path: string, error: unknown): MonitorStoreError {
  if (error instanceof MonitorStoreError) return error
  const text = errorText(error)
  return new MonitorStoreError(`can't use ${path}: ${text}`, { cause: error })
}
