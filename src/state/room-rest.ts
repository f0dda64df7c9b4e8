import { FOUNDER, OPERATOR, type Ranks } from '../protocol/modes.ts'
import { FOUNDING_RANKS, hasFlag, isFounder, type Channel } from './channel.ts'
import { accountKeyOf, type User } from './user.ts'

/** After a start of the server a room waits so long for those who were in it. */
export const REST_MS = 15 * 60_000

/** A room that was there when the server ended, however it ended, waits for its people. */
export interface Rest {
  /** Wall clock. */
  readonly untilMs: number
  /** Account key → the ranks that it had. */
  readonly members: ReadonlyMap<string, Ranks>
}

/** What somebody has from the moment when they come in. */
export function ranksOnJoin(channel: Channel, user: User): Ranks {
  const account = accountKeyOf(user)
  let ranks = 0
  if (isFounder(channel, user)) {
    // A registered room says whose it is.
    ranks = channel.registration === undefined ? FOUNDING_RANKS : FOUNDER
  }
  if (account !== undefined) {
    ranks |= channel.rest?.members.get(account) ?? 0
    ranks |= channel.registration?.access.get(account)?.ranks ?? 0
  }
  return ranks === 0 && isLeaderless(channel) ? FOUNDING_RANKS : ranks
}

/** Nobody is there and nobody is expected who would lead it: then it is as good as new. */
function isLeaderless({ registration, rest, founderAccount, members }: Channel): boolean {
  if (registration !== undefined || founderAccount !== undefined || members.size > 0) return false
  if (rest === undefined) return false
  return ![...rest.members.values()].some((ranks) => ranks >= OPERATOR)
}

/** Whether anybody could come into it: of a room for invited people, nobody can be known again who had no account. */
export function canBeEntered(channel: Channel): boolean {
  if (channel.registration !== undefined || !hasFlag(channel, 'i')) return true
  if (channel.founderAccount !== undefined || channel.lists.I.length > 0) return true
  return (channel.rest?.members.size ?? 0) > 0
}

/** Who leads the room when its rest is over and nobody has come who does: whoever has been there longest. */
export function heirOf({ registration, members }: Channel): User | undefined {
  if (registration !== undefined) return undefined
  for (const { ranks } of members.values()) if (ranks >= OPERATOR) return undefined
  for (const { user } of members.values()) return user
  return undefined
}
