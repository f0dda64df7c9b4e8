import { isIP } from 'node:net'
import { DEFAULT_LIMITS } from '../protocol/limits.ts'
import { channelName } from '../protocol/names.ts'
import type { HostPort } from './settings.ts'

/** Reads `127.0.0.1:6667`, `[::1]:6697`, `irc.example.org:6697` or `*:6697`; undefined if it is none of them. */
export function hostPort(text: string): HostPort | undefined {
  const match = /^(?:\[([0-9a-fA-F:.]+)\]|([^\s:[\]]+)):(\d{1,5})$/.exec(text)
  if (match === null) return undefined
  const [, bracketed, bare, digits] = match
  const port = Number(digits)
  if (port > 65_535) return undefined
  if (bracketed !== undefined) {
    return isIP(bracketed) === 6 ? { host: bracketed, port } : undefined
  }
  if (bare === undefined) return undefined
  const known = bare === '*' || isIP(bare) === 4 || isHostName(bare)
  return known ? { host: bare, port } : undefined
}

/** A host name by the letters; one that looks like a broken IPv4 address is none. https://www.rfc-editor.org/rfc/rfc1123#section-2 */
export function isHostName(text: string): boolean {
  if (text.length > 253) return false
  const labels = text.split('.')
  if (!labels.every((label) => /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/i.test(label))) return false
  return !/^\d+$/.test(labels.at(-1) ?? '')
}

/** Clients tell a server from a nick by the dot, and 63 bytes is what the protocol allows. */
export function isServerName(text: string): boolean {
  return text.length <= 63 && text.includes('.') && isHostName(text)
}

/** An address (`192.0.2.1`) or a network (`192.0.2.0/24`, `2001:db8::/32`). */
export function isNetwork(text: string): boolean {
  const [address = '', bits, ...rest] = text.split('/')
  const family = isIP(address)
  if (family === 0 || rest.length > 0 || address.includes('%')) return false
  if (bits === undefined) return true
  return /^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128)
}

/** `*`, or exactly what a browser sends as Origin: `https://chat.example.org`. */
export function isOrigin(text: string): boolean {
  if (text === '*') return true
  return /^https?:/.test(text) && URL.canParse(text) && new URL(text).origin === text
}

export function isWebUrl(text: string): boolean {
  return /^https?:\/\/[^\s]+$/.test(text) && URL.canParse(text)
}

export function isChannelName(text: string): boolean {
  return channelName(text, DEFAULT_LIMITS.chat.channelLength).ok !== undefined
}
