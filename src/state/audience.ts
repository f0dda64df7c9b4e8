import { foldCase } from '../protocol/casemap.ts'
import { CAP, hasCap } from '../protocol/capabilities.ts'
import { HALFOP, type Ranks } from '../protocol/modes.ts'
import type { Channel } from './channel.ts'
import type { Event } from './event.ts'
import type { Redacted, Said } from './message-event.ts'
import { audienceOfMetadata } from './metadata-audience.ts'
import type { Network } from './network.ts'
import { usersWho } from './people.ts'
import type { Session } from './session.ts'
import type { User } from './user.ts'

/** Who must hear of an event. Capabilities may still make it nothing to some of them. */
export interface Audience {
  /** Rooms of the engine: all of their members. */
  readonly rooms: readonly number[]
  /** Sessions that none of these rooms reaches. */
  readonly sessions: readonly Session[]
}

const NOBODY: Audience = { rooms: [], sessions: [] }

/** To be asked while the one who goes is still there: before a `quit`, `parted` or `kicked` is applied. */
// oxlint-disable-next-line max-lines-per-function -- a case for each kind of event
export function audienceOf(network: Network, event: Event): Audience {
  switch (event.kind) {
    case 'quit':
      return { rooms: channelRooms(event.user), sessions: [] }
    case 'renamed':
      return { rooms: channelRooms(event.user), sessions: alone(event.user) }
    case 'awayChanged':
    case 'loggedOut':
    case 'hostChanged':
    case 'realNameChanged':
      return {
        rooms: channelRooms(event.user),
        sessions: [...alone(event.user), ...strangersWhoMonitor(network, event.user)],
      }
    case 'loggedIn':
      return audienceOfLogin(network, event.session.user)
    case 'joined':
    case 'parted':
    case 'kicked':
    case 'topicChanged':
    case 'channelModesChanged':
    case 'channelNotice':
      return { rooms: [event.channel.id], sessions: [] }
    case 'said':
      return audienceOfMessage(event)
    case 'channelRenamed':
      return { rooms: [], sessions: sessionsOf(membersWho(event.channel, 0)) }
    case 'invited':
      return {
        rooms: [],
        sessions: sessionsOf(new Set([event.user, ...membersWho(event.channel, HALFOP)])),
      }
    case 'knocked':
      return { rooms: [], sessions: sessionsOf(membersWho(event.channel, HALFOP)) }
    case 'redacted':
      return audienceOfRedacted(network, event)
    case 'markerMoved':
      return { rooms: [], sessions: sessionsOf(usersWho(network, event.user.person)) }
    case 'userModesChanged':
    case 'serverNotice':
      return { rooms: [], sessions: event.user.sessions }
    case 'announced':
      return { rooms: [], sessions: sessionsOf(network.users.values()) }
    case 'wallops':
      return { rooms: [network.wallopsRoom], sessions: [] }
    case 'metadataChanged':
    case 'metadataShown':
      return { rooms: [], sessions: audienceOfMetadata(network, event) }
    case 'invitationMade':
    case 'invitationUsed':
    case 'invitationEnded':
    case 'registrationChanged':
    case 'restEnded':
    case 'closureAdded':
    case 'closureRemoved':
    case 'conversationBegan':
    case 'personErased':
    case 'unsaid':
    case 'replayChosen':
    case 'sentExpired':
    case 'connected':
    case 'disconnected':
    case 'registered':
    case 'attached':
    case 'detached':
    case 'accountKept':
    case 'accountDropped':
    case 'presenceChanged':
    case 'operatorGranted':
    case 'loginFailed':
    case 'capabilitiesChanged':
    case 'monitorChanged':
    case 'silenceChanged':
    case 'acceptChanged':
    case 'banAdded':
    case 'banRemoved':
      return NOBODY
    default:
      return event satisfies never
  }
}

/** Who isn't a user yet is seen with the account when they are. */
function audienceOfLogin(network: Network, user: User | undefined): Audience {
  if (user === undefined) return NOBODY
  return {
    rooms: channelRooms(user),
    sessions: [...alone(user), ...strangersWhoMonitor(network, user)],
  }
}

function audienceOfMessage({ target, by }: Said): Audience {
  switch (target.kind) {
    case 'channel':
      return { rooms: [target.channel.id], sessions: NOBODY.sessions }
    case 'ranks':
      return {
        rooms: [],
        sessions: sessionsOf(new Set([...membersWho(target.channel, target.least), by])),
      }
    case 'user':
      return { rooms: [], sessions: sessionsOf(new Set([target.user, by])) }
    default:
      return target satisfies never
  }
}

/** Those who could hear what is redacted, had it been said now; `renderRedacted` knows who understands it. */
function audienceOfRedacted(network: Network, { target, by }: Redacted): Audience {
  if (target.kind === 'pair') {
    const people = target.people.flatMap((person) => usersWho(network, person))
    return { rooms: [], sessions: sessionsOf(new Set([by, ...people])) }
  }
  const { channel, least } = target
  if (least === 0) return { rooms: [channel.id], sessions: [] }
  return { rooms: [], sessions: sessionsOf(new Set([by, ...membersWho(channel, least)])) }
}

function channelRooms(user: User): number[] {
  const rooms: number[] = []
  for (const channel of user.channels) rooms.push(channel.id)
  return rooms
}

/** Their own sessions, when no channel reaches them. */
function alone(user: User): readonly Session[] {
  return user.channels.size === 0 ? user.sessions : []
}

/** https://ircv3.net/specs/extensions/extended-monitor */
function strangersWhoMonitor(network: Network, user: User): Session[] {
  const watchers = network.monitors.get(foldCase(user.nick))
  if (watchers === undefined) return []
  return [...watchers].filter(
    (session) =>
      hasCap(session.caps, CAP.extendedMonitor) &&
      session.user !== user &&
      !sharesChannel(session.user, user),
  )
}

/** Whether two users are in a channel together. */
export function sharesChannel(a: User | undefined, b: User): boolean {
  if (a === undefined) return false
  for (const channel of a.channels) if (b.channels.has(channel)) return true
  return false
}

function membersWho(channel: Channel, least: Ranks): User[] {
  const users: User[] = []
  for (const { user, ranks } of channel.members.values()) if (ranks >= least) users.push(user)
  return users
}

function sessionsOf(users: Iterable<User>): Session[] {
  const sessions: Session[] = []
  for (const user of users) sessions.push(...user.sessions)
  return sessions
}
