import type { ClientBase } from 'pg'
import { removeFromPostgres } from './postgres-remove.ts'
import type { CommitMark } from './sqlite-writer.ts'

/**
 * Removes the events, and the names that clients gave them, of a commit that was refused and is there all
 * the same. What it kept or redacted stays: those are facts of the network, which had gone on.
 */
export async function takeBackFromPostgres(client: ClientBase, before: CommitMark): Promise<void> {
  const { rows } = await client.query<{ id: number; msgid: string }>(
    'SELECT id, msgid FROM event WHERE id > $1',
    [before.lastId],
  )
  await client.query('DELETE FROM sent WHERE msgid = ANY($1::text[])', [
    rows.map(({ msgid }) => msgid),
  ])
  const ids = rows.map(({ id }) => id)
  await removeFromPostgres(client, ids)
}
