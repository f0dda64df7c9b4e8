import type { DatabaseSync } from 'node:sqlite'
import { erasedPair } from './erased-pair.ts'
import { erased, ERASED_SOURCE } from './event-row.ts'
import type { Slices } from './slices.ts'
import { eventOf, EVENT_COLUMNS } from './sqlite-row.ts'
import { scan, type ScannedRow } from './sqlite-scan.ts'
import type { SqliteWriter } from './sqlite-writer.ts'

interface EraseWork {
  readonly database: DatabaseSync
  readonly writer: SqliteWriter
  readonly slices: Slices
}

const ERASED_ROWS = 100

/** See `StoreUpkeep.erasePerson`. */
export async function eraseFromSqlite(work: EraseWork, person: string): Promise<number> {
  let count = 0
  const sources = new Set<string>()
  for (const rows of scan(work.database, { person })) {
    for (const { source } of rows) sources.add(source)
    for (let start = 0; start < rows.length; start += ERASED_ROWS) {
      eraseRows(work, rows.slice(start, start + ERASED_ROWS))
      await work.slices.rest()
    }
    count += rows.length
    await work.slices.rest()
  }
  await eraseRedactions(work, sources)
  work.writer.transaction(() => eraseNames(work.database, person))
  return count
}

function eraseRows({ database, writer }: EraseWork, rows: readonly ScannedRow[]): void {
  const read = database.prepare(`SELECT ${EVENT_COLUMNS} FROM event WHERE id = ?`)
  read.setReturnArrays(true)
  writer.transaction((changes) => {
    for (const row of rows) {
      const cells: unknown = read.get(row.id)
      if (cells === undefined) continue
      const { event } = eventOf(cells)
      // A damaged row can't be shown, and what is left of it must go, too.
      if (event === undefined) changes.remove(row.id, row)
      else changes.replace(row.id, erased(event))
    }
  })
}

/** A redaction knows its author's source only: those under which they spoke are theirs. */
async function eraseRedactions(
  { database, writer, slices }: EraseWork,
  sources: ReadonlySet<string>,
): Promise<void> {
  const erase = database.prepare("UPDATE redaction SET source = ?, reason = '' WHERE source = ?")
  for (const source of sources) {
    writer.transaction(() => erase.run(ERASED_SOURCE, source))
    await slices.rest()
  }
}

/** A pair stays a pair, of somebody whom nobody can be again. */
function eraseNames(database: DatabaseSync, person: string): void {
  database.prepare('DELETE FROM sent WHERE person = ?').run(person)
  const pairs = database
    .prepare('SELECT id, people, name FROM buffer WHERE pair = 1 AND instr(people, ?) > 0')
    .all(JSON.stringify(person))
  const rename = database.prepare('UPDATE buffer SET people = ?, name = ? WHERE id = ?')
  for (const row of pairs) {
    const id = Number(row['id'])
    const pair = { id, people: String(row['people']), name: String(row['name']) }
    const left = erasedPair(pair, person)
    rename.run(left.people, left.name, id)
  }
}
