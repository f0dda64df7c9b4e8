import type { DatabaseSync } from 'node:sqlite'
import { setImmediate, setTimeout } from 'node:timers/promises'
import type { Clock } from '../base/clock.ts'
import { silentLog, type Log } from '../base/log.ts'
import type { SearchQuery } from '../state/history-query.ts'
import type { StoredEvent } from '../state/record.ts'
import {
  isCorrupt,
  isUseless,
  openSearchDatabase,
  removeSearchDatabase,
} from './search-database.ts'
import { REDACTED } from './event-row.ts'
import {
  askLog,
  createSearchIntake,
  LogUnreadable,
  type SearchIntake,
  type SearchLag,
} from './search-intake.ts'
import { isWanted, planSearch, type SearchPlan, type SearchRow } from './search-plan.ts'
import { createSearchTable, type SearchTable } from './search-table.ts'
import type { Store } from './store.ts'

/** What can be found in the log. It is built behind it, and never holds it up. */
export interface SearchIndex extends AsyncDisposable {
  /**
   * Newest first, in the order of the commits, as the log has them. All that was committed before it was asked is
   * found, unless much of the log is still to be indexed. Rejects when the log or the index can't be read.
   */
  search(query: SearchQuery): Promise<readonly StoredEvent[]>
  lag(): SearchLag
  /** Resolves when all is indexed that is committed now. */
  caughtUp(): Promise<void>
  /** Something was committed. If nobody says it, the index finds out by itself, a little later. */
  changed(): void
  /** So much is being said that the index had better leave the processor to those who say it, for a moment. */
  rest(): void
}

export interface SearchOptions {
  /** `search.db`. Made when it isn't there; made anew when it is of another log or of another format. */
  readonly file: string
  /** Only read from; it stays the caller's, and is open until the index is closed. */
  readonly store: Pick<Store, 'follow' | 'find' | 'figures'>
  readonly clock: Clock
  readonly log?: Log
  /** The index can't be read or written any more, and has stopped. */
  readonly failed?: (error: unknown) => void
}

/** Throws when the file can't be used. */
export function openSearchIndex(options: SearchOptions): SearchIndex {
  return new FollowingIndex(options)
}

/** Putting what was indexed in order goes on for so long before others have their turn. */
const TIDY_MS = 8
/** A search waits for no more slices than these: while more is said in that time than they can take in, some is missed. */
const MOST_SLICES = 5
/** The log is looked at so often when nobody says that it has changed. */
const LOOK_MS = 250
/** And so often when it can't be read. */
const RETRY_MS = 1000
/** It rests for so long after the last time that it was asked to … */
const RESTFUL_MS = 300
/** … and works for one part of its time in so many. */
const RESTFUL_PARTS = 20

class FollowingIndex implements SearchIndex {
  readonly #options: SearchOptions
  readonly #log: Log
  readonly #running: Promise<void>
  #parts: Parts
  /** One is in the log and the index at a time. */
  #turn: Promise<unknown> = Promise.resolve()
  #waiting: PromiseWithResolvers<void>[] = []
  #isChecked = false
  #isUntidy = true
  /** The step before this one tidied. */
  #isTidying = false
  #isChanged = false
  #restfulUntilMs = 0
  #wake: () => void = () => {}
  #ended: Error | undefined

  constructor(options: SearchOptions) {
    this.#options = options
    this.#log = options.log ?? silentLog
    this.#parts = openParts(options)
    this.#running = this.#run()
  }

  async search(query: SearchQuery): Promise<readonly StoredEvent[]> {
    const plan = planSearch(query)
    try {
      return await this.#inTurn(async () => {
        await this.#checkSource()
        await this.#takeInTheNewest()
        return readHits(find(this.#parts.table, plan), this.#options.store)
      })
    } catch (error) {
      // Anything else may lie in what was asked for.
      if (isCorrupt(error)) this.#fail(error)
      throw error
    }
  }

  lag(): SearchLag {
    return this.#parts.intake.lag()
  }

