import { isReservedNick } from './reserved-nicks.ts'
import { utf8Length } from './utf8.ts'
import { isVisible } from './visible.ts'

export type NameFault = 'empty' | 'tooLong' | 'badStart' | 'badCharacter' | 'reserved'

/** The name in the form to keep and to show, or why there is none. */
export type CheckedName =
  | { readonly ok: string; readonly refused?: undefined }
  | { readonly ok?: undefined; readonly refused: NameFault }

/**
 * A name may take this many bytes of UTF-8 for each character that its limit allows: 32 characters of
 * nick are 32 letters of ASCII, 21 syllables of Korean or 16 emoji.
 *
 * NICKLEN and CHANNELLEN count code points, because clients cut names to them in code points, in UTF-16
 * units or in bytes, and by the smallest of these no name that they cut is refused. The bound in bytes keeps room
 * for text in the 512 bytes of a line, which carries the sender's nick and the channel.
 */
export const BYTES_PER_CHARACTER = 2

/**
 * A nick, in NFC. In ASCII what RFC 2812 allows: letters, digits, ``[ ] \ ` _ ^ { | }`` and `-`, the last
 * and digits not at the start; this leaves out all that separates, prefixes or is a wildcard. Beyond
 * ASCII whatever can be seen (`isVisible`), but no other width of a prefix at the start (＠, ＃).
 * Services' names and their look-alikes are reserved. https://modern.ircdocs.horse/#clients
 */
export function nickName(raw: string, limit: number): CheckedName {
  const name = raw.normalize('NFC')
  if (name === '') return { refused: 'empty' }
  if (isTooLong(name, limit)) return { refused: 'tooLong' }
  if (NICK_BAD_START.test(name) || startsLikePrefix(name)) return { refused: 'badStart' }
  if (NICK_BAD.test(name) || !isVisible(name)) return { refused: 'badCharacter' }
  return isReservedNick(name) ? { refused: 'reserved' } : { ok: name }
}

/**
 * A channel's name, in NFC: `#` and anything visible but space, comma, control characters (the ^G of
 * RFC 1459 among them) and the wildcards `*` and `?`. https://modern.ircdocs.horse/#channels
 */
export function channelName(raw: string, limit: number): CheckedName {
  const name = raw.normalize('NFC')
  if (name === '') return { refused: 'empty' }
  if (!name.startsWith('#')) return { refused: 'badStart' }
  if (isTooLong(name, limit)) return { refused: 'tooLong' }
  // What follows the # is a name of its own: no mark may land on the #.
  if (CHANNEL_BAD.test(name) || !isVisible(name.slice(1))) return { refused: 'badCharacter' }
  return { ok: name }
}

const NICK_BAD_START = /^[\d-]/
const NICK_BAD = /[^\x80-\u{10ffff}\w[\]\\`^{|}-]/u
const CHANNEL_BAD = /[\0-\x20\x7f,*?]/
const PREFIX = /^[#&~@%+$!:*]/

function startsLikePrefix(name: string): boolean {
  return PREFIX.test(name.slice(0, 2).normalize('NFKC'))
}

function isTooLong(name: string, limit: number): boolean {
  if (name.length <= limit && name.length * 3 <= limit * BYTES_PER_CHARACTER) return false
  return codePoints(name) > limit || utf8Length(name) > limit * BYTES_PER_CHARACTER
}

function codePoints(name: string): number {
  let count = 0
  for (const _ of name) count++
  return count
}
