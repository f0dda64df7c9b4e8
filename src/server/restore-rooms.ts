import type { Loaded } from '../history/store.ts'
import { foldCase } from '../protocol/casemap.ts'
import type { Channel } from '../state/channel.ts'
import { addChannel } from '../state/evolve-room.ts'
import type { Network } from '../state/network.ts'
import { parseClosure, parseRanks, parseRoom } from '../state/room-record.ts'
import type { RoomRecord } from '../state/room-record.ts'
import { canBeEntered, REST_MS } from '../state/room-rest.ts'

/** What was kept of a thing can't be used: it is left where it is, and named in the server's log. */
export type Skipped = (key: string, why: string) => void

/**
 * The rooms that there were when the server ended, all of them waiting for their people. One that nobody
 * can come into waits for nothing: the first look of the timers ends it.
 */
export function restoreRooms(
  network: Network,
  { kept, buffers }: Pick<Loaded, 'kept' | 'buffers'>,
  nowMs: number,
  skipped: Skipped,
): void {
  const known = new Set(buffers.filter(({ of }) => of === 'room').map(({ id }) => id))
  const members = new Map<number, Map<string, number>>()
  const rooms: RoomRecord[] = []
  for (const { table, key, value } of kept) {
    if (table !== 'room') continue
    if (key.startsWith('#')) {
      const closure = parseClosure(value)
      if (closure === undefined) skipped(key, UNREADABLE)
      else network.closures.set(foldCase(closure.name), closure)
    } else if (key.includes('/')) takeMember(members, key, value)
    else {
      const room = parseRoom(value)
      if (room === undefined) skipped(key, UNREADABLE)
      else rooms.push(room)
    }
  }
  for (const room of rooms) {
    const why = misfit(network, room, known)
    if (why !== undefined) skipped(room.name, why)
    else addRoom(network, room, { members: members.get(room.buffer) ?? new Map(), nowMs })
    known.delete(room.buffer)
  }
}

const UNREADABLE = 'it is not what this version of Maru writes'

/** A member's rank that can't be read is no rank. */
function takeMember(members: Map<number, Map<string, number>>, key: string, value: string): void {
  const [buffer = '', account = ''] = key.split(/\/(.*)/s)
  const ranks = parseRanks(value) ?? 0
  const theirs = members.get(Number(buffer))
  if (theirs === undefined) members.set(Number(buffer), new Map([[account, ranks]]))
  else theirs.set(account, ranks)
}

function misfit(
  network: Network,
  room: RoomRecord,
  buffers: ReadonlySet<number>,
): string | undefined {
  if (network.channels.has(foldCase(room.name))) return 'there are two of that name'
  return buffers.has(room.buffer) ? undefined : 'its past is gone, or that of another room'
}

function addRoom(
  network: Network,
  record: RoomRecord,
  { members, nowMs }: { readonly members: ReadonlyMap<string, number>; readonly nowMs: number },
): void {
  const rest = { members, untilMs: nowMs + REST_MS }
  const channel: Channel = { ...record, id: network.nextRoom, members: new Map(), rest }
  if (!canBeEntered(channel)) channel.rest = { members, untilMs: 0 }
  addChannel(network, channel)
}
