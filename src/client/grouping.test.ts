import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startsDay, startsGroup, unreadIndex } from './grouping.ts'
import type { Message } from './timeline.ts'

function said(nick: string, timeMs: number): Message {
  return {
    kind: 'message',
    id: `${nick}${timeMs}`,
    timeMs,
    author: { nick, key: nick, isBot: false, isSelf: nick === 'me' },
    form: 'message',
    text: '',
    life: { state: 'said' },
    reactions: [],
    isMention: false,
  }
}

const NOON = Date.UTC(2026, 0, 1, 12)

test('CLIENT - messages of one author close in time are one group', () => {
  assert.equal(startsGroup(undefined, said('a', 0)), true)
  assert.equal(startsGroup(said('a', 0), said('a', 60_000)), false)
  assert.equal(startsGroup(said('a', 0), said('a', 600_000)), true)
  assert.equal(startsGroup(said('a', 0), said('b', 1)), true)
  assert.equal(startsGroup(said('a', 0), { ...said('a', 1), form: 'action' }), true)
})

test('CLIENT - a day begins where the user is', () => {
  const [evening, night] = [said('a', NOON + 11.5 * 3_600_000), said('a', NOON + 12.5 * 3_600_000)]
  assert.equal(startsDay(evening, night, 0), true)
  // Seoul: nine hours ahead.
  assert.equal(startsDay(evening, night, -540), false)
  assert.equal(startsDay(undefined, night, 0), true)
})

test('CLIENT - the line before what is unread stands before somebody else’s message', () => {
  const items = [said('a', 1), said('me', 2), said('b', 3)]
  assert.equal(unreadIndex(items, 1), 2)
  assert.equal(unreadIndex(items, 3), undefined)
  assert.equal(unreadIndex(items, undefined), undefined)
})
