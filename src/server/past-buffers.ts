import { foldCase } from '../protocol/casemap.ts'
import type { Buffer, BufferId, LogRecord } from '../state/record.ts'

/** All buffers that the log has, whether anybody can still talk in them or not. */
export interface PastBuffers {
  /** Learns of those that begin. */
  note(records: readonly LogRecord[]): void
  get(id: BufferId): Buffer | undefined
  /**
   * Those of the rooms that have had this name: what the room of this name that is there now has, whatever it
   * was called when it began, and those that have ended and were called so then. Oldest first.
   */
  ofRoom(name: string, rooms: Iterable<LiveRoom>): readonly BufferId[]
}

export interface LiveRoom {
  readonly name: string
  readonly buffer: BufferId
}

export function createPastBuffers(loaded: readonly Buffer[]): PastBuffers {
  const buffers = new Map(loaded.map((buffer) => [buffer.id, buffer]))
  return {
    note(records) {
      for (const record of records) {
        if (record.kind === 'buffer') buffers.set(record.buffer.id, record.buffer)
      }
    },
    get: (id) => buffers.get(id),
    ofRoom(name, rooms) {
      const key = foldCase(name)
      const names = new Map<BufferId, string>()
      for (const room of rooms) names.set(room.buffer, room.name)
      const isMeant = ({ id, of, name: first }: Buffer): boolean =>
        of === 'room' && foldCase(names.get(id) ?? first) === key
      return [...buffers.values()]
        .filter(isMeant)
        .map(({ id }) => id)
        .toSorted((a, b) => a - b)
    },
  }
}
