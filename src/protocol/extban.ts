import { matchGlob } from './glob.ts'
import { parseMask } from './mask.ts'

/**
 * Entries of b, e and I that say more than an address. `~a:name` is everyone logged in to an account that
 * the pattern `name` fits; `~m:mask` is everyone whom `mask` fits, itself an address or `~a:name`, and
 * concerns what they say and not whether they may come in.
 * https://modern.ircdocs.horse/#extban-parameter https://ircv3.net/specs/extensions/account-extban
 */
export type Extban =
  | { readonly kind: 'account'; readonly account: string }
  | { readonly kind: 'mute'; readonly mask: string }

/** ISUPPORT EXTBAN. */
export const EXTBAN_TOKEN = '~,am'
/** ISUPPORT ACCOUNTEXTBAN. */
export const ACCOUNT_EXTBAN = 'a'

/** Undefined for what is no extban of Maru's. */
export function parseExtban(mask: string): Extban | undefined {
  const rest = mask.slice(START_LENGTH)
  if (rest === '') return undefined
  if (mask.startsWith('~a:')) return { kind: 'account', account: rest }
  return mask.startsWith('~m:') ? { kind: 'mute', mask: rest } : undefined
}

/**
 * An entry of a list mode in the form to keep: addresses completed, extbans known, a mute of a mute
 * refused. Undefined when it is not well-formed.
 */
export function parseListEntry(raw: string): string | undefined {
  const mask = parseMask(raw)
  if (mask === undefined) return undefined
  if (mask.kind === 'address') return mask.text
  const extban = parseExtban(mask.text)
  if (extban === undefined) return undefined
  if (extban.kind === 'account') return mask.text
  const inner = parseMask(extban.mask)
  if (inner?.kind === 'address') return parseMask(`~m:${inner.text}`)?.text
  const account = inner === undefined ? undefined : parseExtban(inner.text)
  return account?.kind === 'account' ? mask.text : undefined
}

export function fitsAccount(pattern: string, account: string | undefined): boolean {
  return account !== undefined && matchGlob(pattern, account)
}

const START_LENGTH = '~a:'.length
