import { parseAddress } from '../protocol/address.ts'
import { matchCidr, parseCidr } from '../protocol/cidr.ts'
import { matchMask } from '../protocol/mask.ts'
import type { User } from './user.ts'

/**
 * A ban on the whole server. `kline`: a user@host mask; `dline`: a network or an address; `mute`: a
 * user@host mask whose owners may stay and not speak (`mute.ts`).
 */
export interface ServerBan {
  readonly kind: 'kline' | 'dline' | 'mute'
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
  return bans.find(
    (ban) => ban.kind === 'dline' && !hasExpired(ban, nowMs) && isInNetwork(ban.mask, address),
  )
}

export type Banned = Pick<User, 'nick' | 'userName' | 'host' | 'realHost' | 'address'>

/** The K-line that keeps this user out. */
export function klineAgainst(
  bans: readonly ServerBan[],
  user: Banned,
  nowMs: number,
): ServerBan | undefined {
  return bans.find(
    (ban) => ban.kind === 'kline' && !hasExpired(ban, nowMs) && fitsKline(ban.mask, user),
  )
}

/** A K-line's or a mute's mask: by the real host, the address or the cloak; the host of the mask may be a network, `*@192.0.2.0/24`. */
export function fitsKline(mask: string, user: Banned): boolean {
  const { nick, userName, realHost, address, host } = user
  const fits = (text: string): boolean => matchMask(`*!${mask}`, `${nick}!${userName}@${text}`)
  if (fits(realHost) || fits(address) || fits(host)) return true
  const at = mask.lastIndexOf('@')
  if (!mask.includes('/', at)) return false
  return (
    isInNetwork(mask.slice(at + 1), address) &&
    matchMask(`*!${mask.slice(0, at)}@*`, `${nick}!${userName}@${host}`)
  )
}

export function isInNetwork(network: string, address: string): boolean {
  const cidr = parseCidr(network)
  const parsed = parseAddress(address)
  return cidr !== undefined && parsed !== undefined && matchCidr(cidr, parsed)
}

/** The networks that D-lines keep out now. */
export function dlinedNetworks(bans: readonly ServerBan[], nowMs: number): string[] {
  return bans
    .filter((ban) => ban.kind === 'dline' && !hasExpired(ban, nowMs))
    .map(({ mask }) => mask)
}
