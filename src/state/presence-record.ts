import type { BufferId } from './record.ts'
import { sourceOf, type User } from './user.ts'

/** Somebody who stays on, as it is written down: all of the user but who they are and what they may do there. */
export interface PresenceRecord extends Pick<
  User,
  'nick' | 'userName' | 'realName' | 'host' | 'realHost' | 'address' | 'modes' | 'signedOnMs'
> {
  readonly lastSeenMs?: number
  readonly silence: readonly string[]
  readonly accepts: readonly string[]
  /** Whose members they are, by the rooms' pasts, and since when. */
  readonly rooms: readonly (readonly [buffer: BufferId, joinedAtMs: number])[]
}

export function formatPresence(user: User): string {
  const { nick, userName, realName, host, realHost, address, modes, signedOnMs, lastSeenMs } = user
  const rooms = [...user.channels].map(({ buffer, members }) => [
    buffer,
    members.get(user)?.joinedAtMs ?? 0,
  ])
  const lists = { silence: user.silence ?? [], accepts: [...(user.accepts ?? [])], rooms }
  const facts = { nick, userName, realName, host, realHost, address, modes, signedOnMs }
  return JSON.stringify({ version: VERSION, ...facts, lastSeenMs, ...lists })
}

/** Undefined: this is not what this version writes. */
export function parsePresence(text: string): PresenceRecord | undefined {
  const value = parseJson(text)
  if (value === undefined || value['version'] !== VERSION) return undefined
  const { lastSeenMs, signedOnMs, silence, accepts, rooms } = value
  if (!TEXTS.every((name) => typeof value[name] === 'string') || !isNumber(signedOnMs)) {
    return undefined
  }
  if (lastSeenMs !== undefined && !isNumber(lastSeenMs)) return undefined
  if (!isList(silence, isText) || !isList(accepts, isText)) return undefined
  if (!isList(rooms, isRoom)) return undefined
  return value as unknown as PresenceRecord
}

/** Nobody is connected yet. An operator's power isn't kept. */
export function userOf(
  record: PresenceRecord,
  { account, person }: Required<Pick<User, 'account' | 'person'>>,
  lastSeenMs: number,
): User {
  const { nick, userName, realName, host, realHost, address, signedOnMs } = record
  return {
    nick,
    userName,
    realName,
    host,
    realHost,
    address,
    account,
    person,
    alwaysOn: true,
    lastSeenMs: record.lastSeenMs ?? lastSeenMs,
    modes: record.modes.replace('o', ''),
    signedOnMs,
    lastSpokeMs: signedOnMs,
    sessions: [],
    channels: new Set(),
    silence: record.silence,
    accepts: new Set(record.accepts),
    source: sourceOf({ nick, userName, host }),
  }
}

const VERSION = 1
const TEXTS = ['nick', 'userName', 'realName', 'host', 'realHost', 'address', 'modes'] as const

function parseJson(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? { ...value } : undefined
  } catch {
    return undefined
  }
}

function isList(value: unknown, is: (entry: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(is)
}

function isText(value: unknown): boolean {
  return typeof value === 'string'
}

function isNumber(value: unknown): boolean {
  return typeof value === 'number' && Number.isFinite(value)
}

function isRoom(value: unknown): boolean {
  return isList(value, isNumber) && (value as unknown[]).length === 2
}
