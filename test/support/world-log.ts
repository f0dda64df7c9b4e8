import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Clock } from '../../src/base/clock.ts'
import type { HistoryAsks } from '../../src/commands/asks.ts'
import { Log } from '../../src/history/log.ts'
import { unpackRecords } from '../../src/history/record-batch.ts'
import { openSqliteStore, type SqliteStore } from '../../src/history/sqlite-store.ts'
import type { CommitRefused, Loaded } from '../../src/history/store.ts'
import type { StoreUpkeep } from '../../src/history/store-upkeep.ts'
import type { LogEntrance } from '../../src/server/ledger.ts'
import type { Settlement } from '../../src/server/output-gate.ts'
import type { LogRecord } from '../../src/state/record.ts'
import { plainSearch } from './plain-search.ts'

/** The log of a world: SQLite in a file that goes with the process, in the test's own thread. */
export class WorldLog implements LogEntrance {
  readonly loaded: Loaded
  /** How often it was opened before. */
  readonly starts: number
  readonly #store: SqliteStore
  readonly #log: Log
  /** While it is there, nothing is kept. */
  refusal: CommitRefused | undefined = undefined
  #settlement: Settlement | undefined = undefined

  constructor(
    store: SqliteStore = newStore(),
    loaded: Loaded = { buffers: [], kept: [], damaged: [], sent: [] },
    starts = 0,
  ) {
    this.#store = store
    this.starts = starts
    this.loaded = loaded
    this.#log = new Log({
      commit: (records) =>
        this.refusal === undefined
          ? store.commit(unpackRecords(records))
          : Promise.reject(this.refusal),
      committed: (batch) => this.#settlement?.release(batch),
      refused: (batch) => this.#settlement?.refuse(batch),
      nowMs: () => performance.now(),
    })
  }

  attach(settlement: Settlement): void {
    this.#settlement = settlement
  }

  append(records: readonly LogRecord[], of: 'message' | 'state'): number {
    return this.#log.append(records, of)
  }

  settled(): Promise<void> {
    return this.#log.settled()
  }

  get upkeep(): StoreUpkeep {
    return this.#store.upkeep
  }

  get isFull(): boolean {
    return this.#log.isFull
  }

  readonly asks: HistoryAsks = {
    page: (query) => this.settled().then(() => this.#store.page(query)),
    targets: (query) => this.settled().then(() => this.#store.targets(query)),
    find: (buffer, msgid) => this.settled().then(() => this.#store.find(buffer, msgid)),
    settled: () => this.settled(),
    search: (query) => plainSearch(this.asks.page, query),
    purge: (what) => this.settled().then(() => this.#store.upkeep.purge(what)),
  }

  /** The same log as the next start of the server finds it. */
  async again(): Promise<WorldLog> {
    await this.settled()
    return new WorldLog(this.#store, await this.#store.load(), this.starts + 1)
  }
}

/** The day of every world: what it kept of that day is still kept. */
const NOON: Clock = { now: () => Date.UTC(2026, 0, 1, 12), monotonic: () => 0 }

/** One folder for all the worlds of a process. */
let folder: string | undefined
let stores = 0

function newStore(): SqliteStore {
  folder ??= folderOfProcess()
  const file = join(folder, `history-${++stores}.db`)
  return openSqliteStore({ file, durability: 'relaxed', role: 'write', clock: NOON })
}

function folderOfProcess(): string {
  const made = mkdtempSync(join(tmpdir(), 'maru-world-'))
  process.once('exit', () => rmSync(made, { recursive: true, force: true }))
  return made
}
