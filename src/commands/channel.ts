/** Coming and going: JOIN, PART. */
import { foldCase } from '../protocol/casemap.ts'
import { badChannelMask, noSuchChannel, notOnChannel } from '../protocol/errors.ts'
import { channelName } from '../protocol/names.ts'
import { topic, topicWhoTime } from '../protocol/replies.ts'
import type { Channel } from '../state/channel.ts'
import { FOUNDING_RANKS } from '../state/evolve.ts'
import { namesReply } from '../state/names-reply.ts'
import type { CommandGroup, UserContext } from './command.ts'
import { event, numeric, type Effect } from './effect.ts'

export const channelCommands: CommandGroup = {
  JOIN: {
    when: 'registered',
    minParams: 1,
    cost: 1,
    syntax: 'JOIN <channel>[,<channel>…] [<key>[,<key>…]] | 0',
    summary: 'Enters rooms, and makes those that do not exist; 0 leaves all.',
    spec: 'https://modern.ircdocs.horse/#join-message',
    run: join,
  },
  PART: {
    when: 'registered',
    minParams: 1,
    cost: 1,
    syntax: 'PART <channel>[,<channel>…] [:<reason>]',
    summary: 'Leaves rooms.',
    spec: 'https://modern.ircdocs.horse/#part-message',
    run: part,
  },
}

function* join(context: UserContext): Iterable<Effect> {
  for (const name of (context.params[0] ?? '').split(',')) yield* joinOne(context, name)
}

function* joinOne({ user, network, session, server, nowMs }: UserContext, name: string): Iterable<Effect> {
  const checked = channelName(name, server.limits.chat.channelLength)
  if (checked.ok === undefined) return yield numeric(badChannelMask(name, checked.refused))
  const existing = network.channels.get(foldCase(checked.ok))
  if (existing?.members.has(user)) return
  const channel: Channel = existing ?? {
    id: network.nextRoom,
    name: checked.ok,
    createdAtMs: nowMs,
    flags: server.defaultChannelFlags,
    lists: { b: [], e: [], I: [] },
    members: new Map(),
  }
  yield event({ kind: 'joined', user, channel, ranks: existing === undefined ? FOUNDING_RANKS : 0 })
  if (channel.topic !== undefined) {
    yield numeric(topic(channel.name, channel.topic.text))
    yield numeric(topicWhoTime(channel.name, channel.topic.setBy, Math.floor(channel.topic.setAtMs / 1000)))
  }
  for (const each of namesReply(channel, user, session.caps)) yield numeric(each)
}

function* part({ user, network, params }: UserContext): Iterable<Effect> {
  const [names = '', reason] = params
  for (const name of names.split(',')) {
    const channel = network.channels.get(foldCase(name))
    if (channel === undefined) yield numeric(noSuchChannel(name))
    else if (!channel.members.has(user)) yield numeric(notOnChannel(name))
    else yield event({ kind: 'parted', user, channel, ...(reason === undefined ? {} : { reason }) })
  }
}
