import { CAP, hasCap } from '../protocol/capabilities.ts'
import { isMetadataKey } from '../protocol/metadata.ts'
import { keyNotSet, keyValue, metadataSyncLater } from '../protocol/replies.ts'
import { warn } from '../protocol/standard-replies.ts'
import type { Channel } from '../state/channel.ts'
import {
  metadataOf,
  nameOfSubject,
  ownerOfMetadata,
  type MetadataSubject,
} from '../state/metadata.ts'
import type { Session } from '../state/session.ts'
import type { User } from '../state/user.ts'
import type { CommandContext, UserContext } from './command.ts'
import { numeric, reply, standard, type Effect } from './effect.ts'
import { invalidKey, noPermission, readableValues, type MetadataTarget } from './metadata-target.ts'

/** In the order in which they were asked for. */
export function* getValues(context: CommandContext, target: MetadataTarget): Iterable<Effect> {
  const values = readableValues(context, target)
  const effects = context.params.slice(2).map((key) => {
    if (!isMetadataKey(key)) return invalidKey(key)
    if (values === undefined) return noPermission(target, key)
    const value = values.get(key)
    return numeric(
      value === undefined ? keyNotSet(target.name, key) : keyValue(target.name, key, value),
    )
  })
  yield { kind: 'batch', type: 'metadata', params: [target.name], effects }
}

export function* listValues(context: CommandContext, target: MetadataTarget): Iterable<Effect> {
  const values = readableValues(context, target)
  if (values === undefined) return yield noPermission(target, '*')
  const effects = [...values].map(([key, value]) => numeric(keyValue(target.name, key, value)))
  yield { kind: 'batch', type: 'metadata', params: [target.name], effects }
}

export function* syncValues(context: CommandContext, target: MetadataTarget): Iterable<Effect> {
  if (readableValues(context, target) === undefined) return yield noPermission(target, '*')
  if (target.kind === 'stranger') {
    return yield { kind: 'batch', type: 'metadata', params: [target.name], effects: [] }
  }
  const isMember = target.kind === 'channel' && isIn(context, target.channel)
  yield* shown(context, target, isMember ? subjectsIn(target.channel) : [target])
}

function isIn({ user }: CommandContext, channel: Channel): boolean {
  return user !== undefined && channel.members.has(user)
}

/** What a client gets to see of a room when it comes in, or wants to hear of something else. */
export function* showRoom(context: UserContext, channel: Channel): Iterable<Effect> {
  if (!listens(context.session)) return
  // In a big room everybody who comes in would hear of all others, at the time when it hurts the most.
  if (channel.members.size > MOST_SHOWN) {
    return yield numeric(metadataSyncLater(channel.name, LATER_S))
  }
  const room = { kind: 'channel', channel, name: channel.name } as const
  yield* shown(context, room, subjectsIn(channel))
}

export const MOST_SHOWN = 200
const LATER_S = 10

/** Of somebody whom a client has begun to monitor. */
export function* showUser(context: UserContext, user: User): Iterable<Effect> {
  if (!listens(context.session)) return
  const effects = linesOf(context, { kind: 'user', user })
  if (effects.length === 0) return
  yield { kind: 'batch', type: 'metadata', params: [user.nick], effects }
}

export function listens({ caps, subscriptions }: Session): boolean {
  return hasCap(caps, CAP.metadata) && (subscriptions?.size ?? 0) > 0
}

function* shown(
  context: CommandContext,
  { name }: MetadataTarget,
  subjects: Iterable<MetadataSubject>,
): Iterable<Effect> {
  const effects: Effect[] = []
  for (const subject of subjects) {
    effects.push(...linesOf(context, subject))
    if (effects.length > MOST_LINES) break
  }
  const isMore = effects.length > MOST_LINES
  yield { kind: 'batch', type: 'metadata', params: [name], effects: effects.slice(0, MOST_LINES) }
  if (!isMore) return
  const text = `Only ${MOST_LINES} values are shown: ask for the others by nick`
  yield standard(warn('METADATA', 'TOO_MANY_VALUES', [name], text))
}

/** Half of the send queue, when all values are as long as they may be. */
const MOST_LINES = 1000

function* subjectsIn(channel: Channel): Iterable<MetadataSubject> {
  yield { kind: 'channel', channel }
  for (const user of channel.members.keys()) yield { kind: 'user', user }
}

/** What the client wants to hear of. */
function linesOf({ network, session }: CommandContext, subject: MetadataSubject): Effect[] {
  const values = metadataOf(network, ownerOfMetadata(subject))
  if (values.size === 0) return []
  const name = nameOfSubject(subject)
  return [...values]
    .filter(([key]) => session.subscriptions?.has(key) === true)
    .map(([key, value]) => reply('METADATA', [name, key, '*', value]))
}
