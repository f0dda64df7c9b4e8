/**
 * IP addresses and networks as numbers. An IPv4 address written as `::ffff:1.2.3.4` is IPv4 everywhere
 * here, as sockets that listen on both families report it so.
 */

/** 2 groups of 16 bits for IPv4, 8 for IPv6, the first group first. */
export type Address = readonly number[]

/** `groups` has no bits set beyond `prefix`. */
export interface Cidr {
  readonly groups: Address
  readonly prefix: number
}

/** Strict: four decimal numbers without leading zeros, or RFC 4291 text without zone. Otherwise undefined. */
export function parseAddress(text: string): Address | undefined {
  const groups = text.includes(':') ? parseV6(text) : parseV4(text)
  return groups !== undefined && isMapped(groups) ? groups.slice(6) : groups
}

/**
 * `1.2.3.0/24`, `2001:db8::/32`, or an address, which is a network of one. Bits beyond the prefix are
 * cleared, so that `1.2.3.4/24` is the network of that host. Undefined for anything else.
 */
export function parseCidr(text: string): Cidr | undefined {
  const slash = text.indexOf('/')
  const address = slash < 0 ? text : text.slice(0, slash)
  const groups = address.includes(':') ? parseV6(address) : parseV4(address)
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
  const text = groups.length === 2 ? formatV4(groups) : formatV6(groups)
  return prefix === groups.length * 16 ? text : `${text}/${prefix}`
}

function groupMask(prefix: number, index: number): number {
  const bits = Math.min(16, Math.max(0, prefix - index * 16))
  return (0xffff << (16 - bits)) & 0xffff
}

const V4 = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/
const NUMBER = /^(?:0|[1-9]\d{0,2})$/
const HEX = /^[\da-f]{1,4}$/i

function parsePrefix(text: string, width: number): number | undefined {
  if (!NUMBER.test(text)) return undefined
  const prefix = Number(text)
  return prefix <= width ? prefix : undefined
}

function parseV4(text: string): Address | undefined {
  const match = V4.exec(text)
  if (match === null) return undefined
  const bytes = match.slice(1)
  if (!bytes.every((byte) => NUMBER.test(byte) && Number(byte) <= 255)) return undefined
  const [a = 0, b = 0, c = 0, d = 0] = bytes.map(Number)
  return [(a << 8) | b, (c << 8) | d]
}

function parseV6(text: string): Address | undefined {
  const halves = text.split('::')
  if (halves.length > 2) return undefined
  const [head = '', tail] = halves
  if (tail === undefined) return parseGroups(head, 'mayEndInV4', 8)
  const before = parseGroups(head, 'hexOnly')
  const after = parseGroups(tail, 'mayEndInV4')
  if (before === undefined || after === undefined) return undefined
  // RFC 4291 2.2: "::" stands for one or more groups of zeros.
  const missing = 8 - before.length - after.length
  if (missing < 1) return undefined
  return [...before, ...Array.from({ length: missing }, () => 0), ...after]
}

function parseGroups(
  text: string,
  ending: 'mayEndInV4' | 'hexOnly',
  exactly?: number,
): Address | undefined {
  const words = text === '' ? [] : text.split(':')
  const last = words.at(-1) ?? ''
  const embedded = ending === 'mayEndInV4' && last.includes('.') ? parseV4(last) : []
  if (embedded === undefined) return undefined
  const hex = embedded.length > 0 ? words.slice(0, -1) : words
  if (!hex.every((word) => HEX.test(word))) return undefined
  const groups = [...hex.map((word) => Number.parseInt(word, 16)), ...embedded]
  return exactly !== undefined && groups.length !== exactly ? undefined : groups
}

function isMapped(groups: Address): boolean {
  return (
    groups.length === 8 && groups[5] === 0xffff && groups.slice(0, 5).every((group) => group === 0)
  )
}

function formatV4(groups: Address): string {
  return groups.flatMap((group) => [group >> 8, group & 0xff]).join('.')
}

function formatV6(groups: Address): string {
  const { start, length } = longestZeros(groups)
  const hex = groups.map((group) => group.toString(16))
  if (length < 2) return hex.join(':')
  return `${hex.slice(0, start).join(':')}::${hex.slice(start + length).join(':')}`
}

function longestZeros(groups: Address): { readonly start: number; readonly length: number } {
  let best = { start: 0, length: 0 }
  let start = 0
  for (const [index, group] of groups.entries()) {
    if (group !== 0) start = index + 1
    else if (index + 1 - start > best.length) best = { start, length: index + 1 - start }
  }
  return best
}
