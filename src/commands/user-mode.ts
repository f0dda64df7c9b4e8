import { foldCase } from '../protocol/casemap.ts'
import { noSuchNick, unknownUserMode, usersDontMatch } from '../protocol/errors.ts'
import { USER_MODES, type ModeChange, type UserMode } from '../protocol/modes.ts'
import { userModeIs } from '../protocol/replies.ts'
import { hasUserMode, type User } from '../state/user.ts'
import type { UserContext } from './command.ts'
import { event, numeric, type Effect } from './effect.ts'

/** One's own modes: shown without `letters`, changed with them. https://modern.ircdocs.horse/#mode-message */
export function* userMode(
  { user, network }: UserContext,
  nick: string,
  letters: string,
): Iterable<Effect> {
  const target = network.users.get(foldCase(nick))
  if (target === undefined) return yield numeric(noSuchNick(nick))
  if (target !== user) return yield numeric(usersDontMatch())
  if (letters === '') return yield numeric(userModeIs(`+${user.modes}`))
  const { changes, isKnown } = readChanges(user, letters)
  if (changes.length > 0) yield event({ kind: 'userModesChanged', user, changes })
  // "the server MUST apply the modes that are implemented, and then send the ERR_UMODEUNKNOWNFLAG"
  if (!isKnown) yield numeric(unknownUserMode())
}

function readChanges(
  user: User,
  letters: string,
): { readonly changes: readonly ModeChange[]; readonly isKnown: boolean } {
  const wanted = new Map<UserMode, '+' | '-'>()
  let sign: '+' | '-' = '+'
  let isKnown = true
  for (const letter of letters) {
    if (letter === '+' || letter === '-') sign = letter
    else if (isUserMode(letter)) wanted.set(letter, sign)
    else isKnown = false
  }
  const changes: ModeChange[] = []
  for (const [mode, wish] of wanted) {
    // "the attempt SHOULD be ignored": only OPER makes an operator. https://modern.ircdocs.horse/#oper-user-mode
    if (mode === 'o' && wish === '+') continue
    if (hasUserMode(user, mode) !== (wish === '+')) changes.push({ sign: wish, mode })
  }
  return { changes, isKnown }
}

function isUserMode(letter: string): letter is UserMode {
  return (USER_MODES as readonly string[]).includes(letter)
}