  caughtUp(): Promise<void> {
    if (this.#ended !== undefined) return Promise.reject(this.#ended)
    const waiting = Promise.withResolvers<void>()
    this.#waiting.push(waiting)
    this.changed()
    return waiting.promise
  }

  changed(): void {
    this.#isChanged = true
    this.#wake()
  }

  rest(): void {
    this.#restfulUntilMs = this.#options.clock.monotonic() + RESTFUL_MS
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#end(new Error('the search index is closed'))
    await this.#running
  }

  async #run(): Promise<void> {
    while (this.#ended === undefined) {
      const startMs = this.#options.clock.monotonic()
      const pauseMs = await this.#goOn()
      const nowMs = this.#options.clock.monotonic()
      if (pauseMs > 0) await this.#pause(pauseMs)
      else if (nowMs < this.#restfulUntilMs) await setTimeout((nowMs - startMs) * RESTFUL_PARTS)
      else await setImmediate()
    }
    // Whoever still has a turn to come finds the index ended.
    await this.#turn
    if (this.#parts.database.isOpen) this.#parts.database.close()
  }

  /** How long there is nothing to do; while the log can't be read, until it is tried again. */
  async #goOn(): Promise<number> {
    try {
      return await this.#inTurn(() => this.#step())
    } catch (error) {
      if (!(error instanceof LogUnreadable)) {
        this.#fail(error)
        return 0
      }
      this.#log.warn('search index waits for the log', { error: String(error.cause) })
      return RETRY_MS
    }
  }

  async #step(): Promise<number> {
    await this.#checkSource()
    // One after the other, so that nobody waits for both.
    this.#isTidying = this.#isUntidy && !this.#isTidying
    if (this.#isTidying) return this.#tidy()
    const waiting = this.#waiting.slice()
    this.#isChanged = false
    if ((await this.#takeIn()) === 'more') return 0
    for (const { resolve } of waiting) resolve()
    this.#waiting = this.#waiting.slice(waiting.length)
    return this.#isUntidy ? 0 : LOOK_MS
  }

  /** An index of a log that was put back to an older state finds what isn't there. */
  async #checkSource(): Promise<void> {
    if (this.#isChecked) return
    const { last } = this.#parts.table.progress()
    if (last !== undefined) {
      const event = await askLog(() => this.#options.store.find(last.buffer, last.msgid))
      if (event?.seq !== last.seq) this.#beginAnew()
    }
    this.#isChecked = true
  }

  #beginAnew(): void {
    this.#log.info('search index is built anew')
    this.#parts.database.close()
    removeSearchDatabase(this.#options.file)
    this.#parts = openParts(this.#options)
  }

  #tidy(): number {
    const { clock } = this.#options
    const untilMs = clock.monotonic() + TIDY_MS
    do this.#isUntidy = this.#parts.table.tidy()
    while (this.#isUntidy && clock.monotonic() < untilMs)
    return 0
  }

  /** What was committed before a search, so that nobody misses what they have just written. */
  async #takeInTheNewest(): Promise<void> {
    for (let slices = 0; slices < MOST_SLICES; slices++) {
      if (this.#parts.intake.isFarBehind()) return
      if ((await this.#takeIn()) === 'end') return
    }
  }

  async #takeIn(): Promise<'end' | 'more'> {
    const taken = await this.#parts.intake.takeIn()
    if (taken === 'end') return 'end'
    this.#isUntidy = true
    if (taken === 'forgotten') this.#beginAnew()
    return 'more'
  }

  async #inTurn<Answer>(work: () => Promise<Answer>): Promise<Answer> {
    const before = this.#turn
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#turn = promise
    await before
    try {
      if (this.#ended !== undefined) throw this.#ended
      return await work()
    } finally {
      resolve()
    }
  }

  #fail(error: unknown): void {
    if (this.#ended !== undefined) return
    this.#end(new Error('the search index has failed', { cause: error }))
    this.#parts.database.close()
    if (isUseless(error)) removeSearchDatabase(this.#options.file)
    this.#options.failed?.(error)
  }

  #end(why: Error): void {
    if (this.#ended !== undefined) return
    this.#ended = why
    for (const { reject } of this.#waiting) reject(why)
    this.#waiting = []
    this.#wake()
  }

  async #pause(ms: number): Promise<void> {
    if (this.#isChanged || this.#ended !== undefined) return
    const { promise, resolve } = Promise.withResolvers<void>()
    const timer = globalThis.setTimeout(resolve, ms)
    this.#wake = resolve
    await promise
    clearTimeout(timer)
  }
}

interface Parts {
  readonly database: DatabaseSync
  readonly table: SearchTable
  readonly intake: SearchIntake
}

function openParts({ file, store, clock }: SearchOptions): Parts {
  const { database, table } = openTable(file)
  return { database, table, intake: createSearchIntake({ table, store, clock }) }
}

function openTable(file: string): Pick<Parts, 'database' | 'table'> {
  const database = openSearchDatabase(file)
  try {
    return { database, table: createSearchTable(database) }
  } catch (error) {
    database.close()
    if (!isUseless(error)) throw error
  }
  removeSearchDatabase(file)
  const anew = openSearchDatabase(file)
  return { database: anew, table: createSearchTable(anew) }
}

function find(table: SearchTable, plan: SearchPlan): readonly SearchRow[] {
  const rows: SearchRow[] = []
  for (const row of table.candidates(plan)) {
    if (isWanted(plan, row)) rows.push(row)
    if (rows.length >= plan.limit) break
  }
  return rows
}

async function readHits(
  rows: readonly SearchRow[],
  store: SearchOptions['store'],
): Promise<readonly StoredEvent[]> {
  const found = await Promise.all(
    rows.map(({ buffer, msgid }) => askLog(() => store.find(buffer, msgid))),
  )
  // What is redacted in this moment isn't found any more.
  return found.flatMap((event) =>
    event === undefined || (event.flags & REDACTED) !== 0 ? [] : [event],
  )
}
