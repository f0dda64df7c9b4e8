import { statSync } from 'node:fs'
import type { DatabaseSync } from 'node:sqlite'
import { systemClock, type Clock } from '../base/clock.ts'
import { errorText } from '../base/error-text.ts'
import type { Page, PageQuery, TargetRow, TargetsQuery } from '../state/history-query.ts'
import type { BufferId, LogRecord, StoredEvent } from '../state/record.ts'
import { readPage } from './read-page.ts'
import { createCheckpoints, type Checkpoints } from './sqlite-checkpoint.ts'
import { openSqliteDatabase, valueOf, type SqlitePlace } from './sqlite-connection.ts'
import { commitRefusal, hasFailed } from './sqlite-error.ts'
import { followSqlite } from './sqlite-follow.ts'
import { loadSqlite } from './sqlite-load.ts'
import { createSqliteReader, type SqliteReader } from './sqlite-reader.ts'
import type { EventRow } from './sqlite-row.ts'
import { createSqliteWriter, type CommitMark, type SqliteWriter } from './sqlite-writer.ts'
import { takeBackEvents } from './sqlite-take-back.ts'
import { createSqliteUpkeep } from './sqlite-upkeep.ts'
import type { MaintainedStore, StoreUpkeep } from './store-upkeep.ts'
import {
  CommitRefused,
  type Followed,
  type Loaded,
  type StoreFigures,
  type StoreTrouble,
} from './store.ts'

export interface SqliteOptions extends SqlitePlace {
  readonly clock?: Clock
  readonly report?: (trouble: StoreTrouble) => void
}

/** What one connection is used for. */
interface Open {
  readonly database: DatabaseSync
  readonly reader: SqliteReader
  readonly writer: SqliteWriter
  readonly checkpoints: Checkpoints
}

/**
 * The log in an SQLite file. Everything is done in the calling thread, before the promise is returned.
 * Throws a StoreOpenError when the file can't be used.
 */
export function openSqliteStore(options: SqliteOptions): SqliteStore {
  return new SqliteStore(options)
}

export class SqliteStore implements MaintainedStore {
  readonly upkeep: StoreUpkeep
  readonly #options: SqliteOptions
  readonly #clock: Clock
  readonly #damagedRows = new Set<number>()
  /** Undefined: the storage failed, and the file couldn't be opened again yet. */
  #open: Open | undefined
  /** A commit was refused whose fate the disk didn't tell: where the log stood before it. */
  #uncertain: CommitMark | undefined
  #isClosed = false

  constructor(options: SqliteOptions) {
    this.#options = options
    this.#clock = options.clock ?? systemClock
    this.#open = this.#connect()
    this.upkeep = createSqliteUpkeep({
      role: options.role,
      file: options.file,
      clock: this.#clock,
      open: () => this.#opened(),
      rested: () => this.#open?.checkpoints.rested(),
      written: () => this.#open?.checkpoints.committed(),
      failed: (error) => this.#distrust(error),
    })
  }

  load(): Promise<Loaded> {
    const nowMs = this.#clock.now()
    return settle(() =>
      this.#snapshot(({ database }) => loadSqlite(database, nowMs, this.#damaged)),
    )
  }

