import { formatCidr, networkOf, parseAddress } from '../protocol/cidr.ts'

const IPV4_GROUPS = 2
const IPV4_PREFIX = 32
const IPV6_PREFIX = 64

/** What counts as one address: all of IPv4, the /64 of IPv6, since whoever has one address of that has them all. */
export function networkKey(address: string): string {
  const parsed = parseAddress(address)
  if (parsed === undefined) return address
  const prefix = parsed.length === IPV4_GROUPS ? IPV4_PREFIX : IPV6_PREFIX
  return formatCidr(networkOf(parsed, prefix))
}
