import { foldCase } from '../protocol/casemap.ts'
import {
  badChannelKey,
  badChannelMask,
  bannedFromChannel,
  channelIsClosed,
  channelIsFull,
  inviteOnlyChannel,
  linkChannel,
  needAccount,
  needMoreParams,
  tooManyChannels,
} from '../protocol/errors.ts'
import { lookalikeOf } from '../protocol/lookalikes.ts'
import { channelName } from '../protocol/names.ts'
import type { Numeric } from '../protocol/numeric.ts'
import { FOUNDING_RANKS, type Channel } from '../state/channel.ts'
import { joinRefusal, type JoinRefusal } from '../state/channel-access.ts'
import { ranksOnJoin } from '../state/room-rest.ts'
import type { UserContext } from './command.ts'
import { event, numeric, type Effect } from './effect.ts'
import { joinBurst } from './join-burst.ts'
import { introduce } from './metadata-burst.ts'
import { showRoom } from './metadata-read.ts'
import { markerOnJoin } from './read-marker.ts'
import { replayOnJoin } from './replay.ts'

/** https://modern.ircdocs.horse/#join-message */
export function* join(context: UserContext): Iterable<Effect> {
  const [list = '', keyList = ''] = context.params
  if (list === '0') return yield* leaveAll(context)
  const names = list.split(',')
  const keys = keyList.split(',')
  if (!names.some(Boolean)) return yield numeric(needMoreParams('JOIN'))
  const before = new Set(context.user.channels)
  for (const [i, name] of names.entries()) {
    if (name !== '') yield* joinOne(context, name, keys[i])
  }
  yield* replayOnJoin(
    context,
    [...context.user.channels].filter((channel) => !before.has(channel)),
  )
}

function* leaveAll({ user }: UserContext): Iterable<Effect> {
  for (const channel of user.channels) yield event({ kind: 'parted', user, channel })
}

function* joinOne(context: UserContext, raw: string, key: string | undefined): Iterable<Effect> {
  const { user, network, server } = context
  const { ok: name, refused } = channelName(raw, server.limits.chat.channelLength)
  if (refused !== undefined) return yield numeric(badChannelMask(raw, FAULTS[refused]))
  const existing = network.channels.get(foldCase(name))
  if (existing?.members.has(user)) return
  if (user.channels.size >= server.limits.chat.channelsPerUser) {
    return yield numeric(tooManyChannels(name))
  }
  if (existing !== undefined) return yield* enterOrForward(context, existing, key)
  const closure = network.closures.get(foldCase(name))
  if (closure !== undefined) return yield numeric(channelIsClosed(name, closure.reason))
  if (lookalikeOf(network.channelLooks, name) !== undefined) {
    return yield numeric(badChannelMask(name, 'it looks like the name of another channel'))
  }
  yield* enter(context, newChannel(context, name), FOUNDING_RANKS)
}

const FAULTS = {
  empty: 'it is empty',
  tooLong: 'it is too long',
  badStart: 'it must start with #',
  badCharacter: 'it holds a character that is not allowed',
  reserved: 'it is reserved',
} as const

function newChannel({ network, server, nowMs }: UserContext, name: string): Channel {
  return {
    id: network.nextRoom,
    buffer: network.nextBuffer,
    name,
    createdAtMs: nowMs,
    flags: server.defaultChannelFlags,
    lists: { b: [], e: [], I: [] },
    members: new Map(),
  }
}

/** Follows +f from channel to channel, and never comes back to one where it has been. */
function* enterOrForward(
  context: UserContext,
  first: Channel,
  key: string | undefined,
): Iterable<Effect> {
  const { user, network } = context
  const seen = new Set<Channel>()
  let channel = first
  while (!channel.members.has(user)) {
    // The key was for the channel that was asked for.
    const refusal = joinRefusal(channel, user, channel === first ? key : undefined)
    if (refusal === undefined) {
      return yield* enter(context, channel, ranksOnJoin(channel, user))
    }
    seen.add(channel)
    const next = network.channels.get(foldCase(channel.forward ?? ''))
    if (next === undefined || seen.has(next) || seen.size > MOST_FORWARDS) {
      return yield numeric(REFUSALS[refusal](channel.name))
    }
    yield numeric(linkChannel(channel.name, next.name))
    channel = next
  }
}

const MOST_FORWARDS = 5

const REFUSALS: Readonly<Record<JoinRefusal, (channel: string) => Numeric>> = {
  banned: bannedFromChannel,
  inviteOnly: inviteOnlyChannel,
  needAccount,
  badKey: badChannelKey,
  full: channelIsFull,
}

function* enter(context: UserContext, channel: Channel, ranks: number): Iterable<Effect> {
  const { user, session, server } = context
  const named = server.history === 'off' ? {} : { msgid: context.newMsgid() }
  yield event({ kind: 'joined', user, channel, ranks, ...named })
  yield* markerOnJoin(context, channel)
  for (const each of joinBurst(channel, user, session.caps)) yield numeric(each)
  yield* showRoom(context, channel)
  yield* introduce(context.network, user, channel)
}
