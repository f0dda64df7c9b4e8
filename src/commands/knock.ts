import {
  cannotSendToChannel,
  channelIsOpen,
  inputTooLong,
  knockOnChannel,
  noSuchChannel,
  tooManyKnocks,
} from '../protocol/errors.ts'
import { knock as knockNumeric, knockDelivered } from '../protocol/replies.ts'
import { joinRefusal } from '../state/channel-access.ts'
import { KNOCK_INTERVAL_MS } from '../state/user.ts'
import { channelNamed } from './channel-lookup.ts'
import type { UserContext } from './command.ts'
import { event, numeric, type Effect } from './effect.ts'
import { fitsNumeric } from './line-fit.ts'

/**
 * Asks those with power in a channel to be let in. A secret channel is not there for who knocks.
 * https://defs.ircdocs.horse/defs/numerics.html#rpl-knock-710
 */
export function* knock(context: UserContext): Iterable<Effect> {
  const { user, server, nowMs } = context
  const [name = '', given = ''] = context.params
  const text = given === '' ? 'has asked for an invite' : given
  const channel = channelNamed(context, name)
  if (channel === undefined) return yield numeric(noSuchChannel(name))
  if (channel.members.has(user)) return yield numeric(knockOnChannel(channel.name))
  const refusal = joinRefusal(channel, user)
  if (refusal === undefined) return yield numeric(channelIsOpen(channel.name))
  if (refusal === 'banned') return yield numeric(cannotSendToChannel(channel.name, '+b'))
  const lastMs = user.knocks?.get(channel.id) ?? -Infinity
  if (nowMs - lastMs < KNOCK_INTERVAL_MS) return yield numeric(tooManyKnocks(channel.name))
  if (!fitsNumeric(server, knockNumeric(channel.name, user.source, text))) {
    return yield numeric(inputTooLong('The text is too long: the knock was not heard'))
  }
  yield event({ kind: 'knocked', user, channel, text })
  yield numeric(knockDelivered(channel.name))
}
