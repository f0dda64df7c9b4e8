import {
  FOUNDER,
  OPERATOR,
  type ChannelFlag,
  type ListMode,
  type Ranks,
} from '../protocol/modes.ts'
import type { BufferId } from './record.ts'
import type { User } from './user.ts'

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
  return channel.founder === user && ranks >= OPERATOR ? ranks | FOUNDER : ranks
}

/** Whether `user` may know that it exists and who is in it. */
export function canSee(channel: Channel, user: User): boolean {
  return !hasFlag(channel, 's') || channel.members.has(user)
}
