import { formatDuration } from '../protocol/duration.ts'
import type { Event } from './event.ts'
import type { Network } from './network.ts'
import { fitsKline, hasExpired, type Banned, type ServerBan } from './server-ban.ts'
import type { User } from './user.ts'

/*
 * A mute takes the word from those whom its mask fits, and leaves them connected. Whom one fits is worked
 * out when mutes, users or their hosts change, and kept with the user: to speak asks for nothing.
 */

/** The mute in whose force somebody may not speak. Operators are heard. */
export function muteOf(user: User): ServerBan | undefined {
  return user.operator === undefined ? user.mute : undefined
}

/** What fits `user`, of all the bans. */
export function muteAgainst(
  bans: readonly ServerBan[],
  user: Banned,
  nowMs: number,
): ServerBan | undefined {
  return bans.find(
    (ban) => ban.kind === 'mute' && !hasExpired(ban, nowMs) && fitsKline(ban.mask, user),
  )
}

/** To be called after `network.bans` has changed: for everyone whom the ban is or was about. */
export function followMutes(
  network: Network,
  { kind, ban }: Extract<Event, { kind: 'banAdded' | 'banRemoved' }>,
  nowMs: number,
): void {
  if (ban.kind !== 'mute') return
  for (const user of network.users.values()) {
    const isBy = user.mute?.mask === ban.mask
    if (kind === 'banRemoved' && isBy) setMute(user, muteAgainst(network.bans, user, nowMs))
    if (kind === 'banAdded' && (isBy || (user.mute === undefined && fitsKline(ban.mask, user)))) {
      setMute(user, ban)
    }
  }
}

export function setMute(user: User, mute: ServerBan | undefined): void {
  if (mute !== undefined) user.mute = mute
  else if (user.mute !== undefined) delete user.mute
}

/** What stands in refusals. */
export function mutedText({ reason }: ServerBan): string {
  return `You are muted: ${reason}`
}

/** What somebody reads when a mute begins for them. */
export function muteBegins({ expiresAtMs, reason }: ServerBan, nowMs: number): string {
  const lasts = expiresAtMs === undefined ? '' : ` for ${formatDuration(expiresAtMs - nowMs)}`
  return `You have been muted${lasts}: ${reason}`
}

export const MUTE_ENDS = 'You are no longer muted'
