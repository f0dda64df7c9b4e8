import type { DatabaseSync } from 'node:sqlite'
import { foldCase } from '../protocol/casemap.ts'
import { KIND } from './event-row.ts'
import type { Purge } from './store-upkeep.ts'

/** What a scan reads of a row: enough to know whether it is meant, and to remove it. */
export interface ScannedRow {
  readonly id: number
  readonly buffer: number
  readonly seq: number
  readonly timeMs: number
  readonly source: string
  readonly person: string
}

/** A few milliseconds' worth. */
const STEP_ROWS = 1000

const COLUMNS = 'id, buffer, seq, time_ms AS timeMs, source, person'

/**
 * The rows that `what` applies to, step by step, each read when it is asked for: steps without a match are
 * there too, so that the caller can rest. The scan's own rows may be changed between the steps.
 */
export function* scan(database: DatabaseSync, what: Purge): Generator<readonly ScannedRow[]> {
  const isMeant = matcher(what)
  const steps = what.buffer === undefined ? allRows(database) : rowsOf(database, what.buffer)
  for (const rows of steps) yield rows.filter(isMeant)
}

function* allRows(database: DatabaseSync): Generator<readonly ScannedRow[]> {
  const step = database.prepare(`SELECT ${COLUMNS} FROM event WHERE id > ? ORDER BY id LIMIT ?`)
  for (let id = 0; ;) {
    const rows = step.all(id, STEP_ROWS) as unknown as ScannedRow[]
    const last = rows.at(-1)
    if (last === undefined) return
    id = last.id
    yield rows
  }
}

function* rowsOf(database: DatabaseSync, buffer: number): Generator<readonly ScannedRow[]> {
  const step = database.prepare(`
    SELECT ${COLUMNS} FROM event WHERE buffer = ? AND kind = ? AND seq > ? ORDER BY seq LIMIT ?`)
  for (const kind of Object.values(KIND)) {
    for (let seq = -1; ;) {
      const rows = step.all(buffer, kind, seq, STEP_ROWS) as unknown as ScannedRow[]
      const last = rows.at(-1)
      if (last === undefined) break
      seq = last.seq
      yield rows
    }
  }
}

function matcher({ person, sourceNick, fromMs, toMs }: Purge): (row: ScannedRow) => boolean {
  return (row) =>
    (person === undefined || row.person === person) &&
    (fromMs === undefined || row.timeMs >= fromMs) &&
    (toMs === undefined || row.timeMs < toMs) &&
    (sourceNick === undefined || nickOf(row.source) === sourceNick)
}

function nickOf(source: string): string {
  const [nick = ''] = source.split('!', 1)
  return foldCase(nick)
}
