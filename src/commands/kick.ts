import { foldCase } from '../protocol/casemap.ts'
import {
  inputTooLong,
  needMoreParams,
  noSuchChannel,
  noSuchNick,
  userNotInChannel,
} from '../protocol/errors.ts'
import { HALFOP } from '../protocol/modes.ts'
import { warn } from '../protocol/standard-replies.ts'
import { utf8Length } from '../protocol/utf8.ts'
import { powerOf, ranksOf } from '../state/channel.ts'
import { authorityOver, outranks } from '../state/channel-access.ts'
import { muteOf } from '../state/mute.ts'
import { mayAs, type User } from '../state/user.ts'
import { auditOverride, channelNamed, lacksRank } from './channel-lookup.ts'
import type { UserContext } from './command.ts'
import { event, numeric, standard, type Effect } from './effect.ts'
import { fitsLine } from './line-fit.ts'

/**
 * Several from one channel, or as many channels as users. https://modern.ircdocs.horse/#kick-message
 * "there MUST be either one channel parameter and multiple user parameter, or as many channel
 * parameters as there are user parameters" RFC 2812, 3.2.8
 */
export function* kick(context: UserContext): Iterable<Effect> {
  const [channelList = '', userList = '', comment = ''] = context.params
  const channels = channelList.split(',')
  const nicks = userList.split(',')
  if (channels.length > 1 && channels.length !== nicks.length) {
    return yield numeric(needMoreParams('KICK'))
  }
  const reason = reasonBy(context.user, comment)
  if (utf8Length(reason) > context.server.limits.chat.kickLength) {
    return yield numeric(inputTooLong('The reason is too long: nobody was kicked'))
  }
  if (comment !== '' && reason !== comment) {
    yield standard(warn('KICK', 'REASON_NOT_SHOWN', [], 'You are muted'))
  }
  for (const [i, nick] of nicks.entries()) {
    const name = channels.length === 1 ? channelList : (channels[i] ?? '')
    yield* kickOne(context, { name, nick, reason })
  }
}

/** Who is muted may kick, and not say why. */
function reasonBy(user: User, comment: string): string {
  return comment === '' || muteOf(user) !== undefined ? user.nick : comment
}

interface Kick {
  readonly name: string
  readonly nick: string
  readonly reason: string
}

function* kickOne(context: UserContext, { name, nick, reason }: Kick): Iterable<Effect> {
  const { user: by, network } = context
  const channel = channelNamed(context, name)
  if (channel === undefined) return yield numeric(noSuchChannel(name))
  const authority = authorityOver(channel, by, HALFOP)
  if (authority === undefined) return yield numeric(lacksRank(channel, by))
  const user = network.users.get(foldCase(nick))
  if (user === undefined) return yield numeric(noSuchNick(nick))
  if (!channel.members.has(user)) return yield numeric(userNotInChannel(user.nick, channel.name))
  const isOutranked = outranks(ranksOf(channel, user), powerOf(channel, by))
  if (isOutranked && !mayAs(by, 'override')) {
    return yield numeric(lacksRank(channel, by, `${user.nick} has a higher rank than you`))
  }
  if (!fitsLine(by, 'KICK', [channel.name, user.nick, reason])) {
    return yield numeric(inputTooLong(`The reason is too long: ${user.nick} was not kicked`))
  }
  if (authority === 'override' || isOutranked) yield auditOverride(context, channel, 'KICK')
  yield event({ kind: 'kicked', user, channel, by, reason })
}
