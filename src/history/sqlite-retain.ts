import type { DatabaseSync } from 'node:sqlite'
import type { BufferId } from '../state/record.ts'
import { KIND } from './event-row.ts'
import type { Slices } from './slices.ts'
import { valueOf } from './sqlite-connection.ts'
import type { SqliteWriter } from './sqlite-writer.ts'
import type { BufferRetention, Retention } from './store-upkeep.ts'

/** What is worked on, and how. */
export interface UpkeepWork {
  readonly database: DatabaseSync
  readonly writer: SqliteWriter
  readonly slices: Slices
  readonly nowMs: number
}

interface OldRow {
  readonly id: number
  readonly buffer: number
  readonly seq: number
  readonly timeMs: number
}

const DAY_MS = 24 * 60 * 60 * 1000
/** Removed in one transaction. */
const REMOVED_ROWS = 100
/** Index entries that are counted in one step. */
const COUNTED_ROWS = 20_000
const FREED_PAGES = 64
/** Room that the file keeps for what comes next. */
const SPARE_PAGES = 256
/** Who follows the log may be as far behind as this many changes. */
const REMEMBERED_CHANGES = 2_000_000

/** See `StoreUpkeep.retain`. */
export async function retainSqlite(
  work: UpkeepWork,
  rule: Retention,
  perBuffer: ReadonlyMap<BufferId, BufferRetention>,
): Promise<number> {
  let count = 0
  const ids = work.database.prepare('SELECT id FROM buffer ORDER BY id').all()
  for (const row of ids) {
    const buffer = Number(row['id'])
    count += await retainBuffer(work, buffer, perBuffer.get(buffer) ?? rule)
  }
  if (rule.bytes !== undefined) count += await retainBytes(work, rule.bytes)
  await forgetGone(work)
  await giveBack(work)
  return count
}

async function retainBuffer(
  work: UpkeepWork,
  buffer: BufferId,
  { days, messages }: BufferRetention,
): Promise<number> {
  const { database, slices, nowMs } = work
  if (days === undefined && messages === undefined) return 0
  await slices.rest()
  const oldestMs = days === undefined ? 0 : nowMs - days * DAY_MS
  const firstSeq = messages === undefined ? 0 : await seqOfNewest(work, buffer, messages)
  const oldest = database.prepare(`
    SELECT id, buffer, seq, time_ms AS timeMs FROM event WHERE buffer = ? AND kind = ?
    ORDER BY seq LIMIT ${REMOVED_ROWS}`)
  let count = 0
  for (const kind of Object.values(KIND)) {
    let more = true
    while (more) {
      const rows = oldest.all(buffer, kind) as unknown as OldRow[]
      const old = rows.filter(({ seq, timeMs }) => seq < firstSeq || timeMs < oldestMs)
      count += await remove(work, old)
      more = old.length === REMOVED_ROWS
    }
  }
  return count
}

/** The seq of the oldest of the `count` newest messages of the buffer; 0 when it has not so many. */
async function seqOfNewest(
  { database, slices }: UpkeepWork,
  buffer: BufferId,
  count: number,
): Promise<number> {
  const skip = database.prepare(`
    SELECT seq FROM event WHERE buffer = ? AND kind = ${KIND.message} AND seq < ?
    ORDER BY seq DESC LIMIT 1 OFFSET ?`)
  let seq = Number.MAX_SAFE_INTEGER
  for (let left = count; left > 0;) {
    const step = Math.min(left, COUNTED_ROWS)
    const row = skip.get(buffer, seq, step - 1)
    if (row === undefined) return 0
    seq = Number(row['seq'])
    left -= step
    await slices.rest()
  }
  return seq
}

async function retainBytes(work: UpkeepWork, bytes: number): Promise<number> {
  const { database } = work
  const oldest = database.prepare(`
    SELECT id, buffer, seq, time_ms AS timeMs FROM event ORDER BY id LIMIT ${REMOVED_ROWS}`)
  let count = 0
  while (usedBytes(database) > bytes) {
    const rows = oldest.all() as unknown as OldRow[]
    if (rows.length === 0) break
    count += await remove(work, rows)
  }
  return count
}

/** Of the file, without its free pages. */
function usedBytes(database: DatabaseSync): number {
  const number = (name: string): number => Number(valueOf(database, `PRAGMA ${name}`))
  return (number('page_count') - number('freelist_count')) * number('page_size')
}

/** In transactions of their own, with rests between them. */
export async function remove(
  { writer, slices }: Pick<UpkeepWork, 'writer' | 'slices'>,
  rows: readonly OldRow[],
): Promise<number> {
  for (let start = 0; start < rows.length; start += REMOVED_ROWS) {
    writer.transaction((changes) => {
      for (const row of rows.slice(start, start + REMOVED_ROWS)) changes.remove(row.id, row)
    })
    await slices.rest()
  }
  return rows.length
}

async function forgetGone({ database, slices }: UpkeepWork): Promise<void> {
  const lastId = Number(valueOf(database, 'SELECT last_id FROM progress'))
  const oldest = database.prepare('SELECT id FROM gone WHERE id <= ? ORDER BY id LIMIT 1 OFFSET ?')
  const forget = database.prepare('DELETE FROM gone WHERE id <= ?')
  const note = database.prepare('UPDATE progress SET gone_since = max(gone_since, ?)')
  const until = lastId - REMEMBERED_CHANGES
  for (;;) {
    const row = oldest.get(until, COUNTED_ROWS / 10) ?? oldest.get(until, 0)
    if (row === undefined) return
    database.exec('BEGIN IMMEDIATE')
    const id = Number(row['id'])
    note.run(id)
    forget.run(id)
    database.exec('COMMIT')
    await slices.rest()
  }
}

/** To the system: what is free in the file becomes free on the disk. */
async function giveBack({ database, slices }: UpkeepWork): Promise<void> {
  const free = (): number => Number(valueOf(database, 'PRAGMA freelist_count'))
  let before = free()
  while (before > SPARE_PAGES) {
    database.exec(`PRAGMA incremental_vacuum(${FREED_PAGES})`)
    await slices.rest()
    const after = free()
    // A file that was made without this stays as large as it is.
    if (after >= before) return
    before = after
  }
}
