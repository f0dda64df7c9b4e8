/** Who somebody is, and was: WHOIS, WHOWAS. */
import { CAP, hasCap } from '../protocol/capabilities.ts'
import { foldCase } from '../protocol/casemap.ts'
import {
  noNicknameGiven,
  noSuchNick,
  noSuchServer,
  tooManyTargets,
  wasNoSuchNick,
} from '../protocol/errors.ts'
import { matchGlob } from '../protocol/glob.ts'
import { addressText } from '../protocol/host-name.ts'
import { matchMask, parseMask } from '../protocol/mask.ts'
import { prefixesOf, prefixOf } from '../protocol/modes.ts'
import type { Numeric } from '../protocol/numeric.ts'
import {
  away,
  endOfWhois,
  endOfWhowas,
  whoisAccount,
  whoisActually,
  whoisBot,
  whoisCertificate,
  whoisChannels,
  whoisIdle,
  whoisKeyValue,
  whoisModes,
  whoisOperator,
  whoisSecure,
  whoisServer,
  whoisUser,
  whowasUser,
} from '../protocol/replies.ts'
import { packWords } from '../protocol/text-lines.ts'
import { canSee, ranksOf, type Channel } from '../state/channel.ts'
import { metadataOf, ownerOfMetadata } from '../state/metadata.ts'
import { hasUserMode, mayAs, type User } from '../state/user.ts'
import type { PastUser } from '../state/whowas.ts'
import type { CommandGroup, UserContext } from './command.ts'
import { numeric, type Effect } from './effect.ts'
import { replyRoom, withinBounds } from './reply-room.ts'
import type { Service } from './services/service.ts'
import { serviceNamed } from './services/services.ts'
import { idleSeconds } from './who-fields.ts'

export const whoisCommands: CommandGroup = {
  WHOIS: {
    when: 'registered',
    minParams: 0,
    cost: 1,
    syntax: 'WHOIS [<server>] <nick>[,<nick>…]',
    summary: 'Tells who somebody is, and in which rooms.',
    spec: 'https://modern.ircdocs.horse/#whois-message',
    run: whois,
  },
  WHOWAS: {
    when: 'registered',
    minParams: 0,
    cost: 1,
    syntax: 'WHOWAS <nick | mask> [<count>]',
    summary: 'Tells who had a nick that is no longer in use, newest first.',
    spec: 'https://modern.ircdocs.horse/#whowas-message',
    run: whowas,
  },
}

function* whois(context: UserContext): Iterable<Effect> {
  const { params, network, server } = context
  const [first = '', second] = params
  const targets = second ?? first
  if (targets === '') return yield numeric(noNicknameGiven())
  // "If <target> is a nick, the query goes to that user's server": here there is one.
  const isHere = matchGlob(first, server.name) || network.users.has(foldCase(first))
  if (second !== undefined && !isHere) return yield numeric(noSuchServer(first))
  const nicks = new Set(targets.split(',').filter(Boolean))
  if (nicks.size > server.limits.chat.targetsPerMessage) {
    yield numeric(tooManyTargets(targets, 'nothing was looked up'))
  } else {
    for (const nick of nicks) yield* whoisOne(context, nick)
  }
  yield numeric(endOfWhois(targets))
}

function* whoisOne(context: UserContext, nick: string): Iterable<Effect> {
  const service = serviceNamed(nick)
  if (service !== undefined) return yield* serviceFacts(context, service)
  const user = context.network.users.get(foldCase(nick))
  if (user === undefined) yield numeric(noSuchNick(nick))
  else for (const each of facts(context, user)) yield numeric(each)
}

function* serviceFacts({ server }: UserContext, { name, summary }: Service): Iterable<Effect> {
  yield numeric(whoisUser(name, 'services', server.name, summary.en))
  yield numeric(whoisServer(name, server.name, server.description))
  yield numeric(whoisBot(name, server.networkName))
}

function* facts(context: UserContext, user: User): Iterable<Numeric> {
  const { server, nowMs, user: viewer } = context
  const { nick } = user
  yield whoisUser(nick, user.userName, user.host, user.realName)
  for (const line of channelLines(context, user)) yield whoisChannels(nick, line)
  yield whoisServer(nick, server.name, server.description)
  if (hasUserMode(user, 'o')) yield whoisOperator(nick)
  if (user.account !== undefined) yield whoisAccount(nick, user.account)
  if (hasUserMode(user, 'B')) yield whoisBot(nick, server.networkName)
  if (isSecure(user)) yield whoisSecure(nick)
  if (viewer === user || mayAs(viewer, 'see-hosts')) {
    yield whoisActually(nick, realSource(user), addressText(user.address))
  }
  if (viewer === user || viewer.operator !== undefined) yield* privateFacts(user)
  if (user.away !== undefined) yield away(nick, user.away)
  yield* metadataFacts(context, user)
  yield whoisIdle(nick, idleSeconds(user, nowMs), Math.floor(user.signedOnMs / 1000))
}

