import { join } from 'node:path'
import type { Log as ServerLog } from '../base/log.ts'
import type { HistoryAsks } from '../commands/asks.ts'
import { Log } from '../history/log.ts'
import { isDatabaseUrl } from '../history/database-url.ts'
import { SearchPort } from '../history/search-port.ts'
import { StorePort } from '../history/store-port.ts'
import type { StoreUpkeep } from '../history/store-upkeep.ts'
import type { Loaded, StoreTrouble } from '../history/store.ts'
import type { LogSample } from '../monitor/thread-sample.ts'
import type { LogRecord } from '../state/record.ts'
import type { LogEntrance } from './ledger.ts'
import { createHistoryUpkeep } from './history-upkeep.ts'
import type { Settlement } from './output-gate.ts'
import { createPastBuffers, type PastBuffers } from './past-buffers.ts'
import type { Settings } from './settings.ts'

interface Parts {
  readonly log: ServerLog
  /** Monotonic, milliseconds. */
  readonly nowMs: () => number
  /** The store's thread has ended: nothing can be promised any more. */
  readonly died: (why: Error) => void
}

/** That it can't be read is said at most so often. */
const UNREADABLE_MS = 10_000

interface Threads {
  readonly writer: StorePort
  readonly reader: StorePort
  readonly index: SearchPort
  readonly loaded: Loaded
}

/**
 * The log and those who read it, as the server holds them: one thread writes, another reads, a third makes
 * the index of the search behind them.
 */
export class HistorySide implements LogEntrance, AsyncDisposable {
  readonly loaded: Loaded
  readonly upkeep: StoreUpkeep
  readonly buffers: PastBuffers
  readonly #writer: StorePort
  readonly #reader: StorePort
  readonly #index: SearchPort
  readonly #log: Log
  readonly #parts: Parts
  #settlement: Settlement | undefined = undefined
  #isRefusing = false
  #toldUnreadableMs = -Infinity

  private constructor(parts: Parts, { writer, reader, index, loaded }: Threads) {
    this.#parts = parts
    this.#writer = writer
    this.#reader = reader
    this.#index = index
    this.loaded = loaded
    this.buffers = createPastBuffers(loaded.buffers)
    this.upkeep = createHistoryUpkeep({
      writer: writer.upkeep,
      reader: reader.upkeep,
      settled: () => this.#log.settled(),
      changed: () => index.changed(),
    })
    this.#log = new Log({
      commit: (records) => writer.commitPacked(records),
      committed: (batch, records) => {
        if (this.#isRefusing) parts.log.warn('history is kept again')
        this.#isRefusing = false
        this.#settlement?.release(batch)
        index.changed(records)
      },
      refused: (batch, { why, message }) => {
        if (!this.#isRefusing) parts.log.error('history is not kept', { why, reason: message })
        this.#isRefusing = true
        this.#settlement?.refuse(batch)
      },
      nowMs: parts.nowMs,
    })
  }

  /** Undefined when nothing is to be kept. Rejects with a message fit for the operator. */
  static async open(
    { history, database, dataFolder }: Settings,
    parts: Parts,
  ): Promise<HistorySide | undefined> {
    if (history === 'off') return undefined
    const at = database ?? join(dataFolder, 'history.db')
    const durability = history
    const { died, log } = parts
    const hooks = {
      died,
      troubled: ({ kind, text }: StoreTrouble) => log.warn('history', { trouble: kind, text }),
    }
    const writer = await StorePort.open({ at, durability, role: 'write' }, hooks)
    try {
      const loaded = await writer.load()
      const reader = await StorePort.open({ at, durability, role: 'read' }, hooks)
      const file = join(dataFolder, 'search.db')
      const index = new SearchPort({
        file,
        store: { at, durability, role: 'read' },
        log: parts.log,
      })
      return new HistorySide(parts, { writer, reader, index, loaded })
    } catch (error) {
      await writer[Symbol.asyncDispose]()
      throw error
    }
  }

  /** Who waits for the log. */
  attach(settlement: Settlement): void {
    this.#settlement = settlement
  }

  append(records: readonly LogRecord[], of: 'message' | 'state'): number {
    this.buffers.note(records)
    return this.#log.append(records, of)
  }

  get isFull(): boolean {
    return this.#log.isFull
  }

  /** Each waits for what was said before, so that nobody misses what they have just written. */
  readonly asks: HistoryAsks = {
    page: (query) => this.#read(() => this.#reader.page(query)),
    targets: (query) => this.#read(() => this.#reader.targets(query)),
    find: (buffer, msgid) => this.#read(() => this.#reader.find(buffer, msgid)),
    settled: () => this.#log.settled(),
    search: (query) => this.#read(() => this.#index.search(query)),
    purge: (what) => this.upkeep.purge(what),
  }

  /** Who asked is told by the command that it failed; the operator by the log, and not for each who asks. */
  async #read<Answer>(read: () => Promise<Answer>): Promise<Answer> {
    await this.#log.settled()
    try {
      return await read()
    } catch (error) {
      const { log, nowMs } = this.#parts
      if (nowMs() >= this.#toldUnreadableMs + UNREADABLE_MS) {
        this.#toldUnreadableMs = nowMs()
        log.error('history could not be read', { error: String(error) })
      }
      throw error
    }
  }

  async sample(): Promise<LogSample> {
    const { commits, records, refusals, waiting, owed, refusal, latency } = this.#log.figures()
    const store = await this.#reader.figures().catch(() => undefined)
    return {
      commits,
      records,
      refusals,
      waiting,
      owed,
      refusal,
      latency,
      storeBytes: store?.bytes,
      storedEvents: store?.events,
      indexLag: this.#index.lag().events,
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#log.close()
    const { lost, owed, commits, records, refusals } = this.#log.figures()
    if (lost + owed > 0) this.#parts.log.error('history has a gap', { records: lost + owed })
    this.#parts.log.info('history closed', { commits, records, refusals })
    await this.#index[Symbol.asyncDispose]()
    await this.#reader[Symbol.asyncDispose]()
    await this.#writer[Symbol.asyncDispose]()
  }
}

/** As an operator may read it: without a password. */
export function nameOfStore({ database, dataFolder }: Settings): string {
  if (database === undefined || !isDatabaseUrl(database)) return join(dataFolder, 'history.db')
  const url = new URL(database)
  return `${url.protocol}//${url.host}${url.pathname}`
}
