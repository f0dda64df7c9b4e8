import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ListMode } from '../protocol/modes.ts'
import type { Channel } from './channel.ts'
import { fitsAddressMask, joinRefusal, outranks, speechRefusal } from './channel-access.ts'
import { sourceOf, type User } from './user.ts'

function someone(nick: string, account?: string): User {
  const facts = { nick, userName: '~u', host: 'x7.cloak' }
  return {
    ...facts,
    realName: nick,
    realHost: 'pc.example.org',
    address: '192.0.2.7',
    modes: '',
    person: 'g:1',
    signedOnMs: 0,
    lastSpokeMs: 0,
    sessions: [],
    channels: new Set(),
    source: sourceOf(facts),
    ...(account === undefined ? {} : { account }),
  }
}

function room(flags: string, lists: Partial<Record<ListMode, readonly string[]>> = {}): Channel {
  const entries = (mode: ListMode): Channel['lists'][ListMode] =>
    (lists[mode] ?? []).map((mask) => ({ mask, setBy: 'op', setAtMs: 0 }))
  return {
    id: 2,
    buffer: 1,
    name: '#room',
    createdAtMs: 0,
    flags,
    lists: { b: entries('b'), e: entries('e'), I: entries('I') },
    members: new Map(),
  }
}

function enter(channel: Channel, user: User, ranks = 0): void {
  channel.members.set(user, { user, ranks, joinedAtMs: 0 })
}

const SAYS = { lines: [{ text: 'hello' }] }
const TAGS_ONLY = { lines: [] }

test('ACCESS - a ban fits the cloak, and never what the cloak hides', () => {
  const bob = someone('bob')
  for (const mask of ['BOB!*@*', '*!*@x7.cloak', '*!~u@*.cloak']) {
    assert.equal(fitsAddressMask(mask, bob), true, mask)
  }
  const hidden = ['*!*@*.example.org', '*!*@192.0.2.7', '*!~u@192.0.2.0/24', 'alice!*@*']
  for (const mask of hidden) assert.equal(fitsAddressMask(mask, bob), false, mask)
})

test('ACCESS - where addresses are shown, a ban may name a network', () => {
  const bob = { ...someone('bob'), host: '192.0.2.7', source: 'bob!~u@192.0.2.7' }
  assert.equal(fitsAddressMask('*!~u@192.0.2.0/24', bob), true)
  const others = ['*!*@198.51.100.0/24', 'alice!*@192.0.2.0/24', '*!x@192.0.2.0/24']
  for (const mask of others) assert.equal(fitsAddressMask(mask, bob), false, mask)
})

test('ACCESS - "client masks that are \'banned\' from joining or speaking in the channel"', () => {
  const bob = someone('bob')
  const channel = room('n', { b: ['bob!*@*'] })
  assert.equal(joinRefusal(channel, bob), 'banned')
  enter(channel, bob)
  assert.equal(speechRefusal(channel, bob, SAYS), '+b')
  assert.equal(speechRefusal(channel, bob, TAGS_ONLY), '+b')
})

test('ACCESS - an exception lifts a ban, and a voice speaks in spite of one', () => {
  const bob = someone('bob')
  const excepted = room('n', { b: ['*!*@*'], e: ['bob!*@*'] })
  assert.equal(joinRefusal(excepted, bob), undefined)
  const banned = room('n', { b: ['*!*@*'] })
  enter(banned, bob, 1)
  assert.equal(speechRefusal(banned, bob, SAYS), undefined)
})

test('ACCESS - who is muted comes in and may not speak; an exception from mutes lets nobody in', () => {
  const bob = someone('bob')
  const muted = room('n', { b: ['~m:bob!*@*'] })
  assert.equal(joinRefusal(muted, bob), undefined)
  enter(muted, bob)
  assert.equal(speechRefusal(muted, bob, SAYS), '+b')
  const exempt = room('', { b: ['~m:bob!*@*'], e: ['~m:*!~u@*'] })
  assert.equal(speechRefusal(exempt, bob, SAYS), undefined)
  const banned = room('', { b: ['bob!*@*'], e: ['~m:*!~u@*'] })
  assert.equal(joinRefusal(banned, bob), 'banned')
})

test('ACCESS - account extbans are about who is logged in to it', () => {
  const channel = room('', { b: ['~a:bob', '~m:~a:carol'] })
  assert.equal(joinRefusal(channel, someone('x', 'bob')), 'banned')
  assert.equal(joinRefusal(channel, someone('bob')), undefined)
  assert.equal(joinRefusal(channel, someone('y', 'carol')), undefined)
  assert.equal(speechRefusal(channel, someone('y', 'carol'), SAYS), '+b')
})

test('ACCESS - +n, +m and +M say no in this order, and a voice is above the last two', () => {
  const [bob, dan] = [someone('bob'), someone('dan', 'dan')]
  assert.equal(speechRefusal(room('nm'), bob, SAYS), '+n')
  assert.equal(speechRefusal(room('m'), bob, SAYS), '+m')
  assert.equal(speechRefusal(room('M'), bob, SAYS), '+M')
  assert.equal(speechRefusal(room('M'), dan, SAYS), undefined)
  const channel = room('Mmn')
  enter(channel, bob, 1)
  assert.equal(speechRefusal(channel, bob, SAYS), undefined)
})

test('ACCESS - +C lets ACTION pass and no other CTCP, of nobody', () => {
  const bob = someone('bob')
  const channel = room('C')
  enter(channel, bob, 16)
  const says = (...texts: string[]): string | undefined =>
    speechRefusal(channel, bob, { lines: texts.map((text) => ({ text })) })
  assert.equal(says('\u0001ACTION waves\u0001'), undefined)
  assert.equal(says('hello'), undefined)
  for (const text of [
    '\u0001PING 1\u0001',
    '\u0001ACTIONS\u0001',
    '\u0001',
    '\u0001action\u0001',
  ]) {
    assert.equal(says(text), '+C', JSON.stringify(text))
  }
  assert.equal(says('hello', '\u0001VERSION\u0001'), '+C')
})

test('ACCESS - what counts is the highest rank', () => {
  assert.equal(outranks(4, 2 | 1), true)
  assert.equal(outranks(4 | 1, 4), false)
  assert.equal(outranks(4, 4 | 1), false)
  assert.equal(outranks(1, 0), true)
  assert.equal(outranks(0, 0), false)
  assert.equal(outranks(8 | 4, 16), false)
})
