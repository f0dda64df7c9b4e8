import { addAccountUser, removeAccountUser } from './account-book.ts'
import { accountPerson, forgetGuest } from './conversation.ts'
import { handOverMetadata } from './evolve-metadata.ts'
import type { Attached, Detached, LoggedIn, LoggedOut, PresenceChanged } from './login-event.ts'
import type { Network } from './network.ts'
import type { User } from './user.ts'

/** A part of `evolve`: whose connections a user has, and which account is theirs. */
export function evolveLogin(
  network: Network,
  event: Attached | Detached | LoggedIn | LoggedOut | PresenceChanged,
  nowMs: number,
): void {
  switch (event.kind) {
    case 'attached':
      return attach(network, event)
    case 'detached':
      return detach(event, nowMs)
    case 'loggedIn':
      return logIn(network, event)
    case 'loggedOut':
      return logOut(network, event)
    case 'presenceChanged':
      if (event.stays === 'always') event.user.alwaysOn = true
      else delete event.user.alwaysOn
      return
    default:
      event satisfies never
  }
}

function attach(network: Network, { session, user }: Attached): void {
  session.user = user
  network.strangers.delete(session)
  user.sessions.push(session)
  delete user.lastSeenMs
}

function detach({ session, user }: Detached, nowMs: number): void {
  const at = user.sessions.indexOf(session)
  if (at >= 0) user.sessions.splice(at, 1)
  delete session.user
  if (user.sessions.length === 0) user.lastSeenMs = nowMs
}

/** Whoever logs in has the past of the account, and no longer that of the guest that they were. */
function logIn(network: Network, { session, account }: LoggedIn): void {
  session.account = account.name
  const { user } = session
  if (user === undefined) return
  handOverMetadata(network, user.person, accountPerson(account.key))
  changeAccount(network, user, { account: account.name, person: accountPerson(account.key) })
}

function logOut(network: Network, { user, person }: LoggedOut): void {
  for (const session of user.sessions) delete session.account
  changeAccount(network, user, { account: undefined, person })
}

function changeAccount(
  network: Network,
  user: User,
  { account, person }: { readonly account: string | undefined; readonly person: string },
): void {
  removeAccountUser(network, user)
  forgetGuest(network, user.person)
  delete user.alwaysOn
  if (account === undefined) delete user.account
  else user.account = account
  user.person = person
  addAccountUser(network, user)
}
