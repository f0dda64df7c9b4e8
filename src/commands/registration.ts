/** How a connection becomes a user: CAP, PASS, WEBIRC, NICK, USER. */
import {
  alreadyRegistered,
  cannotChangeNick,
  erroneousNickname,
  needMoreParams,
  nicknameInUse,
  noNicknameGiven,
  passwordMismatch,
  youAreBanned,
} from '../protocol/errors.ts'
import { lookalikeOf } from '../protocol/lookalikes.ts'
import { nickName, type NameFault } from '../protocol/names.ts'
import { warn } from '../protocol/standard-replies.ts'
import { userName } from '../protocol/user-name.ts'
import { truncateUtf8, utf8Length } from '../protocol/utf8.ts'
import { guestPerson } from '../state/conversation.ts'
import { muteAgainst, muteBegins, mutedText, muteOf } from '../state/mute.ts'
import { klineAgainst } from '../state/server-ban.ts'
import type { Session } from '../state/session.ts'
import { sourceOf, type User } from '../state/user.ts'
import { capCommand } from './cap.ts'
import type { CommandContext, CommandGroup, UserContext } from './command.ts'
import { event, numeric, standard, type Effect, passwordCheck } from './effect.ts'
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
  const mine = session.user?.nick
  const taken = lookalikeOf(network.userLooks, checked.ok, mine)
  if (taken !== undefined) return yield numeric(nicknameInUse(checked.ok))
  if (context.user !== undefined) return yield* rename(context as UserContext, checked.ok)
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

function* rename({ user }: UserContext, nick: string): Iterable<Effect> {
  if (user.nick === nick) return
  const mute = muteOf(user)
  if (mute !== undefined) return yield numeric(cannotChangeNick(mutedText(mute)))
  yield event({ kind: 'renamed', user, nick })
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
  if (server.passwordHash === undefined) return yield* welcome(context)
  if (session.password === undefined) {
    yield numeric(passwordMismatch())
    return yield { kind: 'close', session, reason: 'A password is needed' }
  }
  yield passwordCheck(server.passwordHash, session.password, (isRight) =>
    isRight ? welcome(context) : refusePassword(session),
  )
}

function* refusePassword(session: Session): Iterable<Effect> {
  yield numeric(passwordMismatch())
  yield { kind: 'close', session, reason: 'Password incorrect' }
}

function* welcome(context: CommandContext): Iterable<Effect> {
  const { session, network, nowMs } = context
  const user = createUser(context)
  const taken = lookalikeOf(network.userLooks, user.nick)
  if (taken !== undefined) {
    delete session.nick
    return yield numeric(nicknameInUse(user.nick))
  }
  const ban = klineAgainst(network.bans, user, nowMs)
  if (ban !== undefined) {
    yield numeric(youAreBanned(ban.reason))
    return yield { kind: 'close', session, reason: `Banned: ${ban.reason}` }
  }
  // Not before: if the nick was taken meanwhile, registration goes on with another, and needs it again.
  delete session.password
  const mute = muteAgainst(network.bans, user, nowMs)
  if (mute !== undefined) delete user.away
  yield event({ kind: 'registered', session, user })
  yield* welcomeBurst({ ...context, user })
  if (mute !== undefined) {
    yield event({ kind: 'serverNotice', user, text: muteBegins(mute, nowMs) })
  }
}

function createUser({ session, server, nowMs, process }: CommandContext): User {
  const { nick = '*', userName = '~user', realName = '', realHost, origin } = session
  const host = server.cloak(realHost, origin.address)
  const who = { nick, userName, host }
  return {
    ...who,
    person: guestPerson(`${process.startedAtMs.toString(36)}-${session.id}`),
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
