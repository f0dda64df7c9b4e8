/** Networks of IP addresses; a network of mapped addresses is one of IPv4. */
import { formatAddress, isMapped, parseGroupsOf, type Address } from './address.ts'

/** `groups` has no bits set beyond `prefix`. */
export interface Cidr {
  readonly groups: Address
  readonly prefix: number
}

/**
 * `1.2.3.0/24`, `2001:db8::/32`, or an address, which is a network of one. Bits beyond the prefix are
 * cleared, so that `1.2.3.4/24` is the network of that host. Undefined for anything else.
 */
export function parseCidr(text: string): Cidr | undefined {
  const slash = text.indexOf('/')
  const address = slash < 0 ? text : text.slice(0, slash)
  const groups = parseGroupsOf(address)
  if (groups === undefined) return undefined
  const width = groups.length * 16
  const prefix = slash < 0 ? width : parsePrefix(text.slice(slash + 1), width)
  if (prefix === undefined) return undefined
  if (prefix >= 96 && isMapped(groups)) return networkOf(groups.slice(6), prefix - 96)
  return networkOf(groups, prefix)
}

/** False across families: `::/0` is all of IPv6 and nothing of IPv4. */
export function matchCidr(cidr: Cidr, address: Address): boolean {
  if (cidr.groups.length !== address.length) return false
  return cidr.groups.every(
    (group, index) => group === ((address[index] ?? 0) & groupMask(cidr.prefix, index)),
  )
}

/** The network of `prefix` bits that the address is in. */
export function networkOf(address: Address, prefix: number): Cidr {
  return { groups: address.map((group, index) => group & groupMask(prefix, index)), prefix }
}

/** The same text for the same network, whichever way it was written; IPv6 after RFC 5952. */
export function formatCidr(cidr: Cidr): string {
  const { groups, prefix } = cidr
  const text = formatAddress(groups)
  return prefix === groups.length * 16 ? text : `${text}/${prefix}`
}

function groupMask(prefix: number, index: number): number {
  const bits = Math.min(16, Math.max(0, prefix - index * 16))
  return (0xffff << (16 - bits)) & 0xffff
}

const PREFIX = /^(?:0|[1-9]\d{0,2})$/

function parsePrefix(text: string, width: number): number | undefined {
  if (!PREFIX.test(text)) return undefined
  const prefix = Number(text)
  return prefix <= width ? prefix : undefined
}
