import type { DatabaseSync } from 'node:sqlite'
import { KEPT_ROWS, sortKept, type KeptRow } from './kept-row.ts'
import { eventOf, EVENT_COLUMNS, type EventRow } from './sqlite-row.ts'
import { SENT_KEPT_MS } from './sqlite-writer.ts'
import type { BufferState, Loaded } from './store.ts'

/** `damaged`: the last row of a buffer is; its time is then that of the one before. */
export function loadSqlite(
  database: DatabaseSync,
  nowMs: number,
  damaged: (row: EventRow) => void,
): Loaded {
  const kept = database.prepare(KEPT_ROWS).all()
  const sent = database
    .prepare(
      `SELECT person, client_msgid AS clientMsgid, msgid, time_ms AS timeMs, digest
      FROM sent WHERE time_ms >= ? ORDER BY id`,
    )
    .all(nowMs - SENT_KEPT_MS)
  return {
    buffers: buffersOf(database, damaged),
    ...sortKept(kept as unknown as KeptRow[]),
    sent: sent.map((row) => ({ ...row }) as unknown as Loaded['sent'][number]),
  }
}

function buffersOf(database: DatabaseSync, damaged: (row: EventRow) => void): BufferState[] {
  const lastRows = database.prepare(`
    SELECT ${EVENT_COLUMNS} FROM (
      SELECT * FROM event WHERE buffer = ?1 AND kind = 0 UNION ALL
      SELECT * FROM event WHERE buffer = ?1 AND kind = 1 UNION ALL
      SELECT * FROM event WHERE buffer = ?1 AND kind = 2 UNION ALL
      SELECT * FROM event WHERE buffer = ?1 AND kind = 3
    ) ORDER BY seq DESC`)
  lastRows.setReturnArrays(true)
  const buffers = database.prepare('SELECT * FROM buffer ORDER BY id').all()
  return buffers.map((row) => {
    const id = Number(row['id'])
    let lastSeq = Number(row['last_seq'])
    let lastTimeMs = Number(row['last_time_ms'])
    for (const cells of lastRows.iterate(id)) {
      const last = eventOf(cells)
      lastSeq = Math.max(lastSeq, last.seq)
      if (last.event !== undefined) {
        lastTimeMs = Math.max(lastTimeMs, last.event.timeMs)
        break
      }
      damaged(last)
    }
    return {
      id,
      of: row['pair'] === 1 ? 'pair' : 'room',
      name: String(row['name']),
      people: JSON.parse(String(row['people'])) as string[],
      createdAtMs: Number(row['created_at_ms']),
      lastSeq,
      lastTimeMs,
    }
  })
}
