import type { ClientBase } from 'pg'
import { errorText } from '../base/error-text.ts'
import { systemClock, type Clock } from '../base/clock.ts'
import type { Page, PageQuery, TargetRow, TargetsQuery } from '../state/history-query.ts'
import type { BufferId, LogRecord, StoredEvent } from '../state/record.ts'
import { commitToPostgres } from './postgres-commit.ts'
import { shownUrl, type PostgresPlace } from './postgres-connection.ts'
import { isLost, postgresRefusal } from './postgres-error.ts'
import { PostgresLink } from './postgres-link.ts'
import { loadPostgres } from './postgres-load.ts'
import { createPostgresReader, followPostgres, targetsInPostgres } from './postgres-reader.ts'
import type { PostgresRow } from './postgres-row.ts'
import { takeBackFromPostgres } from './postgres-take-back.ts'
import { createPostgresUpkeep } from './postgres-upkeep.ts'
import { readPage, type EventReader } from './read-page.ts'
import { SENT_KEPT_MS, type CommitMark } from './sqlite-writer.ts'
import { StoreOpenError } from './migrations.ts'
import type { MaintainedStore, StoreUpkeep } from './store-upkeep.ts'
import {
  CommitRefused,
  type Followed,
  type Loaded,
  type StoreFigures,
  type StoreTrouble,
} from './store.ts'

export interface PostgresOptions extends PostgresPlace {
  readonly clock?: Clock
  readonly report?: (trouble: StoreTrouble) => void
}

/** A commit of which nobody knows yet whether it took place. */
interface CutOff {
  readonly before: CommitMark
  /** It was refused for that: so it must not be there later. */
  readonly isRefused: boolean
  tookPlace: boolean | undefined
}

/**
 * The log in a PostgreSQL database. Only one store may write to it at a time. Rejects with a StoreOpenError
 * when the database can't be used.
 */
export async function openPostgresStore(options: PostgresOptions): Promise<PostgresStore> {
  const store = new PostgresStore(options)
  try {
    await store.open()
    return store
  } catch (error) {
    if (error instanceof StoreOpenError) throw error
    const text = errorText(error)
    throw new StoreOpenError(`can't use ${shownUrl(options.url)}: ${text}`, { cause: error })
  }
}

export class PostgresStore implements MaintainedStore {
  readonly upkeep: StoreUpkeep
  readonly #options: PostgresOptions
  readonly #clock: Clock
  readonly #damagedRows = new Set<number>()
  readonly #reader: EventReader
  #link: PostgresLink | undefined
  /** Where the log stands after the last commit. */
  #mark: CommitMark = { commits: 0, lastId: 0 }
  /** The connection was lost in a commit, and there was none since. */
  #cutOff: CutOff | undefined

