import { parseAddress } from '../protocol/address.ts'
import { formatCidr, networkOf, parseCidr } from '../protocol/cidr.ts'

/** A set of networks. A lookup costs a set access per prefix length in use, however many networks there are. */
export interface Networks {
  /** False for what is no address. */
  has(address: string): boolean
}

/** Addresses and CIDR networks (`192.0.2.0/24`, `2001:db8::/32`). Throws an Error that names the first that is neither. */
export function createNetworks(entries: readonly string[]): Networks {
  const members = new Set<string>()
  /** By how many groups an address of the family has. */
  const prefixes = new Map<number, Set<number>>()
  for (const entry of entries) {
    const network = parseCidr(entry)
    if (network === undefined) throw new Error(`not an address or CIDR network: ${entry}`)
    const { groups, prefix } = network
    members.add(formatCidr(network))
    prefixes.set(groups.length, (prefixes.get(groups.length) ?? new Set()).add(prefix))
  }
  return {
    has(text) {
      const address = parseAddress(text)
      if (address === undefined) return false
      const lengths = [...(prefixes.get(address.length) ?? [])]
      return lengths.some((prefix) => members.has(formatCidr(networkOf(address, prefix))))
    },
  }
}
