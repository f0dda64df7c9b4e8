/** How a connection becomes a user: CAP, PASS, WEBIRC, NICK, USER. */
import {
  alreadyRegistered,
  cannotChangeNick,
  erroneousNickname,
  needMoreParams,
  noNicknameGiven,
  passwordMismatch,
  saslAborted,
  youAreBanned,
} from '../protocol/errors.ts'
import { nickName, type NameFault } from '../protocol/names.ts'
import { warn } from '../protocol/standard-replies.ts'
import { userName } from '../protocol/user-name.ts'
import { truncateUtf8, utf8Length } from '../protocol/utf8.ts'
import { accountNamed, accountOf } from '../state/account-book.ts'
import { accountPerson, guestPerson } from '../state/conversation.ts'
import { muteAgainst, muteBegins, mutedText, muteOf } from '../state/mute.ts'
import { klineAgainst } from '../state/server-ban.ts'
import type { Network } from '../state/network.ts'
import type { Session } from '../state/session.ts'
import { sourceOf, type User } from '../state/user.ts'
import type { LoginAnswer } from './account-asks.ts'
import { enterAccount, entryRefusal } from './account-login.ts'
import { settlePresence } from './always-on.ts'
import { attach } from './attach.ts'
import { capCommand } from './cap.ts'
import {
  isUserContext,
  type CommandContext,
  type CommandGroup,
  type UserContext,
} from './command.ts'
import { event, numeric, passwordCheck, standard, wait, type Effect } from './effect.ts'
import { claimNick, mayStillLogIn, nickRefusal, ownUser } from './nick-claim.ts'
import { welcomeBurst } from './welcome.ts'

export const registrationCommands: CommandGroup = {
  CAP: {
    when: 'always',
    minParams: 1,
    cost: 0.5,
    syntax: 'CAP <LS [version] | LIST | REQ :<capabilities> | END>',
    summary: 'Settles which extensions of the protocol the client uses.',
    spec: 'https://ircv3.net/specs/extensions/capability-negotiation',
    run: (context) => withRegistration(context, capCommand(context)),
  },
  PASS: {
    when: 'before',
    minParams: 1,
    cost: 1,
    syntax: 'PASS <password>',
    summary: "Gives the server's password, before registration.",
    spec: 'https://modern.ircdocs.horse/#pass-message',
    run: pass,
  },
  NICK: {
    when: 'always',
    minParams: 0,
    cost: 2,
    syntax: 'NICK <nick>',
    summary: 'Takes or changes your nick.',
    spec: 'https://modern.ircdocs.horse/#nick-message',
    run: nick,
  },
  USER: {
    when: 'before',
    minParams: 4,
    cost: 1,
    syntax: 'USER <user name> 0 * :<real name>',
    summary: 'Says who you are, at registration.',
    spec: 'https://modern.ircdocs.horse/#user-message',
    run: user,
  },
}

function* pass({ session, params, ...context }: CommandContext): Iterable<Effect> {
  session.password = params[0] ?? ''
  yield* finishRegistration({ session, params, ...context })
}

function* nick(context: CommandContext): Iterable<Effect> {
  const { session, params, server, network } = context
  const wanted = params[0]
  if (wanted === undefined || wanted === '') return yield numeric(noNicknameGiven())
  const checked = nickName(wanted, server.limits.chat.nickLength)
  if (checked.ok === undefined) {
    return yield numeric(erroneousNickname(wanted, nickFault(checked.refused, context)))
  }
  session.askedNick = checked.ok
  if (isUserContext(context)) return yield* rename(context, checked.ok)
  const own = ownUser(network, session, checked.ok)
  const refusal = own === undefined ? nickRefusal(context, checked.ok) : undefined
  if (refusal !== undefined && !mayStillLogIn(context, checked.ok)) return yield numeric(refusal)
  session.nick = checked.ok
  yield* finishRegistration(context)
}

function nickFault(fault: NameFault, { server }: CommandContext): string {
  switch (fault) {
    case 'empty':
      return 'it is empty'
    case 'tooLong':
      return `it is longer than ${server.limits.chat.nickLength} characters`
    case 'badStart':
      return 'it starts with a character that no nick may start with'
    case 'badCharacter':
      return 'it has a character that no nick may have'
    case 'reserved':
      return 'it is reserved for a service, or looks as if'
    default:
      return fault satisfies never
  }
}

function* rename(context: UserContext, nick: string): Iterable<Effect> {
  const { user } = context
  if (user.nick === nick) return
  const mute = muteOf(user)
  if (mute !== undefined) return yield numeric(cannotChangeNick(mutedText(mute)))
  yield* claimNick(context, nick)
  const refusal = nickRefusal(context, nick)
  if (refusal !== undefined) return yield numeric(refusal)
  yield event({ kind: 'renamed', user, nick })
  yield* settlePresence(context, user)
}

