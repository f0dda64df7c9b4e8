import { DatabaseSync } from 'node:sqlite'
import { KEPT_ROWS, sortKept, type KeptRow } from './kept-row.ts'
import { valueOf } from './sqlite-connection.ts'
import { eventOf, EVENT_COLUMNS } from './sqlite-row.ts'
import type { Verified } from './store-upkeep.ts'

/** Reads the whole file; throws with the reason when it is not a good log. Takes its time. */
export function verifySqlite(file: string): Verified {
  const database = new DatabaseSync(file, { readOnly: true })
  try {
    // All of it as it is at one moment: somebody may be writing.
    database.exec('BEGIN')
    const verdict = String(valueOf(database, 'PRAGMA integrity_check(1)'))
    if (verdict !== 'ok') throw new Error(`${file}: ${verdict}`)
    const events = countEvents(database, file)
    const expected = Number(valueOf(database, 'SELECT events FROM progress'))
    if (events !== expected) {
      throw new Error(`${file} has ${events} events where ${expected} should be`)
    }
    const { damaged } = sortKept(database.prepare(KEPT_ROWS).all() as unknown as KeptRow[])
    for (const { table, key } of damaged) throw new Error(`${file}: ${table} ${key} is damaged`)
    return { events, buffers: Number(valueOf(database, 'SELECT count(*) FROM buffer')) }
  } finally {
    database.close()
  }
}

function countEvents(database: DatabaseSync, file: string): number {
  const all = database.prepare(`SELECT ${EVENT_COLUMNS} FROM event`)
  all.setReturnArrays(true)
  let count = 0
  for (const cells of all.iterate()) {
    const { id, event } = eventOf(cells)
    if (event === undefined) throw new Error(`${file}: row ${id} is damaged`)
    count++
  }
  return count
}
