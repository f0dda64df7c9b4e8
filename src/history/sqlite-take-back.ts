import type { DatabaseSync } from 'node:sqlite'
import type { CommitMark, SqliteWriter } from './sqlite-writer.ts'

/**
 * Removes the events, and the names that clients gave them, of a commit that was refused and is there all
 * the same. What it kept or redacted stays: those are facts of the network, which had gone on.
 */
export function takeBackEvents(
  { database, writer }: { readonly database: DatabaseSync; readonly writer: SqliteWriter },
  before: CommitMark,
): void {
  const rows = database
    .prepare('SELECT id, buffer, seq, msgid FROM event WHERE id > ?')
    .all(before.lastId)
  const unname = database.prepare('DELETE FROM sent WHERE msgid = ?')
  writer.transaction((changes) => {
    for (const { id, buffer, seq, msgid } of rows) {
      changes.remove(Number(id), { buffer: Number(buffer), seq: Number(seq), timeMs: 0 })
      unname.run(String(msgid))
    }
  })
}