  commit(records: readonly LogRecord[]): Promise<void> {
    return settle(() => this.#commit(records))
  }

  page(query: PageQuery): Promise<Page> {
    return settle(() => readPage(this.#opened().reader, query))
  }

  targets(query: TargetsQuery): Promise<readonly TargetRow[]> {
    return settle(() => this.#opened().reader.targets(query))
  }

  find(buffer: BufferId, msgid: string): Promise<StoredEvent | undefined> {
    return settle(() => this.#opened().reader.find(buffer, msgid))
  }

  follow(position: string, limit: number): Promise<Followed> {
    const from = { position, limit }
    return settle(() =>
      this.#snapshot(({ database }) => followSqlite(database, from, this.#damaged)),
    )
  }

  figures(): Promise<StoreFigures> {
    return settle(() => this.#figures())
  }

  [Symbol.asyncDispose](): Promise<void> {
    this.#isClosed = true
    return settle(() => this.#disconnect())
  }

  #commit(records: readonly LogRecord[]): void {
    const open = this.#open ?? this.#resume()
    try {
      open.writer.commit(records)
    } catch (error) {
      if (!hasFailed(error)) throw commitRefusal(error)
      this.#resolveFate(open, error)
    }
    this.#open?.checkpoints.committed()
  }

  #figures(): StoreFigures {
    const { file } = this.#options
    const sizes = ['', '-wal', '-shm'].map(
      (end) => statSync(file + end, { throwIfNoEntry: false })?.size ?? 0,
    )
    return {
      bytes: sizes.reduce((sum, size) => sum + size, 0),
      events: this.#opened().reader.events(),
      damaged: this.#damagedRows.size,
    }
  }

  readonly #damaged = ({ id, buffer, seq }: EventRow): void => {
    if (this.#damagedRows.has(id)) return
    this.#damagedRows.add(id)
    const text = `row ${id} (buffer ${buffer}, seq ${seq}) is damaged: it is left out`
    this.#options.report?.({ kind: 'damagedRow', text })
  }

  #opened(): Open {
    if (this.#open === undefined) throw new Error(`${this.#options.file} is not open`)
    return this.#open
  }

  /** Several statements that must see the same moment. */
  #snapshot<Result>(work: (open: Open) => Result): Result {
    const open = this.#opened()
    open.database.exec('BEGIN')
    try {
      return work(open)
    } finally {
      if (open.database.isTransaction) open.database.exec('COMMIT')
    }
  }

  #connect(): Open {
    const database = openSqliteDatabase(this.#options)
    const now = (): number => this.#clock.now()
    return {
      database,
      reader: createSqliteReader(database, this.#damaged),
      writer: createSqliteWriter(database, now),
      checkpoints: createCheckpoints(database, (error) => this.#checkpointFailed(error)),
    }
  }

  #disconnect(): void {
    const open = this.#open
    this.#open = undefined
    if (open === undefined) return
    open.checkpoints[Symbol.dispose]()
    try {
      open.database.close()
    } catch {
      // What failed before may fail again. Nothing that was acknowledged is in this connection alone.
    }
  }

  #checkpointFailed(error: unknown): void {
    this.#options.report?.({ kind: 'checkpoint', text: errorText(error) })
    this.#distrust(error)
  }

  /** A write failed under us: an fsync that is tried again on the same handle may say that all is well. */
  #distrust(error: unknown): void {
    if (hasFailed(error)) this.#disconnect()
  }

  /** Nobody saw the end of the commit: only the disk knows whether it took place. Throws when it did not. */
  #resolveFate({ writer }: Open, error: unknown): void {
    const before = writer.mark()
    this.#disconnect()
    this.#uncertain = before
    const found = this.#connectAgain().writer.mark()
    this.#uncertain = undefined
    if (found.commits === before.commits) throw commitRefusal(error)
  }

  /** The storage is there again. What was refused meanwhile must not be there with it. */
  #resume(): Open {
    const open = this.#connectAgain()
    const before = this.#uncertain
    this.#uncertain = undefined
    if (before !== undefined && open.writer.mark().commits !== before.commits) {
      takeBackEvents(open, before)
    }
    return open
  }

  /**
   * A connection that trusts nothing of the failed one: whatever is in the write-ahead log is written and
   * synced once more, and the whole file is read. Throws a CommitRefused if that fails.
   */
  #connectAgain(): Open {
    const { file, report } = this.#options
    if (this.#isClosed) throw new CommitRefused('failed', `${file} is closed`)
    try {
      this.#open = this.#connect()
      const { database } = this.#open
      database.exec('PRAGMA wal_checkpoint(TRUNCATE)')
      const verdict = String(valueOf(database, 'PRAGMA quick_check(1)'))
      if (verdict !== 'ok') throw new Error(`${file}: ${verdict}`)
      report?.({ kind: 'reopened', text: `${file} failed, and could be opened again` })
      return this.#open
    } catch (error) {
      this.#disconnect()
      throw new CommitRefused('failed', errorText(error), { cause: error })
    }
  }
}

/** What `work` throws becomes a rejection. */
function settle<Result>(work: () => Result | Promise<Result>): Promise<Result> {
  return new Promise((resolve) => {
    resolve(work())
  })
}
