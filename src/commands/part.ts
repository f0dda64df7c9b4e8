import { inputTooLong, noSuchChannel, notOnChannel } from '../protocol/errors.ts'
import { warn } from '../protocol/standard-replies.ts'
import type { Channel } from '../state/channel.ts'
import { speechRefusal } from '../state/channel-access.ts'
import { channelNamed } from './channel-lookup.ts'
import type { UserContext } from './command.ts'
import { event, numeric, standard, type Effect } from './effect.ts'
import { fitsLine } from './line-fit.ts'

/** https://modern.ircdocs.horse/#part-message */
export function* part(context: UserContext): Iterable<Effect> {
  const [names = '', reason = ''] = context.params
  for (const name of names.split(',')) {
    const channel = channelNamed(context, name)
    if (channel === undefined) yield numeric(noSuchChannel(name))
    else if (!channel.members.has(context.user)) yield numeric(notOnChannel(channel.name))
    else yield* leave(context, channel, reason)
  }
}

/** Who may not speak may go, and not have the last word. */
function* leave({ user }: UserContext, channel: Channel, reason: string): Iterable<Effect> {
  if (reason === '') return yield event({ kind: 'parted', user, channel })
  if (!fitsLine(user, 'PART', [channel.name, reason])) {
    return yield numeric(inputTooLong('The reason is too long: you are still in the channel'))
  }
  const refusal = speechRefusal(channel, user, { lines: [{ text: reason }] })
  if (refusal === undefined) return yield event({ kind: 'parted', user, channel, reason })
  const why = `The reason was not shown: you may not speak in the channel (${refusal})`
  yield standard(warn('PART', 'REASON_NOT_SHOWN', [channel.name], why))
  yield event({ kind: 'parted', user, channel })
}
