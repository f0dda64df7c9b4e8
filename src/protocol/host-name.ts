/** The longest host that a source may show. */
export const HOST_BYTES = 63

/**
 * Whether `text` can stand as the host in `nick!user@host`: a DNS name, an IP address or a cloak. ASCII
 * letters, digits, `-` and `_` in parts that are joined by `.`, `:` or `/`; it starts with a letter or a digit, so an
 * IPv6 address that starts with `:` is written with a 0 in front (a parameter must not start with a colon).
 * The answers of name servers and WEBIRC gateways pass here before anybody sees them.
 */
export function isHostName(text: string): boolean {
  return text.length <= HOST_BYTES && HOST.test(text)
}

const HOST = /^[A-Za-z\d](?:[\w-]|[./](?=[\w-])|:)*$/

/** An address as a parameter: no parameter but the last may start with a colon, so `::1` is `0::1`. */
export function addressText(address: string): string {
  return address.startsWith(':') ? `0${address}` : address
}
