/** What a ban from the server comes to, whoever asks for it. */
import { formatDuration } from '../protocol/duration.ts'
import type { Network } from '../state/network.ts'
import type { ServerBan } from '../state/server-ban.ts'
import type { User } from '../state/user.ts'
import type { BanHit, BanTarget } from './ban-target.ts'
import type { Effect } from './effect.ts'
import { endUser } from './operator-action.ts'

export interface BanFacts {
  readonly reason: string
  readonly setBy: string
  readonly nowMs: number
  /** 0: for ever. */
  readonly durationMs: number
}

export function banOf({ kind, mask }: BanTarget, facts: BanFacts): ServerBan {
  const { reason, setBy, nowMs, durationMs } = facts
  const ban = { kind, mask, reason, setBy, setAtMs: nowMs }
  return durationMs === 0 ? ban : { ...ban, expiresAtMs: nowMs + durationMs }
}

/** `for ever`, `for 1h 30m`. */
export function banLasts({ setAtMs, expiresAtMs }: ServerBan): string {
  return expiresAtMs === undefined ? 'for ever' : `for ${formatDuration(expiresAtMs - setAtMs)}`
}

/** A ban that hits more than half of at least this many users is rarely meant so. */
const CROWD = 10

/**
 * Why it should be asked for twice. Two harmless bugs once made one ban disconnect a whole network, so what
 * is vague or hits most of those who are here needs more than a slip.
 */
export function doubtAbout(network: Network, target: BanTarget, hit: BanHit): string | undefined {
  const users = usersHit(hit).size
  if (network.users.size >= CROWD && users * 2 > network.users.size) {
    const does = target.kind === 'mute' ? 'mute' : 'disconnect'
    return `This would ${does} ${users} of ${network.users.size} users`
  }
  return target.isVague ? 'This mask fits very many' : undefined
}

function usersHit({ sessions, absent }: BanHit): Set<User> {
  const users = new Set(absent)
  for (const { user } of sessions) if (user !== undefined) users.add(user)
  return users
}

/** `2 connected`, `1 connected and 1 who stays on`. */
export function countHit({ sessions, absent }: BanHit): string {
  const verb = absent.length === 1 ? 'stays' : 'stay'
  const staying = absent.length === 0 ? '' : ` and ${absent.length} who ${verb} on`
  return `${sessions.length} connected${staying}`
}

/** What it does to those whom it hits, once it is there; a mute leaves them where they are. */
export function* enforce(ban: ServerBan, hit: BanHit): Iterable<Effect> {
  if (ban.kind === 'mute') return
  const reason = `Banned: ${ban.reason}`
  if (ban.kind === 'kline') for (const user of usersHit(hit)) yield* endUser(user, reason)
  else for (const session of hit.sessions) yield { kind: 'close', session, reason }
}
