import { foldCase } from '../../protocol/casemap.ts'
import type { Language } from '../../state/account.ts'
import type { CommandContext } from '../command.ts'

/**
 * As the account has it; of somebody without one, that of the last words that told. Hangul in what they
 * say is Korean, and everything else tells nothing: commands are English for all.
 */
export function languageOf({ network, session, user }: CommandContext, text: string): Language {
  const account = user?.account ?? session.account
  const known = account === undefined ? undefined : network.accounts.get(foldCase(account))
  if (known !== undefined) return known.language
  if (/\p{Script=Hangul}/u.test(text)) session.language = 'ko'
  return session.language ?? 'en'
}
