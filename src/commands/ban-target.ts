/** Whom a server ban is for, and how far it reaches. */
import { foldCase } from '../protocol/casemap.ts'
import { formatCidr, parseCidr } from '../protocol/cidr.ts'
import { parseMask } from '../protocol/mask.ts'
import type { Network } from '../state/network.ts'
import { fitsKline, isInNetwork, type ServerBan } from '../state/server-ban.ts'
import type { Session } from '../state/session.ts'
import type { User } from '../state/user.ts'

export interface BanTarget {
  readonly kind: ServerBan['kind']
  /** In the form in which equal targets are equal. */
  readonly mask: string
  /** It says so little that it may fit anybody. */
  readonly isVague: boolean
}

/** Undefined: neither `user@host` nor a host, or it fits everybody. */
export function klineTarget(raw: string): BanTarget | undefined {
  const parsed = parseMask(raw)
  if (parsed?.kind !== 'address' || parsed.nick !== '*') return undefined
  const cidr = parsed.host.includes('/') ? parseCidr(parsed.host) : undefined
  const host = cidr === undefined ? parsed.host : formatCidr(cidr)
  const mask = foldCase(`${parsed.user}@${host}`)
  const plain = plainLetters(parsed.user) + (cidr === undefined ? plainLetters(host) : PLAIN_ENOUGH)
  if (plain === 0) return undefined
  const isWideNetwork = cidr !== undefined && isWide(cidr) && plainLetters(parsed.user) === 0
  return { kind: 'kline', mask, isVague: isWideNetwork || plain < PLAIN_ENOUGH }
}

/** As for a K-line. */
export function muteTarget(raw: string): BanTarget | undefined {
  const target = klineTarget(raw)
  return target === undefined ? undefined : { ...target, kind: 'mute' }
}

/** Undefined: it is neither an address nor a network, or it is the whole internet. */
export function dlineTarget(raw: string): BanTarget | undefined {
  const cidr = parseCidr(raw)
  if (cidr === undefined || cidr.prefix === 0) return undefined
  return { kind: 'dline', mask: formatCidr(cidr), isVague: isWide(cidr) }
}

export interface BanHit {
  /** Those that it would end, or those of whom it would mute. */
  readonly sessions: readonly Session[]
  /** Those whom it fits who stay on without a connection: a D-line knows connections alone. */
  readonly absent: readonly User[]
}

export function whomItHits(network: Network, target: BanTarget): BanHit {
  const sessions: Session[] = []
  for (const session of network.sessions.values()) if (hits(target, session)) sessions.push(session)
  if (target.kind === 'dline') return { sessions, absent: [] }
  const absent: User[] = []
  for (const user of network.users.values()) {
    if (user.sessions.length === 0 && fitsKline(target.mask, user)) absent.push(user)
  }
  return { sessions, absent }
}

function hits({ kind, mask }: BanTarget, session: Session): boolean {
  if (session.closing) return false
  if (kind === 'dline') return isInNetwork(mask, session.origin.address)
  const { user } = session
  if (user === undefined || (kind === 'mute' && user.operator !== undefined)) return false
  return fitsKline(mask, user)
}

/** A mask with fewer letters than these, wildcards and separators not counted, fits too many. */
const PLAIN_ENOUGH = 4

function plainLetters(part: string): number {
  return part.replaceAll(/[*?.:~\\]/g, '').length
}

const IPV4_PARTS = 2
const WIDE_IPV4 = 16
const WIDE_IPV6 = 32

function isWide({ groups, prefix }: NonNullable<ReturnType<typeof parseCidr>>): boolean {
  return prefix < (groups.length === IPV4_PARTS ? WIDE_IPV4 : WIDE_IPV6)
}
