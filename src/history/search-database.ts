import { closeSync, existsSync, openSync, rmSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'

/**
 * Opens `search.db`. One of another format, or a broken one, is put away for an empty one: everything in it
 * can be made again from the log. Throws when it can't be opened, or when it is a database of something else.
 */
export function openSearchDatabase(file: string): DatabaseSync {
  try {
    const database = openIfOurs(file)
    if (database !== undefined) return database
  } catch (error) {
    if (!isUseless(error)) throw error
  }
  removeSearchDatabase(file)
  const database = openIfOurs(file)
  if (database === undefined) throw new Error(`can't make ${file} anew`)
  return database
}

/** It must not be open. */
export function removeSearchDatabase(file: string): void {
  for (const suffix of ['', '-wal', '-shm']) rmSync(`${file}${suffix}`, { force: true })
}

/** Whether an error of SQLite says that the file itself is of no use. https://sqlite.org/rescode.html */
export function isCorrupt(error: unknown): boolean {
  return CORRUPT.has(codeOf(error))
}

/**
 * The same of an error that no question of somebody else's can have caused. FTS5 says no more than "error"
 * when a table of its own is broken.
 */
export function isUseless(error: unknown): boolean {
  return codeOf(error) === SQLITE_ERROR || isCorrupt(error)
}

function codeOf(error: unknown): number {
  return error instanceof Error && 'errcode' in error ? Number(error.errcode) & 0xff : 0
}

const SQLITE_ERROR = 1
/** SQLITE_CORRUPT and SQLITE_NOTADB. */
const CORRUPT: ReadonlySet<number> = new Set([11, 26])

/** To be raised with every change of what is stored for a message: folding, tokens, tables. */
const FORMAT = 1
/** `MaSe`, so that we never take another program's file for ours. https://sqlite.org/pragma.html#pragma_application_id */
const APPLICATION_ID = 0x4d615365
const CACHE_KIB = 32 * 1024

/** The tokens' tables are made when they are needed: see search-volumes.ts. */
const SCHEMA = `
  CREATE TABLE progress (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    position TEXT NOT NULL,
    events INTEGER NOT NULL,
    last_time_ms INTEGER NOT NULL,
    last_buffer INTEGER,
    last_seq INTEGER,
    last_msgid TEXT
  ) STRICT;
  INSERT INTO progress (only, position, events, last_time_ms) VALUES (1, '', 0, 0);
  CREATE TABLE format (text TEXT NOT NULL) STRICT;
  CREATE TABLE message (
    -- FTS5 loses entries when a number leaves it and comes again in one transaction.
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    buffer INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    msgid TEXT NOT NULL,
    time_ms INTEGER NOT NULL,
    nick TEXT NOT NULL,
    has_link INTEGER NOT NULL,
    least INTEGER NOT NULL,
    text TEXT NOT NULL,
    UNIQUE (buffer, seq)
  ) STRICT;
  CREATE TABLE room (buffer INTEGER PRIMARY KEY, messages INTEGER NOT NULL) STRICT;
  CREATE TABLE span (
    number INTEGER PRIMARY KEY,
    from_ms INTEGER NOT NULL,
    to_ms INTEGER NOT NULL
  ) STRICT;
`

/** Undefined when it is ours and of another format. */
function openIfOurs(file: string): DatabaseSync | undefined {
  // What people said is for its owner's eyes; SQLite gives the files beside it the same rights.
  if (!existsSync(file)) closeSync(openSync(file, 'a', 0o600))
  const database = new DatabaseSync(file)
  try {
    const { application_id: id } = database.prepare('PRAGMA application_id').get() ?? {}
    const isNew = isEmpty(database)
    if (!isNew && id !== APPLICATION_ID) throw new Error(`${file} is another program's database`)
    database.exec(`
      PRAGMA journal_mode = WAL;
      PRAGMA synchronous = NORMAL;
      PRAGMA secure_delete = ON;
      PRAGMA cache_size = ${-CACHE_KIB};
      PRAGMA trusted_schema = OFF;
    `)
    if (isNew) make(database)
    if (database.prepare('SELECT text FROM format').get()?.['text'] === format()) return database
  } catch (error) {
    database.close()
    throw error
  }
  database.close()
  return undefined
}

function isEmpty(database: DatabaseSync): boolean {
  return database.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get() === undefined
}

function make(database: DatabaseSync): void {
  database.exec(`BEGIN; ${SCHEMA} PRAGMA application_id = ${APPLICATION_ID};`)
  database.prepare('INSERT INTO format (text) VALUES (?)').run(format())
  database.exec('COMMIT')
}

/** Another Unicode folds other letters: texts and words must be folded by the same. */
function format(): string {
  return `${FORMAT}, Unicode ${process.versions['unicode'] ?? 'none'}`
}
