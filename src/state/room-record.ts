/** Rooms as they are kept: one line of JSON for each, and one for each account that is in it. */
import { foldCase } from '../protocol/casemap.ts'
import {
  CHANNEL_FLAGS,
  LIST_MODES,
  type ChannelFlag,
  type ListMode,
  type Ranks,
} from '../protocol/modes.ts'
import type { Channel, ListEntry, Topic } from './channel.ts'
import type { BufferId } from './record.ts'
import type { Access, Closure, Registration } from './room-registration.ts'
import { accountKeyOf } from './user.ts'

/** What is kept of a room: all that isn't about who is there. */
export type RoomRecord = Omit<Channel, 'id' | 'members' | 'founder' | 'rest'>

/** Raised when an older Maru could not read what is written. */
const VERSION = 1

export function formatRoom(channel: Channel): string {
  const { buffer, name, createdAtMs, topic, flags, key, memberLimit, forward, lists } = channel
  const founderAccount = channel.founderAccount ?? accountKeyOf(channel.founder ?? {})
  const { registration } = channel
  const registered =
    registration === undefined
      ? undefined
      : { ...registration, access: Object.fromEntries(registration.access) }
  const room = { buffer, name, createdAtMs, topic, flags, key, memberLimit, forward, lists }
  const expected = channel.expected === undefined ? undefined : [...channel.expected]
  const people = { founderAccount, registration: registered, expected }
  return JSON.stringify({ version: VERSION, ...room, ...people })
}

/** Undefined for what can't be understood. Modes that this version doesn't know are left out. */
export function parseRoom(text: string): RoomRecord | undefined {
  const fields = parseObject(text)
  if (fields?.['version'] !== VERSION) return undefined
  const { buffer, name, createdAtMs, flags, lists } = fields
  if (!isCount(buffer) || !isCount(createdAtMs) || !isRoomName(name)) return undefined
  if (typeof flags !== 'string' || !isObject(lists)) return undefined
  const registration = registrationFrom(fields['registration'])
  if (registration === 'damaged') return undefined
  const founderAccount = textFrom(fields['founderAccount'])
  if (registration !== undefined && founderAccount === undefined) return undefined
  return {
    buffer,
    name,
    createdAtMs,
    flags: Array.from(flags)
      .filter((flag) => CHANNEL_FLAGS.includes(flag as ChannelFlag))
      .join(''),
    lists: listsFrom(lists),
    ...present('topic', topicFrom(fields['topic'])),
    ...present('key', textFrom(fields['key'])),
    ...present('memberLimit', isCount(fields['memberLimit']) ? fields['memberLimit'] : undefined),
    ...present('forward', textFrom(fields['forward'])),
    ...present('founderAccount', founderAccount),
    ...present('registration', registration),
    ...present('expected', accountsFrom(fields['expected'])),
  }
}

export function formatClosure(closure: Closure): string {
  return JSON.stringify({ version: VERSION, ...closure })
}

export function parseClosure(text: string): Closure | undefined {
  const fields = parseObject(text)
  const { name, reason, by, atMs } = fields ?? {}
  if (!isRoomName(name) || typeof reason !== 'string') return undefined
  return typeof by === 'string' && isCount(atMs) ? { name, reason, by, atMs } : undefined
}

export function parseRanks(text: string): Ranks | undefined {
  return /^\d{1,2}$/.test(text) && Number(text) < 32 ? Number(text) : undefined
}

/** Keys of what is kept in the table `room`. */
export function roomKey(buffer: BufferId): string {
  return String(buffer)
}

export function memberKey(buffer: BufferId, account: string): string {
  return `${buffer}/${account}`
}

export function closureKey(name: string): string {
  return foldCase(name)
}

function registrationFrom(value: unknown): Registration | undefined | 'damaged' {
  if (value === undefined) return undefined
  if (!isObject(value) || !isCount(value['registeredAtMs'])) return 'damaged'
  if (!isObject(value['access'])) return 'damaged'
  const access = new Map<string, Access>()
  for (const [account, entry] of Object.entries(value['access'])) {
    const read = accessFrom(entry)
    // To let go of one is to lock somebody out; to let go of all is to lose the room.
    if (read !== undefined) access.set(account, read)
  }
  const offeredTo = present('offeredTo', textFrom(value['offeredTo']))
  return { registeredAtMs: value['registeredAtMs'], access, ...offeredTo }
}

function accessFrom(value: unknown): Access | undefined {
  if (!isObject(value)) return undefined
  const { account, ranks, givenBy, givenAtMs } = value
  if (typeof account !== 'string' || typeof givenBy !== 'string') return undefined
  if (!isCount(ranks) || ranks > MOST_RANKS || !isCount(givenAtMs)) return undefined
  return { account, ranks, givenBy, givenAtMs }
}

const MOST_RANKS = 31

function accountsFrom(value: unknown): ReadonlySet<string> | undefined {
  if (!Array.isArray(value)) return undefined
  return new Set(value.filter((account) => typeof account === 'string'))
}

function listsFrom(lists: Fields): Record<ListMode, ListEntry[]> {
  const entries: Record<ListMode, ListEntry[]> = { b: [], e: [], I: [] }
  for (const mode of LIST_MODES) {
    const list = lists[mode]
    if (Array.isArray(list)) entries[mode] = list.filter(isListEntry)
  }
  return entries
}

function isListEntry(value: unknown): value is ListEntry {
  if (!isObject(value)) return false
  const { mask, setBy, setAtMs } = value
  return typeof mask === 'string' && typeof setBy === 'string' && isCount(setAtMs)
}

function topicFrom(value: unknown): Topic | undefined {
  if (!isObject(value)) return undefined
  const { text, setBy, setAtMs } = value
  if (typeof text !== 'string' || typeof setBy !== 'string') return undefined
  return isCount(setAtMs) ? { text, setBy, setAtMs } : undefined
}

type Fields = Readonly<Record<string, unknown>>

function parseObject(text: string): Fields | undefined {
  try {
    const value: unknown = JSON.parse(text, withoutBreaks)
    return isObject(value) ? value : undefined
  } catch {
    return undefined
  }
}

/** Whatever stands there, it must not become another line to somebody. */
function withoutBreaks(_: string, value: unknown): unknown {
  return typeof value === 'string' && BREAK.test(value) ? undefined : value
}

// oxlint-disable-next-line no-control-regex -- what must not be in a line
const BREAK = /[\0\r\n]/

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0
}

function isRoomName(value: unknown): value is string {
  return typeof value === 'string' && value.startsWith('#')
}

function textFrom(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

function present<K extends string, V>(name: K, value: V | undefined): { [key in K]?: V } {
  return value === undefined ? {} : ({ [name]: value } as { [key in K]: V })
}
