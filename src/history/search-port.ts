import { Worker } from 'node:worker_threads'
import { errorText } from '../base/error-text.ts'
import { systemClock } from '../base/clock.ts'
import type { Log } from '../base/log.ts'
import { siblingModule } from '../base/sibling-module.ts'
import type { SearchQuery } from '../state/history-query.ts'
import type { StoredEvent } from '../state/record.ts'
import { QUIET_SQLITE } from './thread-options.ts'
import type { SearchIndex } from './search-index.ts'
import type { SearchLag } from './search-intake.ts'
import type { SearchBirth, SearchCall, SearchSaid } from './search-worker.ts'

export interface SearchPortOptions extends SearchBirth {
  readonly log: Log
}

/** More than so many records in this time is a flood: 2,000 a second. */
const MEASURE_MS = 100
const BUSY_RECORDS = 200
/** A thread that died is replaced so much later. */
const RESTART_MS = 1000

/**
 * The core's end of the search index, which lives in a thread of its own. The thread may die, and nothing but
 * searching suffers: what was asked rejects, another thread goes on with the index, or makes it anew.
 */
export class SearchPort implements SearchIndex {
  readonly #options: SearchPortOptions
  readonly #calls = new Map<number, PromiseWithResolvers<readonly StoredEvent[]>>()
  #nextCall = 1
  /** Undefined between the death of one and the start of the next. */
  #worker: Worker | undefined
  #restart: NodeJS.Timeout | undefined
  #lag: SearchLag = { events: 0, ms: 0 }
  /** It was told that something has changed, and hasn't heard it yet. */
  #isTold = false
  #isChanged = false
  #isClosed = false
  /** Records committed since `measuredAtMs`. */
  #fresh = 0
  #measuredAtMs = 0

  constructor(options: SearchPortOptions) {
    this.#options = options
    this.#start()
  }

  search(query: SearchQuery): Promise<readonly StoredEvent[]> {
    return this.#call((id) => ({ kind: 'search', id, query }))
  }

  /** As it was half a second ago. */
  lag(): SearchLag {
    return this.#lag
  }

  async caughtUp(): Promise<void> {
    await this.#call((id) => ({ kind: 'caughtUp', id }))
  }

  /** However often it is called, one message at a time is on its way. */
  changed(records = 0): void {
    this.#measure(records)
    this.#isChanged = true
    if (this.#isTold || this.#worker === undefined) return
    this.#isTold = true
    this.#isChanged = false
    this.#worker.postMessage({ kind: 'changed' } satisfies SearchCall)
  }

  rest(): void {
    this.#worker?.postMessage({ kind: 'rest' } satisfies SearchCall)
  }

  /** Asks the index to rest while more is said than people say. */
  #measure(records: number): void {
    this.#fresh += records
    const nowMs = systemClock.monotonic()
    if (nowMs - this.#measuredAtMs < MEASURE_MS) return
    if (this.#fresh > BUSY_RECORDS) this.rest()
    this.#measuredAtMs = nowMs
    this.#fresh = 0
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#isClosed) return
    clearTimeout(this.#restart)
    const closed = this.#call((id) => ({ kind: 'close', id }))
    this.#isClosed = true
    // A thread that is just dying needs no closing.
    await closed.catch(() => {})
    await this.#worker?.terminate()
  }

  #call(make: (id: number) => SearchCall): Promise<readonly StoredEvent[]> {
    if (this.#isClosed) return Promise.reject(new Error('the search index is closed'))
    if (this.#worker === undefined) return Promise.reject(new Error('the search index restarts'))
    const id = this.#nextCall++
    const call = Promise.withResolvers<readonly StoredEvent[]>()
    this.#calls.set(id, call)
    this.#worker.postMessage(make(id))
    return call.promise
  }

  #start(): void {
    const { file, store } = this.#options
    const worker = new Worker(new URL(siblingModule('search-worker', import.meta.url)), {
      name: 'search',
      execArgv: [...QUIET_SQLITE],
      workerData: { file, store } satisfies SearchBirth,
    })
    let why: unknown
    worker.on('message', (said: SearchSaid) => this.#hear(said))
    worker.on('error', (error) => {
      why = error
    })
    worker.on('exit', (code) => this.#lose(why ?? new Error(`it ended with ${code}`)))
    this.#worker = worker
    this.#isTold = false
  }

  #lose(why: unknown): void {
    this.#worker = undefined
    for (const { reject } of this.#calls.values()) reject(new Error('the search index restarts'))
    this.#calls.clear()
    if (this.#isClosed) return
    const error = errorText(why)
    this.#options.log.error('search index has failed and is started again', { error })
    this.#restart = setTimeout(() => this.#start(), RESTART_MS)
  }

  #hear(said: SearchSaid): void {
    switch (said.kind) {
      case 'open':
        return this.#options.log.debug('search index is open')
      case 'heard':
        this.#isTold = false
        if (this.#isChanged) this.changed()
        return undefined
      case 'lag':
        this.#lag = said.lag
        return undefined
      case 'log':
        return this.#options.log[said.level](said.event, said.fields)
      case 'answer':
        return this.#settle(said.id)?.resolve(said.found)
      case 'refused':
        return this.#settle(said.id)?.reject(new Error(said.text))
    }
  }

  #settle(id: number): PromiseWithResolvers<readonly StoredEvent[]> | undefined {
    const call = this.#calls.get(id)
    this.#calls.delete(id)
    return call
  }
}
