import { foldCase } from '../protocol/casemap.ts'
import { noSuchChannel } from '../protocol/errors.ts'
import { lookalikeOf } from '../protocol/lookalikes.ts'
import { OPERATOR } from '../protocol/modes.ts'
import { channelName } from '../protocol/names.ts'
import { topic } from '../protocol/replies.ts'
import { fail, note } from '../protocol/standard-replies.ts'
import type { Channel } from '../state/channel.ts'
import { powerOf, ranksOf } from '../state/channel.ts'
import { outranks } from '../state/channel-access.ts'
import type { ChannelRenamed } from '../state/event.ts'
import { mayAs, type User } from '../state/user.ts'
import { auditOverride, channelNamed, lacksRank } from './channel-lookup.ts'
import type { UserContext } from './command.ts'
import { event, numeric, standard, type Effect } from './effect.ts'
import { fitsLine, fitsNumeric } from './line-fit.ts'
import { mutedRefusal } from './muted.ts'

/** For whom nobody in the channel outranks. https://ircv3.net/specs/extensions/channel-rename */
export function* rename(context: UserContext): Iterable<Effect> {
  const muted = mutedRefusal(context, [context.params[0] ?? ''])
  if (muted === undefined) yield* renameUnmuted(context)
  else yield muted
}

function* renameUnmuted(context: UserContext): Iterable<Effect> {
  const { user: by } = context
  const [oldName = '', rawName = '', reason = ''] = context.params
  const channel = channelNamed(context, oldName)
  if (channel === undefined) return yield numeric(noSuchChannel(oldName))
  const isHighest = mayRename(channel, by)
  if (!isHighest && !mayAs(by, 'override')) {
    const why = 'Only those with the highest rank in the channel may rename it'
    return yield numeric(lacksRank(channel, by, why))
  }
  const { ok: name } = channelName(rawName, context.server.limits.chat.channelLength)
  const refusal = refusalOf(context, { channel, name, reason })
  if (name === undefined || refusal !== undefined) {
    const { code, text } = refusal ?? CANNOT_BE_A_NAME
    return yield standard(fail('RENAME', code, [channel.name, rawName], text))
  }
  if (name === channel.name) return
  if (!isHighest) yield auditOverride(context, channel, 'RENAME')
  const renamed = { kind: 'channelRenamed', channel, oldName: channel.name, name, by } as const
  yield* announce({ ...renamed, reason })
}

/** Who did it from outside isn't told with the members. */
function* announce(renamed: ChannelRenamed): Iterable<Effect> {
  const { channel, by, oldName, name } = renamed
  yield event(renamed)
  if (channel.members.has(by)) return
  yield standard(note('RENAME', 'RENAMED', [oldName, name], 'The channel has its new name'))
}

function mayRename(channel: Channel, by: User): boolean {
  const power = powerOf(channel, by)
  if (power < OPERATOR) return false
  for (const { user } of channel.members.values()) {
    if (outranks(ranksOf(channel, user), power)) return false
  }
  return true
}

interface Refusal {
  readonly code: 'CANNOT_RENAME' | 'CHANNEL_NAME_IN_USE'
  readonly text: string
}

const CANNOT_BE_A_NAME: Refusal = {
  code: 'CANNOT_RENAME',
  text: 'The new name can not be the name of a channel',
}

interface Wish {
  readonly channel: Channel
  readonly name: string | undefined
  readonly reason: string
}

function refusalOf(
  { network, server, user }: UserContext,
  { channel, name, reason }: Wish,
): Refusal | undefined {
  if (name === undefined) return CANNOT_BE_A_NAME
  // "Implementations MUST allow channels to be renamed while only changing the casing"
  const isInUse = network.channels.has(foldCase(name)) && foldCase(name) !== foldCase(channel.name)
  const isClosed = network.closures.has(foldCase(name))
  if (isInUse || isClosed || lookalikeOf(network.channelLooks, name, channel.name) !== undefined) {
    const text = 'The channel name is already taken, or looks like one that is'
    return { code: 'CHANNEL_NAME_IN_USE', text }
  }
  if (!fitsLine(user, 'RENAME', [channel.name, name, reason])) {
    return { code: 'CANNOT_RENAME', text: 'The reason is too long' }
  }
  if (channel.topic === undefined || fitsNumeric(server, topic(name, channel.topic.text)))
    return undefined
  return { code: 'CANNOT_RENAME', text: 'The topic leaves no room for so long a name' }
}
