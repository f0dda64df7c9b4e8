import {
  cannotSendToChannel,
  channelIsOpen,
  inputTooLong,
  knockOnChannel,
  noSuchChannel,
  tooManyKnocks,
} from '../protocol/errors.ts'
import type { Numeric } from '../protocol/numeric.ts'
import { knock as knockNumeric, knockDelivered } from '../protocol/replies.ts'
import type { Channel } from '../state/channel.ts'
import { joinRefusal } from '../state/channel-access.ts'
import { KNOCK_INTERVAL_MS } from '../state/user.ts'
import { channelNamed } from './channel-lookup.ts'
import type { UserContext } from './command.ts'
import { event, numeric, type Effect } from './effect.ts'
import { fitsNumeric } from './line-fit.ts'
import { mutedInChannel } from './muted.ts'

/**
 * Asks those with power in a channel to be let in. A secret channel is not there for who knocks.
 * https://defs.ircdocs.horse/defs/numerics.html#rpl-knock-710
 */
export function* knock(context: UserContext): Iterable<Effect> {
  const { user, server } = context
  const [name = '', given = ''] = context.params
  const text = given === '' ? 'has asked for an invite' : given
  const channel = channelNamed(context, name)
  if (channel === undefined) return yield numeric(noSuchChannel(name))
  const refusal = refusalOf(context, channel)
  if (refusal !== undefined) return yield numeric(refusal)
  if (!fitsNumeric(server, knockNumeric(channel.name, user.source, text))) {
    return yield numeric(inputTooLong('The text is too long: the knock was not heard'))
  }
  yield event({ kind: 'knocked', user, channel, text })
  yield numeric(knockDelivered(channel.name))
}

function refusalOf(context: UserContext, channel: Channel): Numeric | undefined {
  const { user, nowMs } = context
  if (channel.members.has(user)) return knockOnChannel(channel.name)
  const muted = mutedInChannel(context, channel)
  if (muted !== undefined) return muted
  const closed = joinRefusal(channel, user)
  if (closed === undefined) return channelIsOpen(channel.name)
  if (closed === 'banned') return cannotSendToChannel(channel.name, '+b')
  const lastMs = user.knocks?.get(channel.id) ?? -Infinity
  return nowMs - lastMs < KNOCK_INTERVAL_MS ? tooManyKnocks(channel.name) : undefined
}
