/**
 * IP addresses as numbers. An IPv4 address written as `::ffff:1.2.3.4` is IPv4 everywhere here, as sockets
 * that listen on both families report it so. https://www.rfc-editor.org/rfc/rfc4291#section-2.5.5.2
 */

/** 2 groups of 16 bits for IPv4, 8 for IPv6, the first group first. */
export type Address = readonly number[]

export const IPV4_GROUPS = 2

/** Strict: four decimal numbers without leading zeros, or RFC 4291 text without zone. Otherwise undefined. */
export function parseAddress(text: string): Address | undefined {
  const groups = parseGroupsOf(text)
  return groups !== undefined && isMapped(groups) ? groups.slice(6) : groups
}

/** As it is written: a mapped address keeps its 8 groups. */
export function parseGroupsOf(text: string): Address | undefined {
  return text.includes(':') ? parseV6(text) : parseV4(text)
}

/** IPv6 after https://www.rfc-editor.org/rfc/rfc5952#section-4, so that there is one text for an address. */
export function formatAddress(address: Address): string {
  return address.length === IPV4_GROUPS ? formatV4(address) : formatV6(address)
}

/** The one text of an address, or the text itself when it is none. */
export function canonicalAddress(text: string): string {
  const address = parseAddress(text)
  return address === undefined ? text : formatAddress(address)
}

/** 127.0.0.0/8 and ::1. False for what is no address. */
export function isLoopback(text: string): boolean {
  const address = parseAddress(text)
  if (address === undefined) return false
  return address.length === IPV4_GROUPS
    ? (address[0] ?? 0) >> 8 === 127
    : formatAddress(address) === '::1'
}

/** Whether 8 groups stand for an IPv4 address, which is in the last two. */
export function isMapped(groups: Address): boolean {
  return (
    groups.length === 8 && groups[5] === 0xffff && groups.slice(0, 5).every((group) => group === 0)
  )
}

const V4 = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/
const NUMBER = /^(?:0|[1-9]\d{0,2})$/
const HEX = /^[\da-f]{1,4}$/i

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
