/** An IP address as a number; an IPv4-mapped IPv6 address counts as the IPv4 address that it stands for. */
export interface Address {
  readonly family: 4 | 6
  readonly bits: bigint
}

/** Reads an IPv4 or IPv6 address without brackets, port or zone. `undefined`: it is none. */
export function parseAddress(text: string): Address | undefined {
  if (!text.includes(':')) {
    const bits = parseIpv4(text)
    return bits === undefined ? undefined : { family: 4, bits }
  }
  const bits = parseIpv6(text)
  if (bits === undefined) return undefined
  return bits >> 32n === MAPPED ? { family: 4, bits: bits & 0xffff_ffffn } : { family: 6, bits }
}

/** Canonical text; for IPv6 see https://www.rfc-editor.org/rfc/rfc5952#section-4 */
export function formatAddress({ family, bits }: Address): string {
  if (family === 4) return [24n, 16n, 8n, 0n].map((shift) => (bits >> shift) & 0xffn).join('.')
  const groups = SHIFTS.map((shift) => ((bits >> shift) & 0xffffn).toString(16))
  const zeros = longestZeros(groups)
  if (zeros.length < 2) return groups.join(':')
  const before = groups.slice(0, zeros.from).join(':')
  const after = groups.slice(zeros.from + zeros.length).join(':')
  return `${before}::${after}`
}

/** The canonical text of an address, or the text itself when it is none. */
export function canonicalAddress(text: string): string {
  const address = parseAddress(text)
  return address === undefined ? text : formatAddress(address)
}

/**
 * Who counts as one peer: an IPv4 address, or the /64 that one IPv6 customer has at the least. Text that
 * is no address is its own key.
 */
export function addressKey(text: string): string {
  const address = parseAddress(text)
  if (address === undefined) return text
  if (address.family === 4) return formatAddress(address)
  return `${formatAddress({ family: 6, bits: (address.bits >> 64n) << 64n })}/64`
}

export function isLoopback(text: string): boolean {
  const address = parseAddress(text)
  if (address === undefined) return false
  return address.family === 4 ? address.bits >> 24n === 127n : address.bits === 1n
}

/** `::ffff:0:0/96`. https://www.rfc-editor.org/rfc/rfc4291#section-2.5.5.2 */
const MAPPED = 0xffffn
const SHIFTS = [112n, 96n, 80n, 64n, 48n, 32n, 16n, 0n]
// No leading zeros: some read them as octal.
const IPV4_PART = /^(?:0|[1-9][0-9]{0,2})$/
const IPV6_GROUP = /^[0-9a-f]{1,4}$/i

function parseIpv4(text: string): bigint | undefined {
  const parts = text.split('.')
  if (parts.length !== 4) return undefined
  let bits = 0n
  for (const part of parts) {
    if (!IPV4_PART.test(part) || Number(part) > 255) return undefined
    bits = (bits << 8n) | BigInt(part)
  }
  return bits
}

function parseIpv6(text: string): bigint | undefined {
  if (text.length > 45) return undefined
  const [head = '', tail, ...more] = text.split('::')
  if (more.length > 0) return undefined
  if (tail === undefined) {
    const groups = parseGroups(head)
    return groups?.length === 8 ? join(groups) : undefined
  }
  // Dotted digits may only stand at the very end.
  if (head.includes('.')) return undefined
  const before = parseGroups(head)
  const after = parseGroups(tail)
  if (before === undefined || after === undefined) return undefined
  const zeros = 8 - before.length - after.length
  return zeros < 1 ? undefined : join([...before, ...Array<bigint>(zeros).fill(0n), ...after])
}

function parseGroups(text: string): bigint[] | undefined {
  const parts = text === '' ? [] : text.split(':')
  const groups: bigint[] = []
  for (const [i, part] of parts.entries()) {
    if (IPV6_GROUP.test(part)) {
      groups.push(BigInt(`0x${part}`))
      continue
    }
    const ipv4 = i === parts.length - 1 ? parseIpv4(part) : undefined
    if (ipv4 === undefined) return undefined
    groups.push(ipv4 >> 16n, ipv4 & 0xffffn)
  }
  return groups
}

function join(groups: readonly bigint[]): bigint {
  return groups.reduce((bits, group) => (bits << 16n) | group, 0n)
}

function longestZeros(groups: readonly string[]): { from: number; length: number } {
  let longest = { from: 0, length: 0 }
  let from = 0
  for (let i = 0; i < groups.length; i++) {
    if (groups[i] !== '0') from = i + 1
    else if (i + 1 - from > longest.length) longest = { from, length: i + 1 - from }
  }
  return longest
}
