import { isIPv4, isIPv6 } from 'node:net'

export interface OwnNames {
  /** Where the admin side listens, as it was said. */
  readonly bound: string
  /** More names that it may be called by. */
  readonly hosts: readonly string[]
  /** The address that this very connection came in on. */
  readonly local: string | undefined
}

/**
 * Whether a Host header means this server. A page of a foreign name that has been pointed at this address
 * (DNS rebinding) still sends the foreign name: only addresses, `localhost` and configured names are ours.
 */
export function isOwnHost(header: string | undefined, { bound, hosts, local }: OwnNames): boolean {
  const name = nameOf(header)
  if (name === undefined) return false
  if (name === 'localhost' || isLoopbackAddress(name)) return true
  return [bound, local ?? '', ...hosts].some((own) => own !== '' && canonical(own) === name)
}

/** Whether an Origin header is that of the Host: a proxy in front may speak TLS, so either scheme will do. */
export function isOwnOrigin(origin: string, host: string): boolean {
  if (!URL.canParse(origin)) return false
  const url = new URL(origin)
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return false
  if (url.origin !== origin.toLowerCase()) return false
  const own = `${url.protocol}//${host}`
  return URL.canParse(own) && new URL(own).host === url.host
}

export function isLoopbackAddress(text: string): boolean {
  const plain = unmapped(text)
  return (isIPv4(plain) && plain.startsWith('127.')) || plain === '::1'
}

const HOST = /^(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::[0-9]{1,5})?$/

/** Without the port and the brackets. */
function nameOf(header: string | undefined): string | undefined {
  const [, name] = HOST.exec(header?.toLowerCase() ?? '') ?? []
  return name === undefined ? undefined : canonical(name)
}

function canonical(name: string): string {
  const plain = unmapped(name.toLowerCase().replaceAll(/^\[|\]$/g, ''))
  return isIPv6(plain) && !plain.includes('%')
    ? new URL(`http://[${plain}]`).hostname.slice(1, -1)
    : plain
}

/** `::ffff:127.0.0.1`, as sockets of both families say it. */
function unmapped(address: string): string {
  const [, ipv4] = /^::ffff:([0-9.]+)$/i.exec(address) ?? []
  return ipv4 ?? address
}
