import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { StoredEvent } from '../state/record.ts'
import { searchTextOf } from './search-text.ts'

const message: StoredEvent = {
  buffer: 1,
  seq: 1,
  timeMs: 1000,
  msgid: 'm1',
  command: 'PRIVMSG',
  source: 'ann!ann@host',
  person: 'a:ann',
  flags: 0,
  least: 0,
  clientTags: '',
  body: 'Hello',
}

test('SEARCH - messages and notices are found by their text, other lines and redacted ones are not', () => {
  assert.equal(searchTextOf(message)?.text, 'hello')
  assert.equal(searchTextOf({ ...message, command: 'NOTICE' })?.text, 'hello')
  assert.equal(searchTextOf({ ...message, command: 'TOPIC', body: '["Hello"]' }), undefined)
  assert.equal(searchTextOf({ ...message, flags: 4, body: '' }), undefined)
})

test('SEARCH - lines of a multiline message are words apart, and those with concat go on', () => {
  const body = JSON.stringify([
    ['one', false],
    ['two', false],
    ['fold', true],
  ])
  assert.equal(searchTextOf({ ...message, flags: 2, body })?.text, 'one twofold')
})

test('SEARCH - what somebody does is found without the frame that CTCP puts around it', () => {
  assert.equal(searchTextOf({ ...message, body: '\x01ACTION waves\x01' })?.text, 'waves')
})

for (const [body, hasLink] of [
  ['see https://maru.example/a', true],
  ['여기https://maru.example', true],
  ['WWW.maru.example', true],
  ['irc://maru.example/room', true],
  ['a//b :// c', false],
  ['https:// nothing', false],
  ['awww. yes', false],
] as const) {
  test(`SEARCH - "${body}" ${hasLink ? 'has' : 'has no'} link`, () => {
    assert.equal(searchTextOf({ ...message, body })?.hasLink, hasLink)
  })
}
