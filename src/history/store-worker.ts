import { parentPort, workerData } from 'node:worker_threads'
import type { PageQuery, TargetsQuery } from '../state/history-query.ts'
import { openStore } from './open-store.ts'
import { unpackRecords } from './record-pack.ts'
import { CommitRefused, type Durability, type Store } from './store.ts'

/** Where the store is, and what for. */
export interface StoreSpec {
  /** A file, or `postgres://…`. */
  readonly at: string
  readonly durability: Durability
  readonly role: 'write' | 'read'
}

export interface Call {
  readonly id: number
  readonly name: 'open' | 'close' | Exclude<keyof Store, symbol>
  readonly args: readonly unknown[]
}

export type Answer =
  | { readonly id: number; readonly value: unknown }
  | {
      readonly id: number
      readonly refused: { readonly text: string; readonly why?: CommitRefused['why'] }
    }

let store: Store | undefined
/** One at a time, in the order in which they came. */
let last: Promise<unknown> = Promise.resolve()

parentPort?.on('message', (call: Call) => {
  last = last.then(() => answer(call))
})

async function answer({ id, name, args }: Call): Promise<void> {
  try {
    const value = await carryOut(name, args)
    parentPort?.postMessage({ id, value } satisfies Answer)
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error)
    const why = error instanceof CommitRefused ? { why: error.why } : {}
    parentPort?.postMessage({ id, refused: { text, ...why } } satisfies Answer)
  }
}

async function carryOut(name: Call['name'], args: readonly unknown[]): Promise<unknown> {
  if (name === 'open') {
    store = await openStore(workerData as StoreSpec)
    return undefined
  }
  if (store === undefined) throw new Error('the store is not open')
  switch (name) {
    case 'close': {
      const open = store
      store = undefined
      return open[Symbol.asyncDispose]()
    }
    case 'load':
      return store.load()
    case 'commit':
      return store.commit(unpackRecords(args[0] as unknown[]))
    case 'page':
      return store.page(args[0] as PageQuery)
    case 'targets':
      return store.targets(args[0] as TargetsQuery)
    case 'find':
      return store.find(args[0] as number, args[1] as string)
    case 'follow':
      return store.follow(args[0] as string, args[1] as number)
    case 'figures':
      return store.figures()
    default:
      return name satisfies never
  }
}
