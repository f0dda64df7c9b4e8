/** What a ban from the server comes to, whoever asks for it. */
import { formatDuration } from '../protocol/duration.ts'
import type { Network } from '../state/network.ts'
import type { ServerBan } from '../state/server-ban.ts'
import type { Session } from '../state/session.ts'
import type { BanTarget } from './ban-target.ts'
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
export function doubtAbout(
  network: Network,
  target: BanTarget,
  hit: readonly Session[],
): string | undefined {
  const users = hit.filter((session) => session.user !== undefined).length
  if (network.users.size >= CROWD && users * 2 > network.users.size) {
    const does = target.kind === 'mute' ? 'mute' : 'disconnect'
    return `This would ${does} ${users} of ${network.users.size} users`
  }
  return target.isVague ? 'This mask fits very many' : undefined
}

/** What it does to those whom it hits, once it is there; a mute leaves them where they are. */
export function* enforce(ban: ServerBan, hit: readonly Session[]): Iterable<Effect> {
  if (ban.kind === 'mute') return
  const reason = `Banned: ${ban.reason}`
  for (const session of hit) {
    const { user } = session
    if (ban.kind === 'kline' && user !== undefined) yield* endUser(user, reason)
    else yield { kind: 'close', session, reason }
  }
}
