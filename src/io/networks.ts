import { type Address, parseAddress } from './address.ts'

/** A set of networks. A lookup costs a set access per prefix length in use, however many networks there are. */
export interface Networks {
  /** False for what is no address. */
  has(address: string): boolean
}

/** Addresses and CIDR networks (`192.0.2.0/24`, `2001:db8::/32`). Throws an Error that names the first that is neither. */
export function createNetworks(entries: readonly string[]): Networks {
  const byFamily = { 4: new Map<bigint, Set<bigint>>(), 6: new Map<bigint, Set<bigint>>() }
  for (const entry of entries) {
    const network = parseNetwork(entry)
    if (network === undefined) throw new Error(`not an address or CIDR network: ${entry}`)
    const prefixes = byFamily[network.family]
    const hostBits = BigInt(WIDTH[network.family] - network.prefixLength)
    const members = prefixes.get(hostBits) ?? new Set()
    prefixes.set(hostBits, members.add(network.bits >> hostBits))
  }
  return {
    has(text) {
      const address = parseAddress(text)
      if (address === undefined) return false
      for (const [hostBits, members] of byFamily[address.family]) {
        if (members.has(address.bits >> hostBits)) return true
      }
      return false
    },
  }
}

export interface Network extends Address {
  readonly prefixLength: number
}

/** Reads an address or CIDR network; bits beyond the prefix may be set and don't count. `undefined`: it is neither. */
export function parseNetwork(text: string): Network | undefined {
  const [base = '', prefix, ...more] = text.split('/')
  const address = parseAddress(base)
  if (address === undefined || more.length > 0) return undefined
  const width = WIDTH[address.family]
  if (prefix === undefined) return { ...address, prefixLength: width }
  if (!PREFIX.test(prefix)) return undefined
  // `::ffff:192.0.2.0/120` is 192.0.2.0/24.
  const isMapped = address.family === 4 && base.includes(':')
  const prefixLength = isMapped ? Number(prefix) - 96 : Number(prefix)
  if (prefixLength < 0 || prefixLength > width) return undefined
  return { ...address, prefixLength }
}

const WIDTH = { 4: 32, 6: 128 } as const
const PREFIX = /^(?:0|[1-9][0-9]{0,2})$/
