import { CAP, hasCap } from '../protocol/capabilities.ts'
import { foldCase } from '../protocol/casemap.ts'
import type { Channel } from './channel.ts'
import type { MetadataChanged, MetadataShown } from './room-event.ts'
import type { Network } from './network.ts'
import type { Session } from './session.ts'
import type { User } from './user.ts'

/**
 * Of a room: its members. Of a person: they themselves, those who are in a room with them, and those who
 * monitor their nick. Always only who wants to hear of the key.
 * https://ircv3.net/specs/extensions/metadata#notifications
 */
export function audienceOfMetadata(
  network: Network,
  event: MetadataChanged | MetadataShown,
): Session[] {
  const found = new Set<Session>()
  for (const session of concerned(network, event)) {
    if (session.subscriptions?.has(event.key) !== true) continue
    if (hasCap(session.caps, CAP.metadata)) found.add(session)
  }
  return [...found]
}

function concerned(network: Network, event: MetadataChanged | MetadataShown): Iterable<Session> {
  const { subject } = event
  if (subject.kind === 'channel') return membersOf(subject.channel)
  if (event.kind === 'metadataChanged') return everybodyNear(network, subject.user)
  if (event.to === 'watchers') return watchersOf(network, subject.user)
  return othersIn(event.to, subject.user)
}

function* membersOf({ members }: Channel): Iterable<Session> {
  for (const user of members.keys()) yield* user.sessions
}

function* othersIn({ members }: Channel, user: User): Iterable<Session> {
  for (const each of members.keys()) if (each !== user) yield* each.sessions
}

function* everybodyNear(network: Network, user: User): Iterable<Session> {
  yield* user.sessions
  yield* watchersOf(network, user)
  for (const channel of user.channels) yield* membersOf(channel)
}

function watchersOf({ monitors }: Network, { nick }: User): Iterable<Session> {
  return monitors.get(foldCase(nick)) ?? []
}
