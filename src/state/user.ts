import { foldCase } from '../protocol/casemap.ts'
import type { UserMode } from '../protocol/modes.ts'
import type { Channel } from './channel.ts'
import type { ServerBan } from './server-ban.ts'
import type { Session } from './session.ts'

export interface Operator {
  readonly name: string
  readonly class: string
  readonly privileges: ReadonlySet<string>
}

/** A registered nick. All of it is written by `evolve` alone. */
export interface User {
  nick: string
  readonly userName: string
  realName: string
  /** What others see: cloaked. */
  host: string
  readonly realHost: string
  readonly address: string
  account?: string
  /** Whose past is theirs: the account's, or of a guest that of this one visit. */
  person: string
  away?: string
  /** They stay when their last connection ends. */
  alwaysOn?: true
  /** Wall clock: when their last connection ended. Absent while there is one. */
  lastSeenMs?: number
  modes: string
  operator?: Operator
  readonly signedOnMs: number
  /** When they last said something. */
  lastSpokeMs: number
  readonly sessions: Session[]
  readonly channels: Set<Channel>
  /** The mute that fits them; `muteOf` says whether it counts. */
  mute?: ServerBan
  /** Masks whose private messages they don't want. */
  silence?: readonly string[]
  /** Who may write to them in spite of +R: people, whatever they are called now. */
  accepts?: ReadonlySet<string>
  /** The channels that they were invited to, until they join. */
  invitedTo?: Set<Channel>
  /** When they last knocked at a channel, by its number. */
  knocks?: ReadonlyMap<number, number>
  /** Whether they are shown what was said when they come into a room; undefined: they haven't said. */
  replay?: boolean
  /** `nick!user@host`, kept current. */
  source: string
}

/** Nobody knocks at the same channel more often than this. */
export const KNOCK_INTERVAL_MS = 60_000

export function sourceOf(user: Pick<User, 'nick' | 'userName' | 'host'>): string {
  return `${user.nick}!${user.userName}@${user.host}`
}

/** Undefined: a guest. */
export function accountKeyOf({ account }: Pick<User, 'account'>): string | undefined {
  return account === undefined ? undefined : foldCase(account)
}

export function hasUserMode(user: User, mode: UserMode): boolean {
  return user.modes.includes(mode)
}

export function mayAs(user: User | undefined, privilege: string): boolean {
  return user?.operator?.privileges.has(privilege) === true
}
