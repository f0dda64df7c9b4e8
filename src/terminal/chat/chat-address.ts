import { NoEntry } from '../no-entry.ts'
import { safeText } from '../safe-text.ts'
import type { ChatSay } from './chat-words.ts'
import type { ChatAddress } from './network.ts'

export interface Destination {
  readonly address: ChatAddress
  readonly rooms: readonly string[]
  readonly nick?: string
}

const TLS_PORT = 6697
const PLAIN_PORT = 6667

/** `ircs://[nick@]host[:port]/[#room,…]`, or a host alone. `irc://` is without TLS. */
export function chatAddress(text: string, say: ChatSay): Destination {
  const url = chatUrl(text)
  if (url === undefined) throw new NoEntry(say('badAddress', { url: safeText(text) }))
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const over = url.protocol === 'ircs:' ? 'tls' : 'plain'
  const usual = over === 'tls' ? TLS_PORT : PLAIN_PORT
  const port = url.port === '' ? usual : Number(url.port)
  const nick = decoded(url.username)
  const rooms = roomsOf(url)
  return { address: { host, port, over }, rooms, ...(nick === '' ? {} : { nick }) }
}

/** Without TLS only to this machine, unless somebody says so. */
export function refusePlain({ host, over }: ChatAddress, say: ChatSay): void {
  if (over === 'plain' && !isLoopback(host)) throw new NoEntry(say('plainRefused'))
}

/** A password has no place in it: everybody on the machine can read arguments. */
function chatUrl(text: string): URL | undefined {
  const url = URL.parse(text.includes('://') ? text : `ircs://${text}`)
  if (url === null || !['irc:', 'ircs:'].includes(url.protocol)) return undefined
  const isWhole = url.hostname !== '' && url.password === '' && url.search === ''
  return isWhole ? url : undefined
}

/** As others write it, `[…]` around the address of IPv6. */
export function hostAndPort({ host, port }: ChatAddress): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(?:\.\d{1,3}){3}$/.test(host)
}

/** `/#room`, which a URL takes for a fragment, and `/room`. */
function roomsOf(url: URL): readonly string[] {
  const text = decoded(url.pathname.slice(1) + url.hash)
  const names = text.split(',').filter((name) => name !== '')
  return names.map((name) => (/^[#&+!]/.test(name) ? name : `#${name}`))
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