/** https://ircv3.net/specs/extensions/metadata#rpl_whoiskeyvalue-numeric */
function* metadataFacts({ network, session }: UserContext, user: User): Iterable<Numeric> {
  if (!hasCap(session.caps, CAP.metadata)) return
  const values = metadataOf(network, ownerOfMetadata({ kind: 'user', user }))
  for (const [key, value] of values) yield whoisKeyValue(user.nick, key, value)
}

function* privateFacts(user: User): Iterable<Numeric> {
  yield whoisModes(user.nick, `+${user.modes}`)
  for (const { origin } of user.sessions) {
    const fingerprint = origin.tls?.certificateFingerprint
    if (fingerprint !== undefined) yield whoisCertificate(user.nick, fingerprint)
  }
}

function channelLines(context: UserContext, user: User): string[] {
  const { user: viewer, session } = context
  const prefix = hasCap(session.caps, CAP.multiPrefix) ? prefixesOf : prefixOf
  const words: string[] = []
  for (const channel of user.channels) {
    if (!isShown(channel, user, viewer)) continue
    words.push(prefix(ranksOf(channel, user)) + channel.name)
  }
  return packWords(words, replyRoom(context, user.nick))
}

/** The rooms of an invisible user are known to those who are in them. https://modern.ircdocs.horse/#rplwhoischannels-319 */
function isShown(channel: Channel, user: User, viewer: User): boolean {
  if (user === viewer || mayAs(viewer, 'see-hidden')) return true
  return channel.members.has(viewer) || (canSee(channel, viewer) && !hasUserMode(user, 'i'))
}

/** Only when all of their connections are: what goes to one of them goes to all. */
function isSecure({ sessions }: User): boolean {
  if (sessions.length === 0) return false
  return sessions.every(({ origin }) => origin.transport === 'tls' || origin.transport === 'wss')
}

function realSource({ userName, realHost }: Pick<User, 'userName' | 'realHost'>): string {
  return `${userName}@${addressText(realHost)}`
}

function* whowas(context: UserContext): Iterable<Effect> {
  const { params, network } = context
  const [nick = '', count = ''] = params
  if (nick === '') return yield numeric(noNicknameGiven())
  const asked = Number.parseInt(count, 10)
  // "If given, <count> SHOULD be a positive number. Otherwise, a full search is done."
  const isThat = pastFitting(context.user, nick)
  const past = pastOf(network.whowas, isThat, asked > 0 ? asked : Infinity)
  if (past.length === 0) yield numeric(wasNoSuchNick(nick))
  const advice = 'ask for fewer with a count'
  yield* withinBounds(context, pastFacts(context, past), { command: 'WHOWAS', advice })
  yield numeric(endOfWhowas(nick))
}

/** "The history is searched backward, returning the most recent entry first." */
function pastOf(
  all: readonly PastUser[],
  isThat: (past: PastUser) => boolean,
  most: number,
): PastUser[] {
  const found: PastUser[] = []
  for (let i = all.length - 1; i >= 0 && found.length < most; i--) {
    const past = all[i]
    if (past !== undefined && isThat(past)) found.push(past)
  }
  return found
}

/** Masks are for operators who see whoever hides: nobody else finds people without knowing their nick. */
function pastFitting(viewer: User, name: string): (past: PastUser) => boolean {
  const mask = mayAs(viewer, 'see-hidden') && /[*?!@]/.test(name) ? parseMask(name) : undefined
  if (mask?.kind !== 'address') {
    const folded = foldCase(name)
    return ({ nick }) => foldCase(nick) === folded
  }
  const seesHosts = mayAs(viewer, 'see-hosts')
  return ({ nick, userName, host, realHost, address }) => {
    const hosts = seesHosts ? [host, realHost, address] : [host]
    return hosts.some((each) => matchMask(mask.text, `${nick}!${userName}@${each}`))
  }
}

function* pastFacts(
  { server, user: viewer }: UserContext,
  past: readonly PastUser[],
): Iterable<Numeric> {
  for (const { nick, leftAtMs, account, ...user } of past) {
    yield whowasUser(nick, user.userName, user.host, user.realName)
    yield whoisServer(nick, server.name, new Date(leftAtMs).toUTCString())
    if (account !== undefined) yield whoisAccount(nick, account)
    if (mayAs(viewer, 'see-hosts')) {
      yield whoisActually(nick, realSource(user), addressText(user.address))
    }
  }
}
