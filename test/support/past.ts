import { createHash } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { openSqliteStore } from '../../src/history/sqlite-store.ts'
import type { LogRecord, StoredEvent } from '../../src/state/record.ts'

/** A room of the log that somebody is to find there. */
export interface PastRoom {
  readonly id: number
  readonly name: string
  readonly events: readonly Partial<StoredEvent>[]
}

/** Puts a past into the data folder of a server that isn't running; the events of a room count from 1. */
export async function injectPast(dataFolder: string, rooms: readonly PastRoom[]): Promise<void> {
  mkdirSync(dataFolder, { recursive: true })
  await using store = openSqliteStore({
    file: join(dataFolder, 'history.db'),
    durability: 'relaxed',
    role: 'write',
  })
  for (const { id, name, events } of rooms) {
    const buffer = { id, of: 'room', name, people: [], createdAtMs: 0 } as const
    const records: LogRecord[] = [{ kind: 'buffer', buffer }]
    for (const [index, event] of events.entries()) {
      records.push({ kind: 'event', event: { ...PLAIN, ...eventAt(id, index + 1), ...event } })
    }
    await store.commit(records)
  }
}

const PLAIN = {
  command: 'PRIVMSG',
  source: 'mina!~mina@host.test',
  person: 'a:mina',
  flags: 0,
  least: 0,
  clientTags: '',
} as const

function eventAt(buffer: number, seq: number) {
  return { buffer, seq, timeMs: seq, msgid: `b${buffer}m${seq}`, body: `text ${seq}` }
}

/** The events of every buffer in a log, in their order. */
export async function readPast(file: string): Promise<ReadonlyMap<number, readonly StoredEvent[]>> {
  await using store = openSqliteStore({ file, durability: 'relaxed', role: 'write' })
  const past = new Map<number, StoredEvent[]>()
  for (const { id } of (await store.load()).buffers) {
    const events: StoredEvent[] = []
    for await (const event of store.upkeep.exportBuffer(id)) events.push(event)
    past.set(id, events)
  }
  return past
}

export function hashOf(events: readonly StoredEvent[]): string {
  return createHash('sha256').update(JSON.stringify(events)).digest('hex')
}
