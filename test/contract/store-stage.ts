import assert from 'node:assert/strict'
import type { Clock } from '../../src/base/clock.ts'
import type { Durability, StoreTrouble } from '../../src/history/store.ts'
import type { MaintainedStore } from '../../src/history/store-upkeep.ts'
import type { Page, PageQuery, Sight } from '../../src/state/history-query.ts'
import type { LogRecord, StoredEvent } from '../../src/state/record.ts'

/** A kind of store, for the facts that hold of each. */
export interface StoreStage {
  readonly name: string
  /** A new place with nothing in it; it goes when it is disposed of. */
  readonly place: () => Promise<StorePlace>
}

export interface StorePlace extends AsyncDisposable {
  readonly open: (options: StageOptions) => Promise<MaintainedStore>
  /** A bit of the stored event turns. */
  readonly damage: (event: StoredEvent) => Promise<void>
  /** A bit of what is kept under this key turns. */
  readonly damageKept: (key: string) => Promise<void>
  /** How often `text` can be found in what lies on the disk, once the store has come to rest. */
  readonly count: (text: string) => Promise<number>
}

export interface StageOptions {
  readonly role: 'write' | 'read'
  readonly durability?: Durability
  readonly clock?: Clock
  readonly report?: (trouble: StoreTrouble) => void
}

export const NOW_MS = Date.UTC(2026, 0, 1)

export const stageClock: Clock = { now: () => NOW_MS, monotonic: () => performance.now() }

export const SEES_ALL: Sight = { lines: 'all', ranks: 31, sinceMs: 0 }
export const SEES_MESSAGES: Sight = { lines: 'messages', ranks: 0, sinceMs: 0 }

/** `seq` also gives the time, ten milliseconds apart, and the msgid. */
export function eventAt(seq: number, rest: Partial<StoredEvent> = {}): StoredEvent {
  return {
    buffer: 1,
    seq,
    timeMs: NOW_MS + 10 * seq,
    msgid: `m${seq}`,
    command: 'PRIVMSG',
    source: 'Ayu!ayu@host.example',
    person: 'a:ayu',
    flags: 0,
    least: 0,
    clientTags: '',
    body: `text ${seq}`,
    ...rest,
  }
}

export function said(...events: readonly StoredEvent[]): LogRecord[] {
  return events.map((event) => ({ kind: 'event', event }))
}

export function room(id: number, name = `#room${id}`): LogRecord {
  return {
    kind: 'buffer',
    buffer: { id, of: 'room', name, people: [], createdAtMs: NOW_MS + id },
  }
}

export function redacted(msgid: string, buffer = 1): LogRecord {
  const by = { source: 'Op!op@host.example', reason: 'spam', timeMs: NOW_MS + 5 }
  return { kind: 'redact', buffer, msgid, ...by }
}

export async function eventsOf(
  store: MaintainedStore,
  query: Omit<PageQuery, 'buffer'> & { readonly buffer?: number },
): Promise<readonly StoredEvent[]> {
  const page: Page = await store.page({ buffer: 1, ...query })
  assert.equal(page.kind, 'page')
  return page.kind === 'page' ? page.events : []
}

export function seqs(events: readonly StoredEvent[]): number[] {
  return events.map(({ seq }) => seq)
}

export async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = []
  for await (const item of items) all.push(item)
  return all
}
