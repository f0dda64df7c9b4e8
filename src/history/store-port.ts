import { Worker } from 'node:worker_threads'
import { siblingModule } from '../base/sibling-module.ts'
import type { Page, PageQuery, TargetRow, TargetsQuery } from '../state/history-query.ts'
import type { BufferId, LogRecord, StoredEvent } from '../state/record.ts'
import { packRecords, type PackedRecords } from './record-batch.ts'
import type { MaintainedStore, StoreUpkeep } from './store-upkeep.ts'
import {
  CommitRefused,
  type Followed,
  type Loaded,
  type StoreFigures,
  type StoreTrouble,
} from './store.ts'
import type { Answer, Call, StoreSpec } from './store-worker.ts'
import { QUIET_SQLITE } from './thread-options.ts'
import { createUpkeepPort } from './upkeep-port.ts'

export interface StoreHooks {
  /** It is gone, and won't come back. */
  readonly died: (why: Error) => void
  /** What went wrong, and was mended or left out. */
  readonly troubled: (trouble: StoreTrouble) => void
}

/**
 * The core's end of a store that lives in a thread of its own: no query and no disk ever stops the core.
 * Calls are answered in order, but for the upkeep, which goes on between the others.
 */
export class StorePort implements MaintainedStore {
  readonly upkeep: StoreUpkeep = createUpkeepPort((name, args) => this.#call(name, args))
  readonly #worker: Worker
  readonly #calls = new Map<number, Pending>()
  #nextCall = 1
  #ended: Error | undefined = undefined

  private constructor(worker: Worker, { died, troubled }: StoreHooks) {
    this.#worker = worker
    worker.on('message', (answer: Answer) => {
      if ('trouble' in answer) troubled(answer.trouble)
      else this.#take(answer)
    })
    const end = (why: Error): void => {
      if (this.#ended !== undefined) return
      this.#ended = why
      this.#rejectAll(why)
      died(why)
    }
    worker.on('error', (error) => end(error))
    worker.on('exit', (code) => end(new Error(`the store's thread ended with ${code}`)))
  }

  /** Rejects with a message fit for the operator when the store can't be opened. */
  static async open(spec: StoreSpec, hooks: StoreHooks): Promise<StorePort> {
    const url = new URL(siblingModule('store-worker', import.meta.url))
    const worker = new Worker(url, {
      workerData: spec,
      name: `history (${spec.role})`,
      execArgv: [...QUIET_SQLITE],
    })
    let isOpen = false
    const died = (why: Error): void => {
      if (isOpen) hooks.died(why)
    }
    const port = new StorePort(worker, { ...hooks, died })
    try {
      await port.#call('open', [])
    } catch (error) {
      await worker.terminate()
      throw error
    }
    isOpen = true
    return port
  }

  load(): Promise<Loaded> {
    return this.#call('load', []) as Promise<Loaded>
  }

  commit(records: readonly LogRecord[]): Promise<void> {
    return this.commitPacked(packRecords(records))
  }

  async commitPacked(records: PackedRecords): Promise<void> {
    await this.#call('commit', [records])
  }

  page(query: PageQuery): Promise<Page> {
    return this.#call('page', [query]) as Promise<Page>
  }

  targets(query: TargetsQuery): Promise<readonly TargetRow[]> {
    return this.#call('targets', [query]) as Promise<readonly TargetRow[]>
  }

  find(buffer: BufferId, msgid: string): Promise<StoredEvent | undefined> {
    return this.#call('find', [buffer, msgid]) as Promise<StoredEvent | undefined>
  }

  follow(position: string, limit: number): Promise<Followed> {
    return this.#call('follow', [position, limit]) as Promise<Followed>
  }

  figures(): Promise<StoreFigures> {
    return this.#call('figures', []) as Promise<StoreFigures>
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#ended !== undefined) return
    const call = this.#call('close', [])
    this.#ended = new Error('the store is closed')
    await call.catch(() => {})
    await this.#worker.terminate()
    // Upkeep that was under way: what it has done is done.
    this.#rejectAll(this.#ended)
  }

  #rejectAll(why: Error): void {
    for (const call of this.#calls.values()) call.reject(why)
    this.#calls.clear()
  }

  #call(name: Call['name'], args: readonly unknown[]): Promise<unknown> {
    if (this.#ended !== undefined) return Promise.reject(this.#ended)
    const id = this.#nextCall++
    const { promise, resolve, reject } = Promise.withResolvers<unknown>()
    this.#calls.set(id, { resolve, reject })
    this.#worker.postMessage({ id, name, args } satisfies Call)
    return promise
  }

  #take(answer: Exclude<Answer, { trouble: unknown }>): void {
    const call = this.#calls.get(answer.id)
    this.#calls.delete(answer.id)
    if (!('refused' in answer)) return call?.resolve(answer.value)
    const { why, text } = answer.refused
    call?.reject(why === undefined ? new Error(text) : new CommitRefused(why, text))
  }
}

interface Pending {
  readonly resolve: (value: unknown) => void
  readonly reject: (why: Error) => void
}
