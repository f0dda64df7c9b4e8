import { foldCase } from '../protocol/casemap.ts'

/** `ascii` for all that isn't known: two names are then one too seldom, never too often. */
export type CaseMapping = 'ascii' | 'rfc1459' | 'rfc1459-strict'

/** The form in which two spellings of a name are equal. https://modern.ircdocs.horse/#casemapping-parameter */
export function fold(name: string, mapping: CaseMapping): string {
  const folded = foldCase(name)
  if (mapping === 'ascii') return folded
  const letters = folded.replaceAll('[', '{').replaceAll(']', '}').replaceAll('\\', '|')
  return mapping === 'rfc1459' ? letters.replaceAll('^', '~') : letters
}

export function caseMapping(token: string | undefined): CaseMapping {
  if (token === 'rfc1459' || token === undefined) return 'rfc1459'
  return token === 'rfc1459-strict' || token === 'strict-rfc1459' ? 'rfc1459-strict' : 'ascii'
}

/** The nick of a source `nick!user@host`. */
export function nickOf(source: string | undefined): string {
  const text = source ?? ''
  const end = text.search(/[!@]/)
  return end < 0 ? text : text.slice(0, end)
}

/** User and host of a source, where it has them. */
export function userHostOf(source: string | undefined): { userName?: string; host?: string } {
  const text = source ?? ''
  const bang = text.indexOf('!')
  const at = text.indexOf('@', bang + 1)
  if (bang < 0 || at < 0) return {}
  return { userName: text.slice(bang + 1, at), host: text.slice(at + 1) }
}
