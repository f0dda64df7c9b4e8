import { constants, setPriority } from 'node:os'
import { parentPort, workerData } from 'node:worker_threads'
import { errorText } from '../base/error-text.ts'
import { systemClock } from '../base/clock.ts'
import type { Fields, Log } from '../base/log.ts'
import type { SearchQuery } from '../state/history-query.ts'
import type { StoredEvent } from '../state/record.ts'
import { openStore } from './open-store.ts'
import { openSearchIndex, type SearchIndex } from './search-index.ts'
import type { SearchLag } from './search-intake.ts'
import type { StoreSpec } from './store-worker.ts'

/** What the thread is born with. */
export interface SearchBirth {
  readonly file: string
  readonly store: StoreSpec
}

export type SearchCall =
  | { readonly kind: 'search'; readonly id: number; readonly query: SearchQuery }
  | { readonly kind: 'caughtUp'; readonly id: number }
  | { readonly kind: 'close'; readonly id: number }
  | { readonly kind: 'changed' }
  | { readonly kind: 'rest' }

export type SearchSaid =
  /** The index is open. */
  | { readonly kind: 'open' }
  /** The newest `changed` has come; there may be another now. */
  | { readonly kind: 'heard' }
  | { readonly kind: 'lag'; readonly lag: SearchLag }
  | {
      readonly kind: 'log'
      readonly level: keyof Log
      readonly event: string
      readonly fields: Fields | undefined
    }
  | { readonly kind: 'answer'; readonly id: number; readonly found: readonly StoredEvent[] }
  | { readonly kind: 'refused'; readonly id: number; readonly text: string }

const LAG_MS = 500

// On Linux the priority is the thread's own: whatever the chat needs goes before the index.
if (process.platform === 'linux') setPriority(0, constants.priority.PRIORITY_LOW)

// What can't be opened ends the thread, and the error says why.
const { file, store: spec } = workerData as SearchBirth
const store = await openStore(spec)
const index = openSearchIndex({
  file,
  store,
  clock: systemClock,
  log: {
    debug: teller('debug'),
    info: teller('info'),
    warn: teller('warn'),
    error: teller('error'),
  },
  failed: (error) => {
    setImmediate(() => {
      throw error
    })
  },
})
let toldLag: SearchLag | undefined
const lagging = setInterval(tellLag, LAG_MS)
parentPort?.on('message', (call: SearchCall) => void hear(call))
say({ kind: 'open' })

async function hear(call: SearchCall): Promise<void> {
  if (call.kind === 'rest') return index.rest()
  if (call.kind === 'changed') {
    say({ kind: 'heard' })
    return index.changed()
  }
  try {
    say({ kind: 'answer', id: call.id, found: await obey(call, index) })
  } catch (error) {
    const text = errorText(error)
    say({ kind: 'refused', id: call.id, text })
  }
}

async function obey(
  call: Exclude<SearchCall, { readonly kind: 'changed' } | { readonly kind: 'rest' }>,
  searched: SearchIndex,
): Promise<readonly StoredEvent[]> {
  switch (call.kind) {
    case 'search':
      return searched.search(call.query)
    case 'caughtUp':
      await searched.caughtUp()
      return []
    case 'close':
      clearInterval(lagging)
      await searched[Symbol.asyncDispose]()
      await store[Symbol.asyncDispose]()
      return []
  }
}

function tellLag(): void {
  const lag = index.lag()
  if (lag !== toldLag) say({ kind: 'lag', lag })
  toldLag = lag
}

function teller(level: keyof Log): Log['info'] {
  return (event, fields) => say({ kind: 'log', level, event, fields })
}

function say(said: SearchSaid): void {
  parentPort?.postMessage(said)
}
