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
    if (!isBroken(error)) throw error
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
export function isBroken(error: unknown): boolean {
  const code = error instanceof Error && 'errcode' in error ? Number(error.errcode) & 0xff : 0
  return code === SQLITE_CORRUPT || code === SQLITE_NOTADB
}

const SQLITE_CORRUPT = 11
const SQLITE_NOTADB = 26

/** To be raised with every change of what is stored for a message: folding, tokens, tables. */
const FORMAT = 1
/** `MaSe`, so that we never take another program's file for ours. https://sqlite.org/pragma.html#pragma_application_id */
const APPLICATION_ID = 0x4d615365
const CACHE_KIB = 32 * 1024

/**
 * `token` has no content of its own, and no positions. `secure-delete` takes a message out at once instead of
 * noting that it is gone, and merging in small steps is left to us: by itself FTS5 merges for as long as it
 * takes. https://sqlite.org/fts5.html
 */
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
  CREATE VIRTUAL TABLE token
    USING fts5(tokens, content='', detail=none, columnsize=0, tokenize='ascii');
  INSERT INTO token (token, rank) VALUES ('automerge', 0), ('crisismerge', 1000);
  INSERT INTO token (token, rank) VALUES ('secure-delete', 1);
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