function* user(context: CommandContext): Iterable<Effect> {
  const { session, params, server } = context
  if (session.userName !== undefined) return yield numeric(alreadyRegistered())
  const [name = '', , , realName = ''] = params
  const { userLength, realNameLength } = server.limits.chat
  // "If it is empty, the server SHOULD reject the command with ERR_NEEDMOREPARAMS (even if an empty
  // parameter is provided)"; a name that people see is as good as none when it is empty.
  if (name === '' || realName === '') return yield numeric(needMoreParams('USER'))
  session.userName = `~${userName(name, userLength - 1)}`
  session.realName = truncateUtf8(realName, realNameLength)
  if (utf8Length(realName) > realNameLength) {
    const text = `Your real name was cut to ${realNameLength} bytes`
    yield standard(warn('USER', 'REALNAME_TOO_LONG', [String(realNameLength)], text))
  }
  yield* finishRegistration(context)
}

function* withRegistration(context: CommandContext, effects: Iterable<Effect>): Iterable<Effect> {
  yield* effects
  if (context.user === undefined) yield* finishRegistration(context)
}

/** Registers the session as soon as all that it takes is there. */
function* finishRegistration(context: CommandContext): Iterable<Effect> {
  const { session, server } = context
  if (session.negotiating || session.nick === undefined || session.userName === undefined) return
  if (session.sasl?.isOpen === true) {
    // "the server SHOULD abort it and send a 906 numeric, then register the client without authentication"
    session.sasl.abort()
    yield numeric(saslAborted())
  }
  if (server.passwordHash === undefined) return yield* enter(context)
  if (session.password === undefined) {
    yield numeric(passwordMismatch())
    return yield { kind: 'close', session, reason: 'A password is needed' }
  }
  yield passwordCheck(server.passwordHash, session.password, (isRight) =>
    isRight ? welcome(context) : refusePassword(session),
  )
}

/** Clients that know no SASL may say `PASS account:password`, where the server itself has no password. */
function* enter(context: CommandContext): Iterable<Effect> {
  const { session, server } = context
  const [name = '', ...rest] = session.password?.split(':') ?? []
  if (server.accounts === undefined || session.account !== undefined || rest.length === 0) {
    return yield* welcome(context)
  }
  yield wait(async ({ accounts }) => {
    const answer = await accounts.checkLogin(session, name, rest.join(':'))
    return enterWith(context, answer)
  })
}

function* enterWith(context: CommandContext, answer: LoginAnswer): Iterable<Effect> {
  const refused = answer.kind === 'account' ? entryRefusal(context, answer) : answer
  if (answer.kind !== 'account' || refused !== undefined) {
    yield numeric(passwordMismatch())
    yield event({ kind: 'loginFailed', session: context.session, to: 'account' })
    const reason = 'Password incorrect: say PASS account:password, or nothing'
    return yield { kind: 'close', session: context.session, reason }
  }
  yield* enterAccount(context, answer)
  yield* welcome(context)
}

function* refusePassword(session: Session): Iterable<Effect> {
  yield numeric(passwordMismatch())
  yield { kind: 'close', session, reason: 'Password incorrect' }
}

function* welcome(context: CommandContext): Iterable<Effect> {
  const { session, network, nowMs } = context
  // Between the login and this moment it may have been dropped or suspended.
  const isTheirs = session.account === undefined || mayBeEntered(network, session.account)
  if (!isTheirs) return yield { kind: 'close', session, reason: 'This account is not to be used' }
  const user = createUser(context)
  const ban = klineAgainst(network.bans, user, nowMs)
  if (ban !== undefined) {
    yield numeric(youAreBanned(ban.reason))
    return yield { kind: 'close', session, reason: `Banned: ${ban.reason}` }
  }
  const own = ownUser(network, session, user.nick)
  if (own !== undefined) return yield* attach(context, own)
  yield* claimNick(context, user.nick)
  const refusal = nickRefusal(context, user.nick)
  if (refusal !== undefined) {
    delete session.nick
    return yield numeric(refusal)
  }
  // Not before: if the nick was taken meanwhile, registration goes on with another, and needs it again.
  delete session.password
  const mute = muteAgainst(network.bans, user, nowMs)
  if (mute !== undefined) delete user.away
  yield event({ kind: 'registered', session, user })
  yield* settlePresence(context, user)
  yield* welcomeBurst({ ...context, user })
  if (mute !== undefined) {
    yield event({ kind: 'serverNotice', user, text: muteBegins(mute, nowMs) })
  }
}

function mayBeEntered(network: Network, account: string): boolean {
  const now = accountNamed(network, account)
  return now !== undefined && now.suspended === undefined
}

function createUser({ session, server, network, nowMs, process }: CommandContext): User {
  const { nick = '*', userName = '~user', realName = '', realHost, origin } = session
  const host = server.cloak(realHost, origin.address)
  const who = { nick, userName, host }
  const account = accountOf(network, session)
  const visit = `${process.startedAtMs.toString(36)}-${session.id}`
  return {
    ...who,
    person: account === undefined ? guestPerson(visit) : accountPerson(account.key),
    ...(account === undefined ? {} : { account: account.name }),
    realName,
    realHost,
    address: origin.address,
    modes: 'i',
    signedOnMs: nowMs,
    lastSpokeMs: nowMs,
    sessions: [],
    channels: new Set(),
    source: sourceOf(who),
    ...(session.away === undefined ? {} : { away: session.away }),
  }
}
