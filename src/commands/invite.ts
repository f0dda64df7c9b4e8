import { foldCase } from '../protocol/casemap.ts'
import {
  needMoreParams,
  noSuchChannel,
  noSuchNick,
  notOnChannel,
  userOnChannel,
} from '../protocol/errors.ts'
import { matchMask } from '../protocol/mask.ts'
import { HALFOP } from '../protocol/modes.ts'
import { away, endOfInviteList, inviteList, inviting } from '../protocol/replies.ts'
import { hasFlag, type Channel } from '../state/channel.ts'
import { authorityOver } from '../state/channel-access.ts'
import { auditOverride, channelNamed, lacksRank } from './channel-lookup.ts'
import type { UserContext } from './command.ts'
import { event, numeric, type Effect } from './effect.ts'
import { mutedRefusal } from './muted.ts'

/**
 * Any member may tell somebody of a channel; an invitation by those with power there also opens it, once,
 * past everything that keeps people out. https://modern.ircdocs.horse/#invite-message
 */
export function* invite(context: UserContext): Iterable<Effect> {
  const [nick, name] = context.params
  if (nick === undefined) return yield* listInvitations(context)
  if (name === undefined) return yield numeric(needMoreParams('INVITE'))
  const muted = mutedRefusal(context, [name])
  if (muted !== undefined) return yield muted
  const channel = channelNamed(context, name)
  if (channel === undefined) return yield numeric(noSuchChannel(name))
  yield* inviteTo(context, channel, nick)
}

function* listInvitations({ user, network }: UserContext): Iterable<Effect> {
  for (const channel of user.invitedTo ?? []) {
    if (network.channels.get(foldCase(channel.name)) === channel) {
      yield numeric(inviteList(channel.name))
    }
  }
  yield numeric(endOfInviteList())
}

function* inviteTo(context: UserContext, channel: Channel, nick: string): Iterable<Effect> {
  const { user: by, network } = context
  const authority = authorityOver(channel, by, HALFOP)
  if (authority === undefined) {
    if (!channel.members.has(by)) return yield numeric(notOnChannel(channel.name))
    if (hasFlag(channel, 'i')) return yield numeric(lacksRank(channel, by))
  }
  const user = network.users.get(foldCase(nick))
  if (user === undefined) return yield numeric(noSuchNick(nick))
  if (channel.members.has(user)) return yield numeric(userOnChannel(user.nick, channel.name))
  yield numeric(inviting(user.nick, channel.name))
  if (user.away !== undefined) yield numeric(away(user.nick, user.away))
  // As with messages, who isn't wanted isn't told.
  if (user.silence?.some((mask) => matchMask(mask, by.source))) return
  if (authority === 'override') yield auditOverride(context, channel, 'INVITE')
  yield event({ kind: 'invited', user, channel, by, opens: authority !== undefined })
}
