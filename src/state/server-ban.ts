import { matchCidr, parseAddress, parseCidr } from '../protocol/cidr.ts'
import { matchMask } from '../protocol/mask.ts'
import type { User } from './user.ts'

/** A ban on the whole server. `kline`: a user@host mask; `dline`: a network or an address. */
export interface ServerBan {
  readonly kind: 'kline' | 'dline'
  readonly mask: string
  readonly reason: string
  readonly setBy: string
  readonly setAtMs: number
  /** Absent: for ever. */
  readonly expiresAtMs?: number
}

export function hasExpired(ban: ServerBan, nowMs: number): boolean {
  return ban.expiresAtMs !== undefined && ban.expiresAtMs <= nowMs
}

/** The D-line that keeps this address out. */
export function dlineAgainst(
  bans: readonly ServerBan[],
  address: string,
  nowMs: number,
): ServerBan | undefined {
  const parsed = parseAddress(address)
  if (parsed === undefined) return undefined
  return bans.find((ban) => {
    if (ban.kind !== 'dline' || hasExpired(ban, nowMs)) return false
    const network = parseCidr(ban.mask)
    return network !== undefined && matchCidr(network, parsed)
  })
}

type Banned = Pick<User, 'nick' | 'userName' | 'host' | 'realHost' | 'address'>

/** The K-line that keeps this user out, by the real host, the address or the cloak. */
export function klineAgainst(
  bans: readonly ServerBan[],
  user: Banned,
  nowMs: number,
): ServerBan | undefined {
  const hosts = [user.realHost, user.address, user.host]
  return bans.find(
    (ban) =>
      ban.kind === 'kline' &&
      !hasExpired(ban, nowMs) &&
      hosts.some((host) => matchMask(`*!${ban.mask}`, `${user.nick}!${user.userName}@${host}`)),
  )
}
