import {
  cannotSendToChannel,
  inputTooLong,
  noSuchChannel,
  notOnChannel,
} from '../protocol/errors.ts'
import { HALFOP } from '../protocol/modes.ts'
import { noTopic, topic as topicReply } from '../protocol/replies.ts'
import { utf8Length } from '../protocol/utf8.ts'
import { hasFlag, type Channel } from '../state/channel.ts'
import { authorityOver, speechRefusal } from '../state/channel-access.ts'
import { auditOverride, channelNamed, lacksRank } from './channel-lookup.ts'
import type { UserContext } from './command.ts'
import { event, numeric, type Effect } from './effect.ts'
import { topicReplies } from './join-burst.ts'
import { fitsLine, fitsNumeric } from './line-fit.ts'
import { mutedInChannel } from './muted.ts'

/** https://modern.ircdocs.horse/#topic-message */
export function* topic(context: UserContext): Iterable<Effect> {
  const [name = '', text] = context.params
  const channel = channelNamed(context, name)
  if (channel === undefined) return yield numeric(noSuchChannel(name))
  if (text !== undefined) return yield* setTopic(context, channel, text)
  const replies = topicReplies(channel)
  for (const each of replies.length > 0 ? replies : [noTopic(channel.name)]) yield numeric(each)
}

function* setTopic(context: UserContext, channel: Channel, text: string): Iterable<Effect> {
  const { user, nowMs } = context
  const muted = mutedInChannel(context, channel)
  if (muted !== undefined) return yield numeric(muted)
  const authority = authorityOver(channel, user, HALFOP)
  if (authority === undefined) {
    if (!channel.members.has(user)) return yield numeric(notOnChannel(channel.name))
    if (hasFlag(channel, 't')) return yield numeric(lacksRank(channel, user))
    // A topic is something said: who is muted doesn't say it this way.
    const refusal = speechRefusal(channel, user, { lines: [{ text }] })
    if (refusal !== undefined) return yield numeric(cannotSendToChannel(channel.name, refusal))
  }
  if (!fitsTopic(context, channel.name, text)) {
    const { topicLength } = context.server.limits.chat
    const why = `The topic is too long: ${topicLength} bytes, less where the channel's name is long`
    return yield numeric(inputTooLong(why))
  }
  if (text === '' && channel.topic === undefined) return yield numeric(noTopic(channel.name))
  if (authority === 'override') yield auditOverride(context, channel, 'TOPIC')
  const set = { text, setBy: user.source, setAtMs: nowMs }
  yield event({ kind: 'topicChanged', channel, by: user, topic: set })
}

function fitsTopic({ server, user }: UserContext, channel: string, text: string): boolean {
  if (utf8Length(text) > server.limits.chat.topicLength) return false
  return fitsLine(user, 'TOPIC', [channel, text]) && fitsNumeric(server, topicReply(channel, text))
}
