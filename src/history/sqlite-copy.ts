import { DatabaseSync } from 'node:sqlite'

/**
 * Writes `file` with all that `source` holds at one moment, while others go on writing to it. The copy is one
 * file that is whole by itself, and where it goes its own way, no index of the original fits it.
 */
export function copySqlite(source: string, file: string): void {
  const database = new DatabaseSync(source, { readOnly: true })
  try {
    database.prepare('VACUUM INTO ?').run(file)
  } finally {
    database.close()
  }
  const copy = new DatabaseSync(file)
  try {
    copy.exec(`
      PRAGMA journal_mode = DELETE;
      PRAGMA synchronous = FULL;
      UPDATE progress SET identity = lower(hex(randomblob(8)));
    `)
  } finally {
    copy.close()
  }
}
