import { parentPort, workerData } from 'node:worker_threads'
import { errorText } from '../base/error-text.ts'
import type { PageQuery, TargetsQuery } from '../state/history-query.ts'
import { openStore } from './open-store.ts'
import { unpackRecords, type PackedRecords } from './record-batch.ts'
import type { MaintainedStore } from './store-upkeep.ts'
import { CommitRefused, type Durability, type Store, type StoreTrouble } from './store.ts'
import { createUpkeepCalls, type UpkeepName } from './upkeep-call.ts'

/** Where the store is, and what for. */
export interface StoreSpec {
  /** A file, or `postgres://…`. */
  readonly at: string
  readonly durability: Durability
  readonly role: 'write' | 'read'
}

export interface Call {
  readonly id: number
  readonly name: QueuedName | UpkeepName
  readonly args: readonly unknown[]
}

type QueuedName = 'open' | 'close' | Exclude<keyof Store, symbol>

export type Answer =
  /** Of what no call has asked. */
  | { readonly trouble: StoreTrouble }
  | { readonly id: number; readonly value: unknown }
  | {
      readonly id: number
      readonly refused: { readonly text: string; readonly why?: CommitRefused['why'] }
    }

let store: MaintainedStore | undefined
/** One at a time, in the order in which they came. */
let last: Promise<unknown> = Promise.resolve()
const upkeep = createUpkeepCalls()

parentPort?.on('message', ({ id, name, args }: Call) => {
  // It takes long, and rests again and again: nobody's commit waits for the end of it.
  if (isUpkeep(name)) void answer(id, () => upkeep(opened(), name, args))
  else last = last.then(() => answer(id, () => carryOut(name, args)))
})

async function answer(id: number, work: () => unknown): Promise<void> {
  try {
    const value = await work()
    parentPort?.postMessage({ id, value } satisfies Answer)
  } catch (error) {
    const text = errorText(error)
    const why = error instanceof CommitRefused ? { why: error.why } : {}
    parentPort?.postMessage({ id, refused: { text, ...why } } satisfies Answer)
  }
}

function isUpkeep(name: Call['name']): name is UpkeepName {
  return UPKEEP[name] === true
}

const UPKEEP: Readonly<Partial<Record<Call['name'], true>>> = {
  retain: true,
  purge: true,
  erasePerson: true,
  backup: true,
  verify: true,
  exportBuffer: true,
  exportPerson: true,
  more: true,
  enough: true,
} satisfies Record<UpkeepName, true>

function opened(): MaintainedStore {
  if (store === undefined) throw new Error('the store is not open')
  return store
}

async function carryOut(name: QueuedName, args: readonly unknown[]): Promise<unknown> {
  if (name === 'open') {
    store = await openStore(workerData as StoreSpec, (trouble) => {
      parentPort?.postMessage({ trouble } satisfies Answer)
    })
    return undefined
  }
  const open = opened()
  switch (name) {
    case 'close':
      store = undefined
      return open[Symbol.asyncDispose]()
    case 'load':
      return open.load()
    case 'commit':
      return open.commit(unpackRecords(args[0] as PackedRecords))
    case 'page':
      return open.page(args[0] as PageQuery)
    case 'targets':
      return open.targets(args[0] as TargetsQuery)
    case 'find':
      return open.find(args[0] as number, args[1] as string)
    case 'follow':
      return open.follow(args[0] as string, args[1] as number)
    case 'figures':
      return open.figures()
    default:
      return name satisfies never
  }
}
