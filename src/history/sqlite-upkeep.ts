import type { DatabaseSync } from 'node:sqlite'
import type { Clock } from '../base/clock.ts'
import type { BufferId, StoredEvent } from '../state/record.ts'
import { END, SEES_ALL, START, type EventReader } from './read-page.ts'
import { createSlices } from './slices.ts'
import { backUpSqlite, verifyElsewhere } from './sqlite-backup.ts'
import { eraseFromSqlite } from './sqlite-erase.ts'
import { remove, retainSqlite, type UpkeepWork } from './sqlite-retain.ts'
import { scan } from './sqlite-scan.ts'
import type { SqliteWriter } from './sqlite-writer.ts'
import type { Purge, StoreUpkeep } from './store-upkeep.ts'

/** The store, as upkeep sees it. */
export interface UpkeepAccess {
  readonly role: 'write' | 'read'
  readonly file: string
  readonly clock: Clock
  /** Throws when the store isn't open. */
  readonly open: () => Opened
  /** Something was written. */
  readonly written: () => void
  /** The same, and there is more to come. */
  readonly rested: () => void
  /** Something could not be written: the store looks whether its connection can still be trusted. */
  readonly failed: (error: unknown) => void
}

interface Opened {
  readonly database: DatabaseSync
  readonly reader: EventReader
  readonly writer: SqliteWriter
}

const EXPORTED_ROWS = 500

export function createSqliteUpkeep(access: UpkeepAccess): StoreUpkeep {
  const { role, clock, open } = access
  const change = async (work: (what: UpkeepWork) => Promise<number>): Promise<number> => {
    if (role === 'read') throw new Error('this store only reads')
    try {
      // A log that is tidied for minutes must not grow in front of its file meanwhile.
      const slices = createSlices(clock, access.rested)
      const count = await work({ ...open(), slices, nowMs: clock.now() })
      access.written()
      return count
    } catch (error) {
      access.failed(error)
      throw error
    }
  }
  return {
    retain: (rule, perBuffer = new Map()) => change((work) => retainSqlite(work, rule, perBuffer)),
    purge: (what) => change((work) => purgeSqlite(work, what)),
    erasePerson: (person) => change((work) => eraseFromSqlite(work, person)),
    exportBuffer: (buffer) => exportBuffer(access, buffer),
    exportPerson: (person) => exportPerson(access, person),
    backup: (file) => backUpSqlite(access.file, file),
    verify: (file) => verifyElsewhere(file),
  }
}

async function purgeSqlite(work: UpkeepWork, what: Purge): Promise<number> {
  if (isEmpty(what)) return 0
  let count = 0
  for (const rows of scan(work.database, what)) {
    count += await remove(work, rows)
    await work.slices.rest()
  }
  return count
}

function isEmpty(what: Purge): boolean {
  return Object.values(what).every((value) => value === undefined)
}

async function* exportBuffer(
  { open }: UpkeepAccess,
  buffer: BufferId,
): AsyncGenerator<StoredEvent> {
  let after = START
  for (;;) {
    const range = { buffer, sight: SEES_ALL, after, before: END, from: 'first' } as const
    const events = await open().reader.read({ ...range, limit: EXPORTED_ROWS })
    yield* events
    const last = events.at(-1)
    if (last === undefined) return
    after = last.seq
  }
}

async function* exportPerson(
  { open, clock }: UpkeepAccess,
  person: string,
): AsyncGenerator<StoredEvent> {
  const slices = createSlices(clock)
  for (const rows of scan(open().database, { person })) {
    for (const { buffer, seq } of rows) {
      const range = { buffer, sight: SEES_ALL, after: seq - 1, before: seq + 1 } as const
      yield* await open().reader.read({ ...range, from: 'first', limit: 1 })
    }
    await slices.rest()
  }
}
