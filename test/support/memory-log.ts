import type { Followed, Store } from '../../src/history/store.ts'
import type { StoredEvent } from '../../src/state/record.ts'

/** A log in memory, as far as an index of it goes. */
export interface MemoryLog extends Pick<Store, 'follow' | 'find' | 'figures'> {
  add(...events: readonly StoredEvent[]): void
  /** As if it had been redacted, and then removed. */
  remove(buffer: number, seq: number): void
}

export function createMemoryLog(): MemoryLog {
  const changes: Followed['changes'][number][] = []
  const events = new Map<string, StoredEvent>()
  return {
    add(...added) {
      for (const event of added) {
        const { buffer, seq, msgid } = event
        changes.push({ change: 'added', buffer, seq, event })
        events.set(`${buffer} ${msgid}`, event)
      }
    },
    remove(buffer, seq) {
      changes.push({ change: 'gone', buffer, seq })
      const msgid = [...events.values()].find(
        (event) => event.buffer === buffer && event.seq === seq,
      )
      events.delete(`${buffer} ${msgid?.msgid}`)
    },
    follow(position, limit) {
      const from = Number(position)
      if (from > changes.length)
        return Promise.resolve({ forgotten: true, position: '', changes: [] })
      const page = changes.slice(from, from + limit)
      return Promise.resolve({ position: String(from + page.length), changes: page })
    },
    find: (buffer, msgid) => Promise.resolve(events.get(`${buffer} ${msgid}`)),
    figures: () => Promise.resolve({ bytes: 0, events: events.size, damaged: 0 }),
  }
}
