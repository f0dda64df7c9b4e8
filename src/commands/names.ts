import { tooManyTargets } from '../protocol/errors.ts'
import { endOfNames } from '../protocol/replies.ts'
import { namesReply } from '../state/names-reply.ts'
import { channelNamed } from './channel-lookup.ts'
import type { UserContext } from './command.ts'
import { numeric, type Effect } from './effect.ts'

/**
 * One 366 closes the list of all channels that were asked for. Without any there is nothing to list:
 * what LIST and WHO are for. https://modern.ircdocs.horse/#names-message
 */
export function* names(context: UserContext): Iterable<Effect> {
  const [list = ''] = context.params
  if (list === '') return yield numeric(endOfNames('*'))
  const asked = new Set(list.split(',').filter(Boolean))
  if (asked.size > context.server.limits.chat.targetsPerMessage) {
    return yield numeric(tooManyTargets(list, 'none of the channels is listed'))
  }
  for (const name of asked) {
    const channel = channelNamed(context, name)
    if (channel === undefined) continue
    const replies = namesReply(channel, context.user, context.session.caps)
    for (const each of replies.slice(0, -1)) yield numeric(each)
  }
  yield numeric(endOfNames(list))
}
