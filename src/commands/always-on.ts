import { foldCase } from '../protocol/casemap.ts'
import { accountOf, nicksOf, usersOf } from '../state/account-book.ts'
import type { Account } from '../state/account.ts'
import type { User } from '../state/user.ts'
import type { AccountPolicy } from './account-policy.ts'
import type { CommandContext } from './command.ts'
import { event, type Effect } from './effect.ts'

/** To be asked after all that it depends on has changed: the login, the nick, the account's settings. */
export function* settlePresence(
  { server, network }: Pick<CommandContext, 'server' | 'network'>,
  user: User,
): Iterable<Effect> {
  const account = accountOf(network, user)
  const isTheirNick =
    account !== undefined && nicksOf(account).some((nick) => foldCase(nick) === foldCase(user.nick))
  // A nick is kept for who owns it, and an account has one user who stays.
  const others = account === undefined ? [] : usersOf(network, account.key)
  const isFirst = !others.some((other) => other !== user && other.alwaysOn === true)
  const stays = isTheirNick && isFirst && isAlwaysOn(server.accounts, account)
  if (stays === (user.alwaysOn === true)) return
  yield event({ kind: 'presenceChanged', user, stays: stays ? 'always' : 'connected' })
}

export function isAlwaysOn(policy: AccountPolicy | undefined, { settings }: Account): boolean {
  switch (policy?.alwaysOn) {
    case 'mandatory':
      return true
    case 'opt-out':
      return settings.alwaysOn !== false
    case 'opt-in':
      return settings.alwaysOn === true
    default:
      return false
  }
}
