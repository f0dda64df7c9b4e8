/** The server's state, the reference and what clients know, brought into one form to be compared. */
import assert from 'node:assert/strict'
import { RANK, RANKS } from '../../src/protocol/modes.ts'
import type { Channel } from '../../src/state/channel.ts'
import type { User } from '../../src/state/user.ts'
import type { World } from '../support/world.ts'
import { lower, type Person, type Reference, type Room } from './reference.ts'
import type { RoomView, View } from './view.ts'

export function assertState({ core: { network } }: World, { people, rooms }: Reference): void {
  const users = [...network.users.values()].map((user) => factsOfUser(user))
  const persons = people.flatMap((person) => (person === undefined ? [] : [factsOfPerson(person)]))
  assert.deepEqual(users.sort(byName), persons.sort(byName))
  const channels = [...network.channels.values()].map((channel) => factsOfChannel(channel))
  const expected = [...rooms.values()].map((room) => factsOfRoom(room))
  assert.deepEqual(channels.sort(byName), expected.sort(byName))
}

function factsOfUser({ nick, userName, away, modes, invitedTo = new Set<Channel>() }: User) {
  const living = [...invitedTo].filter(({ members }) => members.size > 0)
  const invitedBy = living.map(({ name }) => name).sort()
  return { name: nick, userName, away, modes: letters(modes), invitedTo: invitedBy }
}

function factsOfPerson({ nick, userName, away, modes, invitedTo }: Person) {
  const living = [...invitedTo].filter(({ members }) => members.size > 0)
  const names = living.map(({ name }) => name).sort()
  return { name: nick, userName, away, modes: letters(modes), invitedTo: names }
}

function factsOfChannel(channel: Channel) {
  const { b, e, I } = channel.lists
  return {
    name: channel.name,
    members: membersOf(channel),
    flags: letters(channel.flags),
    key: channel.key,
    limit: channel.memberLimit,
    topic: channel.topic?.text ?? '',
    lists: [b, e, I].map((list) => list.map(({ mask }) => mask).sort()),
  }
}

function factsOfRoom({ name, members, flags, key, limit, topic, lists }: Room) {
  return {
    name,
    members: inOrder([...members].map(([{ nick }, ranks]) => [nick, letters(ranks)])),
    flags: letters(flags),
    key,
    limit,
    topic,
    lists: ['b', 'e', 'I'].map((mode) => [...(lists[mode]?.values() ?? [])].sort()),
  }
}

/** What this client knows is true, and it knows all of it. */
export function assertView({ core: { network } }: World, view: View): void {
  const user = [...network.users.values()].find(({ nick }) => nick === view.nick)
  assert.ok(user !== undefined, `${view.nick} doesn't know its own nick`)
  const rooms = [...view.rooms.values()].map((room) => factsOfView(room, view))
  const channels = [...user.channels].map((channel) => {
    const { lists, limit, members, ...facts } = factsOfChannel(channel)
    const shown = { ...facts, name: lower(facts.name), limit: limit?.toString(), bans: lists[0] }
    return { ...shown, members: view.seesAllRanks ? members : [...members.keys()] }
  })
  assert.deepEqual(rooms.sort(byName), channels.sort(byName), `what ${view.nick} knows`)
}

function factsOfView({ name, members, flags, key, limit, topic, bans }: RoomView, view: View) {
  const known = inOrder([...members].map(([nick, ranks]) => [nick, letters(ranks)]))
  return {
    // "This fallback SHOULD NOT be used if the rename only changes the case of the channel name"
    name: lower(name),
    members: view.seesAllRanks ? known : [...known.keys()],
    flags: letters(flags),
    key,
    limit,
    topic,
    bans: [...bans].sort(),
  }
}

function membersOf({ members }: Channel): Map<string, string> {
  return inOrder(
    [...members.values()].map(({ user, ranks }) => {
      const held = RANKS.filter(({ mode }) => (ranks & RANK[mode]) !== 0)
      return [user.nick, letters(held.map(({ mode }) => mode))]
    }),
  )
}

function inOrder(entries: (readonly [string, string])[]): Map<string, string> {
  return new Map(entries.sort(([a], [b]) => (a < b ? -1 : 1)))
}

function letters(set: Iterable<string>): string {
  return [...set].sort().join('')
}

function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return a.name < b.name ? -1 : 1
}
