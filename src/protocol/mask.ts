import { matchGlob } from './glob.ts'
import { utf8Length } from './utf8.ts'

/** A pattern for `nick!user@host`. `text` is complete, in the case it was written in. */
export interface AddressMask {
  readonly kind: 'address'
  readonly text: string
  readonly nick: string
  readonly user: string
  /** May be a network, `10.0.0.0/8`: `parseCidr` tells, and the caller who knows the address compares. */
  readonly host: string
}

/** An extban, `$a:name` or `~a:name`: kept as written; what it means is not decided here. */
export interface ExtendedMask {
  readonly kind: 'extended'
  readonly text: string
}

export type Mask = AddressMask | ExtendedMask

/** Longer masks than this are refused: the longest nick, user and host together are well below it. */
export const MASK_BYTES = 255

/**
 * Completes a partial mask: `nick` is `nick!*@*`, `user@host` is `*!user@host`, `nick!user` is
 * `nick!user@*`, and what holds a dot, a colon or a slash is a host, since no nick may. Runs of `*` become
 * one. Undefined for what is empty, too long, has spaces or control characters, starts with `:`, or
 * has its `@` before its `!`. Two masks whose `foldCase(text)` is equal are the same entry of a list.
 */
export function parseMask(raw: string): Mask | undefined {
  if (raw === '' || raw.startsWith(':') || UNFIT.test(raw)) return undefined
  if (utf8Length(raw) > MASK_BYTES) return undefined
  if (EXTENDED.test(raw)) return { kind: 'extended', text: raw }
  const parts = splitMask(raw.normalize('NFC'))?.map(completePart)
  if (parts === undefined) return undefined
  const [nick = '*', user = '*', host = '*'] = parts
  return { kind: 'address', text: `${nick}!${user}@${host}`, nick, user, host }
}

/**
 * Whether `nickUserHost` fits a mask as `parseMask` completed it (its `text`). An extended mask never
 * fits, as no nick starts as it does: its owner must ask elsewhere.
 */
export function matchMask(mask: string, nickUserHost: string): boolean {
  return matchGlob(mask, nickUserHost)
}

const UNFIT = /[\p{Cc}\p{Cs}\p{Z}]/u
const EXTENDED = /^(?:\$~?[A-Za-z]+(?::|$)|~[A-Za-z]+:)/
const HOSTLIKE = /[.:/]/
const STARS = /\*{2,}/g

function splitMask(raw: string): readonly string[] | undefined {
  const bang = raw.indexOf('!')
  const at = raw.lastIndexOf('@')
  if (bang < 0 && at < 0) return HOSTLIKE.test(raw) ? ['', '', raw] : [raw, '', '']
  if (bang < 0) return ['', raw.slice(0, at), raw.slice(at + 1)]
  if (at < 0) return [raw.slice(0, bang), raw.slice(bang + 1), '']
  if (at < bang) return undefined
  return [raw.slice(0, bang), raw.slice(bang + 1, at), raw.slice(at + 1)]
}

function completePart(part: string): string {
  if (part === '') return '*'
  // `\**` is a plain star and a wildcard: runs are only joined where nothing is escaped.
  return part.includes('\\') ? part : part.replace(STARS, '*')
}
