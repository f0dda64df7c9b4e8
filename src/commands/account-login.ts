import { loggedIn } from '../protocol/replies.ts'
import { accountOf } from '../state/account-book.ts'
import type { Account } from '../state/account.ts'
import { guestPerson } from '../state/conversation.ts'
import { metadataOf } from '../state/metadata.ts'
import type { User } from '../state/user.ts'
import type { LoginAccepted, LoginRefused } from './account-asks.ts'
import { settlePresence } from './always-on.ts'
import type { CommandContext } from './command.ts'
import { event, numeric, type Effect } from './effect.ts'
import { introduceEverywhere, withdraw } from './metadata-burst.ts'
import { ranksAfterLogin } from './services/chanserv-ranks.ts'

/**
 * The one way into an account, whoever has looked at the password: AUTHENTICATE, REGISTER, PASS and NickServ
 * all end here. What was verified has to be true still.
 */
export function* enterAccount(context: CommandContext, login: LoginAccepted): Iterable<Effect> {
  const refusal = entryRefusal(context, login)
  if (refusal !== undefined) throw new Error(`not to be entered: ${refusal.kind}`)
  const account = yield* keepTraces(context, login)
  const { session, network } = context
  const { user } = session
  // Who logs in hears it before what comes of it.
  yield numeric(loggedIn(sourceOf(context), account.name))
  if (user === undefined) {
    yield event({ kind: 'loggedIn', session, account })
  } else if (accountOf(network, user)?.key !== account.key) {
    yield* leaveAccount(context, user)
    yield event({ kind: 'loggedIn', session, account })
    yield* settlePresence(context, user)
    yield* ranksAfterLogin(user)
    yield* introduceEverywhere(network, user)
  }
}

/** Why it can't be entered now, though the password was right. */
export function entryRefusal(
  { network, session }: CommandContext,
  { account }: LoginAccepted,
): LoginRefused | { readonly kind: 'otherConnections' } | undefined {
  const now = network.accounts.get(account.key)
  if (now === undefined || now.registeredAtMs !== account.registeredAtMs) return { kind: 'wrong' }
  if (now.suspended !== undefined) return { kind: 'suspended', suspended: now.suspended }
  const { user } = session
  if (user === undefined || user.sessions.length <= 1) return undefined
  // The other connections are of the account that they logged in to.
  return accountOf(network, user)?.key === account.key ? undefined : { kind: 'otherConnections' }
}

/** They are a guest from now on. */
export function* leaveAccount(context: CommandContext, user: User): Iterable<Effect> {
  if (user.account === undefined) return
  if (user.alwaysOn === true) yield event({ kind: 'presenceChanged', user, stays: 'connected' })
  const person = guestPerson(context.newMsgid())
  const said = [...metadataOf(context.network, user.person).keys()]
  yield event({ kind: 'loggedOut', user, person })
  yield* withdraw(user, said)
}

function* keepTraces(
  { network, nowMs }: CommandContext,
  { account, appPassword, renewed }: LoginAccepted,
): Generator<Effect, Account> {
  const before = network.accounts.get(account.key) ?? account
  if (appPassword === undefined && renewed === undefined) return before
  const kept = {
    ...before,
    ...renewed,
    appPasswords: before.appPasswords.map((each) =>
      each.hash === appPassword?.hash ? { ...each, lastUsedAtMs: nowMs } : each,
    ),
  }
  yield event({ kind: 'accountKept', account: kept })
  return kept
}

/** "900 <nick> <nick>!<ident>@<host> <account>" https://ircv3.net/specs/extensions/sasl-3.1 */
export function sourceOf({ session, server }: CommandContext): string {
  const { user, nick = '*', userName = '*', realHost, origin } = session
  return user?.source ?? `${nick}!${userName}@${server.cloak(realHost, origin.address)}`
}