  constructor(options: PostgresOptions) {
    this.#options = options
    this.#clock = options.clock ?? systemClock
    this.#reader = {
      find: (...args) => this.#use((client) => this.#readerOf(client).find(...args)),
      seqAt: (...args) => this.#use((client) => this.#readerOf(client).seqAt(...args)),
      read: (...args) => this.#use((client) => this.#readerOf(client).read(...args)),
    }
    this.upkeep = createPostgresUpkeep({
      role: options.role,
      clock: this.#clock,
      reader: this.#reader,
      use: (work) => this.#use(work),
      transaction: (work) => this.#opened().transaction('write', work),
      url: shownUrl(options.url),
    })
  }

  /** Once, before anything else. */
  async open(): Promise<void> {
    this.#link = await PostgresLink.open(this.#options, (client) => this.#renewed(client))
    this.#mark = await this.#use(readMark)
  }

  load(): Promise<Loaded> {
    const nowMs = this.#clock.now()
    return this.#snapshot((client) => loadPostgres(client, this.#readerOf(client), nowMs))
  }

  async commit(records: readonly LogRecord[]): Promise<void> {
    // What a lost connection did not take is tried once more, on the next one.
    if ((await this.#commit(records)) || (await this.#commit(records))) return
    throw new CommitRefused('failed', `the connection to ${shownUrl(this.#options.url)} is lost`)
  }

  page(query: PageQuery): Promise<Page> {
    return readPage(this.#reader, query)
  }

  targets(query: TargetsQuery): Promise<readonly TargetRow[]> {
    return this.#use((client) => targetsInPostgres(client, query))
  }

  find(buffer: BufferId, msgid: string): Promise<StoredEvent | undefined> {
    return this.#reader.find(buffer, msgid)
  }

  follow(position: string, limit: number): Promise<Followed> {
    return this.#snapshot((client) => followPostgres(client, { position, limit }, this.#damaged))
  }

  async figures(): Promise<StoreFigures> {
    const { rows } = await this.#use((client) =>
      client.query<{ bytes: number; events: number }>(
        'SELECT pg_database_size(current_database()) AS bytes, events FROM progress',
      ),
    )
    return { bytes: 0, events: 0, ...rows[0], damaged: this.#damagedRows.size }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#link?.[Symbol.asyncDispose]()
  }

  readonly #damaged = ({ id, buffer, seq }: PostgresRow): void => {
    if (this.#damagedRows.has(id)) return
    this.#damagedRows.add(id)
    const text = `row ${id} (buffer ${buffer}, seq ${seq}) is damaged: it is left out`
    this.#options.report?.({ kind: 'damagedRow', text })
  }

  #opened(): PostgresLink {
    if (this.#link === undefined) throw new Error('the store is not open')
    return this.#link
  }

  #use<Result>(work: (client: ClientBase) => Promise<Result>): Promise<Result> {
    return this.#opened().use(work)
  }

  #snapshot<Result>(work: (client: ClientBase) => Promise<Result>): Promise<Result> {
    return this.#opened().transaction('read', work)
  }

  #readerOf(client: ClientBase): EventReader {
    return createPostgresReader(client, this.#damaged)
  }

  /** Resolves to false when the connection was lost, and the commit is known not to have taken place. */
  async #commit(records: readonly LogRecord[]): Promise<boolean> {
    const forgetMs = this.#clock.now() - SENT_KEPT_MS
    let cutOff: CutOff | undefined
    try {
      await this.#use(async (client) => {
        const before = this.#mark
        try {
          this.#mark = await commitToPostgres(client, records, forgetMs)
        } catch (error) {
          if (isLost(error)) cutOff = { before, isRefused: false, tookPlace: undefined }
          this.#cutOff = cutOff
          throw error
        }
      })
      return true
    } catch (error) {
      if (cutOff === undefined) throw postgresRefusal(error)
      return this.#tookPlace(cutOff, error)
    }
  }

  /** A new connection finds it out. Rejects when there is none: what is not known now is refused. */
  async #tookPlace(cutOff: CutOff, error: unknown): Promise<boolean> {
    try {
      await this.#use(() => Promise.resolve())
    } catch {
      // The commit's own error says more.
    }
    if (cutOff.tookPlace !== undefined) return cutOff.tookPlace
    this.#refuse(cutOff)
    throw postgresRefusal(error)
  }

  #refuse(cutOff: CutOff): void {
    if (this.#cutOff === cutOff) this.#cutOff = { ...cutOff, isRefused: true }
  }

  /** The lock is ours again: what the lost connection did is done or not, and won't be. */
  async #renewed(client: ClientBase): Promise<void> {
    const { report, url } = this.#options
    const cutOff = this.#cutOff
    this.#mark = await readMark(client)
    if (cutOff !== undefined) {
      cutOff.tookPlace = this.#mark.commits !== cutOff.before.commits
      if (cutOff.isRefused && cutOff.tookPlace) await takeBackFromPostgres(client, cutOff.before)
      this.#cutOff = undefined
    }
    report?.({ kind: 'reconnected', text: `${shownUrl(url)} is there again` })
  }
}

async function readMark(client: ClientBase): Promise<CommitMark> {
  const { rows } = await client.query<CommitMark>(
    'SELECT commits, last_id AS "lastId" FROM progress',
  )
  return rows[0] ?? { commits: 0, lastId: 0 }
}
