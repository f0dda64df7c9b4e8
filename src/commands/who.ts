/** WHO, and its extended form. */
import { CAP, hasCap } from '../protocol/capabilities.ts'
import { foldCase } from '../protocol/casemap.ts'
import { matchGlob } from '../protocol/glob.ts'
import { MASK_BYTES } from '../protocol/mask.ts'
import { prefixesOf, prefixOf } from '../protocol/modes.ts'
import type { Numeric } from '../protocol/numeric.ts'
import { endOfWho, who as whoReply, whoX } from '../protocol/replies.ts'
import { fail } from '../protocol/standard-replies.ts'
import { sharesChannel } from '../state/audience.ts'
import { canSee, type Channel, type Membership } from '../state/channel.ts'
import { hasUserMode, mayAs, type User } from '../state/user.ts'
import type { CommandGroup, UserContext } from './command.ts'
import { numeric, standard, type Effect } from './effect.ts'
import { withinBounds } from './reply-room.ts'
import { parseWhoQuery, type WhoQuery } from './who-query.ts'
import { whoXFields, type Found } from './who-fields.ts'

export const whoCommands: CommandGroup = {
  WHO: {
    when: 'registered',
    minParams: 1,
    cost: 1,
    isWelcome: true,
    syntax: 'WHO <channel | nick | mask> [o][%<fields>[,<token>]]',
    summary: 'Lists who is in a room, or whose nick, user, host or real name fits a mask.',
    spec: 'https://modern.ircdocs.horse/#who-message',
    run: who,
  },
}

/** So many strangers fit one mask at most; members of a room and operators' questions have bytes as their only bound. */
const MOST_MATCHES = 500

function* who(context: UserContext): Iterable<Effect> {
  const [mask = '', options = ''] = context.params
  const query = parseWhoQuery(options)
  if (typeof query === 'string') {
    yield standard(fail('WHO', 'INVALID_PARAMS', [options], query))
  } else {
    const isBounded = !mask.startsWith('#') && !mayAs(context.user, 'see-hidden')
    yield* withinBounds(context, repliesTo(context, mask, query), {
      command: 'WHO',
      advice: 'ask for a channel, a nick or a narrower mask',
      ...(isBounded ? { most: MOST_MATCHES } : {}),
    })
  }
  yield numeric(endOfWho(mask))
}

function* repliesTo(context: UserContext, mask: string, query: WhoQuery): Iterable<Numeric> {
  for (const found of find(context, mask)) {
    if (query.operatorsOnly && !hasUserMode(found.user, 'o')) continue
    yield query.fields === undefined
      ? whoLine(context, found)
      : whoX(whoXFields(context, found, query.fields))
  }
}

function find(context: UserContext, mask: string): Iterable<Found> {
  const { network } = context
  if (mask.startsWith('#')) return findInChannel(context, network.channels.get(foldCase(mask)))
  const user = network.users.get(foldCase(mask))
  // A nick that is known needs no hiding: +i keeps people out of lists, not from those who know them.
  if (user !== undefined) return [{ user, flags: flagsOf(user) }]
  return findByMask(context, mask)
}

function* findInChannel(
  { user: viewer, session }: UserContext,
  channel: Channel | undefined,
): Iterable<Found> {
  if (channel === undefined) return
  const seesAll = channel.members.has(viewer) || mayAs(viewer, 'see-hidden')
  if (!seesAll && !canSee(channel, viewer)) return
  const prefix = hasCap(session.caps, CAP.multiPrefix) ? prefixesOf : prefixOf
  for (const { user, ranks } of channel.members.values() as Iterable<Membership>) {
    if (!seesAll && !isListedFor(viewer, user)) continue
    yield { user, channel, flags: flagsOf(user, prefix(ranks)) }
  }
}

function* findByMask(
  { network, server, user: viewer }: UserContext,
  mask: string,
): Iterable<Found> {
  if (mask.length > MASK_BYTES) return
  const pattern = mask === '0' || mask === '' ? '*' : mask
  const isServer = matchGlob(pattern, server.name)
  const seesAll = mayAs(viewer, 'see-hidden')
  const texts = mayAs(viewer, 'see-hosts') ? textsForOperators : textsForAll
  for (const user of network.users.values()) {
    if (!isServer && !texts(user).some((text) => matchGlob(pattern, text))) continue
    if (seesAll || isListedFor(viewer, user)) yield { user, flags: flagsOf(user) }
  }
}

/** Whether it may be found without knowing the nick. https://modern.ircdocs.horse/#invisible-user-mode */
function isListedFor(viewer: User, user: User): boolean {
  return user === viewer || !hasUserMode(user, 'i') || sharesChannel(viewer, user)
}

function textsForAll({ nick, userName, host, realName, source }: User): string[] {
  return [nick, userName, host, realName, source]
}

function textsForOperators(user: User): string[] {
  return [...textsForAll(user), user.realHost, user.address]
}

/** Here or gone, operator, the prefixes in the channel, bot: in the order that Modern gives. */
function flagsOf(user: User, prefixes = ''): string {
  const here = user.away === undefined ? 'H' : 'G'
  const operator = hasUserMode(user, 'o') ? '*' : ''
  return here + operator + prefixes + (hasUserMode(user, 'B') ? 'B' : '')
}

function whoLine({ server }: UserContext, { user, channel, flags }: Found): Numeric {
  const { userName, host, nick, realName } = user
  return whoReply([
    channel?.name ?? '*',
    userName,
    host,
    server.name,
    nick,
    flags,
    // Hops: there is one server.
    `0 ${realName}`,
  ])
}
