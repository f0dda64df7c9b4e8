import { CAP, hasCap } from '../protocol/capabilities.ts'
import { foldCase } from '../protocol/casemap.ts'
import { accountNamed } from '../state/account-book.ts'
import { ranksOf, type Channel } from '../state/channel.ts'
import {
  accountOfPerson,
  accountPerson,
  conversationOf,
  otherNick,
  otherPerson,
  type Conversation,
} from '../state/conversation.ts'
import type { Sight } from '../state/history-query.ts'
import type { Network } from '../state/network.ts'
import type { PlaybackView, Scene } from '../state/playback.ts'
import type { BufferId } from '../state/record.ts'
import type { UserContext } from './command.ts'

/** Where somebody may look back: a room that they are in, or what they and another have said to each other. */
export type Place =
  | { readonly kind: 'room'; readonly name: string; readonly channel: Channel }
  /** Without a conversation nothing has been said yet. */
  | { readonly kind: 'pair'; readonly name: string; readonly conversation?: Conversation }

type Asker = Pick<UserContext, 'network' | 'user'>

/**
 * What `name` stands for to this user; undefined: nothing that they may look into. Rooms are for their
 * members, whoever asks. A nick is the one who has it now, else an account, else whoever was called so when
 * the conversation began: nobody who takes a nick is shown as the one who had it.
 */
export function placeNamed({ network, user }: Asker, name: string): Place | undefined {
  if (name.startsWith('#')) {
    const channel = network.channels.get(foldCase(name.normalize('NFC')))
    if (channel === undefined || !channel.members.has(user)) return undefined
    return { kind: 'room', name: channel.name, channel }
  }
  const online = network.users.get(foldCase(name.normalize('NFC')))
  if (online !== undefined) return pair(network, user.person, online.person, online.nick)
  const account = accountNamed(network, name)
  if (account !== undefined) {
    return pair(network, user.person, accountPerson(account.key), account.name)
  }
  const conversation = newestWith(network, user.person, foldCase(name))
  if (conversation === undefined) return undefined
  return { kind: 'pair', name: otherNick(conversation, user.person), conversation }
}

function pair(network: Network, one: string, other: string, name: string): Place {
  const conversation = conversationOf(network, one, other)
  return { kind: 'pair', name, ...(conversation === undefined ? {} : { conversation }) }
}

/** Nicks are given to others in time: the last who had it is meant. */
function newestWith({ conversations }: Network, person: string, nick: string) {
  let newest: Conversation | undefined
  for (const each of conversations.get(person)?.values() ?? []) {
    if (foldCase(otherNick(each, person)) !== nick) continue
    if (newest === undefined || each.buffer > newest.buffer) newest = each
  }
  return newest
}

/** All of them: the rooms, and the newest of the conversations. */
export function placesOf({ network, user }: Asker): readonly Place[] {
  const rooms = [...user.channels].map(
    (channel) => ({ kind: 'room', name: channel.name, channel }) as const,
  )
  const conversations = [...(network.conversations.get(user.person)?.values() ?? [])]
  const nicks = nicksByPerson(network)
  const pairs = conversations.slice(-MOST_CONVERSATIONS).flatMap((conversation) => {
    const name = nameOfOther({ network, user }, conversation, nicks)
    const place = placeNamed({ network, user }, name)
    // Under the name of somebody else it couldn't be asked for.
    return place?.kind === 'pair' && place.conversation === conversation ? [place] : []
  })
  return [...rooms, ...pairs]
}

/** A question about all of them asks the log once for each. */
const MOST_CONVERSATIONS = 2000

function nicksByPerson({ users }: Network): ReadonlyMap<string, string> {
  const nicks = new Map<string, string>()
  for (const { person, nick } of users.values()) nicks.set(person, nick)
  return nicks
}

function nameOfOther(
  { network, user }: Asker,
  conversation: Conversation,
  nicks: ReadonlyMap<string, string>,
): string {
  const person = otherPerson(conversation, user.person)
  const key = accountOfPerson(person)
  const account = key === undefined ? undefined : network.accounts.get(key)?.name
  return nicks.get(person) ?? account ?? otherNick(conversation, user.person)
}

/** Undefined: there is nothing yet. */
export function bufferOf(place: Place): BufferId | undefined {
  return place.kind === 'room' ? place.channel.buffer : place.conversation?.buffer
}

/** Whether it is still theirs to see: while a question is answered they may have left, or be somebody else. */
export function isStillSeen({ network, user }: Asker, place: Place): boolean {
  if (network.users.get(foldCase(user.nick)) !== user) return false
  if (place.kind === 'room') return place.channel.members.has(user)
  if (place.conversation === undefined) return true
  return place.conversation.people.includes(user.person)
}

/** What may be seen there, and what the client can show. What was redacted isn't there for anybody. */
export function sightOf({ user, session }: UserContext, place: Place): Sight {
  const { caps } = session
  const knowsAll = hasCap(caps, CAP.eventPlayback) && hasCap(caps, CAP.messageTags)
  return {
    lines: knowsAll ? 'all' : 'messages',
    ranks: place.kind === 'room' ? ranksOf(place.channel, user) : 0,
    sinceMs: 0,
  }
}

export function viewOf(context: UserContext, place: Place): PlaybackView {
  const { session, server, network } = context
  return {
    caps: session.caps,
    scene: sceneOf(context, place),
    serverName: server.name,
    accountName: (key) => network.accounts.get(key)?.name ?? key,
  }
}

function sceneOf({ user }: Asker, place: Place): Scene {
  if (place.kind === 'room') return { kind: 'room', name: place.channel.name }
  const { person, nick, source } = user
  return { kind: 'pair', me: { person, nick, source }, other: place.name }
}
