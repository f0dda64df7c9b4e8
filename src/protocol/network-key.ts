import { IPV4_GROUPS, parseAddress } from './address.ts'
import { formatCidr, networkOf } from './cidr.ts'

/**
 * What counts as one peer: an IPv4 address, or the /64 of an IPv6 address, since whoever has one address of
 * that has them all. Text that is no address is its own key.
 */
export function networkKey(text: string): string {
  const address = parseAddress(text)
  if (address === undefined) return text
  return formatCidr(networkOf(address, address.length === IPV4_GROUPS ? 32 : 64))
}
