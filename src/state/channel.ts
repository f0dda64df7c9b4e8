import {
  FOUNDER,
  OPERATOR,
  type ChannelFlag,
  type ListMode,
  type Ranks,
} from '../protocol/modes.ts'
import type { BufferId } from './record.ts'
import type { Registration } from './room-registration.ts'
import type { Rest } from './room-rest.ts'
import { accountKeyOf, type User } from './user.ts'

export interface Topic {
  readonly text: string
  readonly setBy: string
  readonly setAtMs: number
}

export interface ListEntry {
  readonly mask: string
  readonly setBy: string
  readonly setAtMs: number
}

/** One member's place in a channel. */
export interface Membership {
  readonly user: User
  ranks: Ranks
  readonly joinedAtMs: number
  /** What their JOIN is called where it is kept. */
  readonly joinMsgid?: string
}

/** All of it is written by `evolve` alone. */
export interface Channel {
  /** Also the engine's number of the room. */
  readonly id: number
  /** Where its past is kept. */
  readonly buffer: BufferId
  name: string
  readonly createdAtMs: number
  /** Who made it: they have a founder's power as long as the channel lives, whatever NAMES shows. */
  founder?: User
  /** The key of the account whose it is, wherever that comes from; of a registered channel this alone counts. */
  founderAccount?: string
  /** It stays when nobody is in it. */
  registration?: Registration
  /** Keys of accounts that were invited by a link: they may come in once, whatever stands in the way. */
  expected?: ReadonlySet<string>
  /** It was there when the server ended, and waits for its people. */
  rest?: Rest
  topic?: Topic
  flags: string
  key?: string
  memberLimit?: number
  /** Where those go who may not come in. */
  forward?: string
  readonly lists: Record<ListMode, ListEntry[]>
  readonly members: Map<User, Membership>
}

export function hasFlag(channel: Channel, flag: ChannelFlag): boolean {
  return channel.flags.includes(flag)
}

/** The ranks that others see; 0 for somebody who isn't in it. */
export function ranksOf(channel: Channel, user: User): Ranks {
  return channel.members.get(user)?.ranks ?? 0
}

/**
 * What a member may do: as their ranks say, and as founder if they made the channel and lead it. What
 * protects from others is what they show: a founder who wants that takes the rank (`MODE +q`).
 */
export function powerOf(channel: Channel, user: User): Ranks {
  const ranks = ranksOf(channel, user)
  return ranks >= OPERATOR && isFounder(channel, user) ? ranks | FOUNDER : ranks
}

/** Whose it is, in it or not. */
export function isFounder(channel: Channel, user: User): boolean {
  const { founder, founderAccount, registration } = channel
  if (founderAccount !== undefined && founderAccount === accountKeyOf(user)) return true
  return registration === undefined && founder === user
}

/** What their account may do in a registered channel; 0: nothing that others may not. */
export function accessOf(channel: Channel, user: User): Ranks {
  const account = accountKeyOf(user)
  if (channel.registration === undefined || account === undefined) return 0
  if (account === channel.founderAccount) return FOUNDER
  return channel.registration.access.get(account)?.ranks ?? 0
}

/** Whether `user` may know that it exists and who is in it. */
export function canSee(channel: Channel, user: User): boolean {
  return !hasFlag(channel, 's') || channel.members.has(user) || accessOf(channel, user) > 0
}

/** Whether it stays when nobody is in it. */
export function staysEmpty({ registration, rest }: Channel): boolean {
  return registration !== undefined || rest !== undefined
}

/** Who makes a channel is shown as its operator, as everywhere on IRC; `powerOf` knows that it is theirs. */
export const FOUNDING_RANKS: Ranks = OPERATOR
