import assert from 'node:assert/strict'
import { foldCase } from '../../src/protocol/casemap.ts'
import { parseMessage } from '../../src/protocol/message.ts'
import { skeletonKey } from '../../src/protocol/skeleton.ts'
import { utf8Length } from '../../src/protocol/utf8.ts'
import { staysEmpty } from '../../src/state/channel.ts'
import { deliveryClassOf } from '../../src/state/delivery-class.ts'
import { muteAgainst } from '../../src/state/mute.ts'
import { sourceOf } from '../../src/state/user.ts'
import type { World } from './world.ts'

/** What is true of a server between any two turns, whatever was asked of it. */
export function assertInvariants(world: World): void {
  assertUsers(world)
  assertChannels(world)
  assertLooks(world)
  assertSessions(world)
  assertRooms(world)
}

function assertUsers({ core: { network } }: World): void {
  let operators = 0
  let invisible = 0
  for (const [key, user] of network.users) {
    assert.equal(key, foldCase(user.nick))
    assert.equal(user.source, sourceOf(user))
    const isHere = user.sessions.length > 0
    assert.ok(isHere || user.alwaysOn === true, `${key} has no session`)
    assert.equal(user.lastSeenMs === undefined, isHere, `${key} was seen`)
    for (const session of user.sessions) {
      assert.equal(session.user, user)
      assert.equal(network.sessions.get(session.id), session)
    }
    for (const channel of user.channels) {
      assert.equal(network.channels.get(foldCase(channel.name)), channel)
      assert.ok(channel.members.has(user))
    }
    assert.equal(user.modes.includes('o'), user.operator !== undefined)
    const mute = muteAgainst(network.bans, user, 0)
    assert.equal(user.mute === undefined, mute === undefined, `mute of ${key}`)
    if (user.mute !== undefined) assert.ok(network.bans.includes(user.mute))
    if (user.modes.includes('o')) operators++
    if (user.modes.includes('i')) invisible++
  }
  const { counts } = network
  assert.deepEqual([counts.operators, counts.invisible], [operators, invisible])
}

function assertChannels({ core: { network } }: World): void {
  const numbers = new Set([network.wallopsRoom])
  for (const [key, channel] of network.channels) {
    assert.equal(key, foldCase(channel.name))
    assert.ok(channel.members.size > 0 || staysEmpty(channel), `${key} is empty`)
    assert.equal(network.resting.has(channel), channel.rest !== undefined)
    assert.ok(!numbers.has(channel.id) && channel.id < network.nextRoom)
    numbers.add(channel.id)
    for (const [user, membership] of channel.members) {
      assert.equal(membership.user, user)
      assert.equal(network.users.get(foldCase(user.nick)), user)
      assert.ok(user.channels.has(channel))
    }
  }
}

/** The looks are those of the names that there are, and no two names look the same. */
function assertLooks({ core: { network } }: World): void {
  const pairs = [
    [network.users.keys(), network.userLooks],
    [network.channels.keys(), network.channelLooks],
  ] as const
  for (const [names, looks] of pairs) {
    const expected = new Map<string, Set<string>>()
    for (const name of names) {
      const look = skeletonKey(name)
      expected.set(look, (expected.get(look) ?? new Set()).add(name))
    }
    assert.deepEqual(looks, expected)
  }
}

function assertSessions({ core: { network } }: World): void {
  const monitors = new Map<string, Set<unknown>>()
  for (const session of network.sessions.values()) {
    const isStranger = session.user === undefined && session.closing !== true
    if (isStranger) assert.ok(network.strangers.has(session))
    if (session.user !== undefined) assert.ok(!network.strangers.has(session))
    for (const nick of session.monitoring ?? []) {
      monitors.set(nick, (monitors.get(nick) ?? new Set()).add(session))
    }
  }
  for (const session of network.strangers) assert.ok(network.sessions.has(session.id))
  assert.deepEqual(network.monitors, monitors)
}

/** The engine's rooms are the channels' members, and the classes in each are a recount of them. */
function assertRooms(world: World): void {
  const { network, rooms } = world.core
  const classes = new Map<number, Set<number>>()
  for (const [id, peer] of world.engine.peers) {
    const expected = roomsOf(world, id)
    assert.deepEqual(peer.rooms, new Set(expected), `rooms of ${id}`)
    const session = network.sessions.get(id)
    if (session?.user === undefined) continue
    const deliveryClass = deliveryClassOf(session.caps)
    assert.equal(peer.deliveryClass, deliveryClass)
    for (const room of expected) {
      classes.set(room, (classes.get(room) ?? new Set()).add(deliveryClass))
    }
  }
  for (let room = 0; room < network.nextRoom; room++) {
    const counted = classes.get(room) ?? new Set()
    assert.deepEqual(new Set(rooms.in([room])), counted, `classes in ${room}`)
  }
}

function roomsOf({ core: { network } }: World, connection: number): number[] {
  const user = network.sessions.get(connection)?.user
  if (user === undefined) return []
  const rooms = [...user.channels].map((channel) => channel.id)
  return user.modes.includes('w') ? [...rooms, network.wallopsRoom] : rooms
}

// oxlint-disable-next-line no-control-regex -- what must not be in a line
const BREAK = /[\0\r\n]/

/** A line as the server may send it, without its line end. */
export function assertLine(line: string): void {
  assert.doesNotMatch(line, BREAK)
  const tagsLength = line.startsWith('@') ? line.indexOf(' ') + 1 : 0
  assert.ok(utf8Length(line.slice(0, tagsLength)) <= 8191, 'tags too long')
  assert.ok(utf8Length(line.slice(tagsLength)) <= 510, `${utf8Length(line)} bytes: ${line}`)
  const message = parseMessage(line)
  assert.ok(message !== undefined, line)
  assert.match(message.command, /^(?:[A-Z]+|\d{3})$/, line)
  assert.ok(message.source !== '', line)
}
