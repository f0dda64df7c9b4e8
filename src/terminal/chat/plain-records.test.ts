import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Author, Happening, Message, TimelineItem } from '../../client/timeline.ts'
import { timelineRecords } from './plain-records.ts'

const author = (nick: string, isSelf = false): Author => ({ nick, key: nick, isBot: false, isSelf })

function message(id: string, more: Partial<Message> = {}): Message {
  return {
    kind: 'message',
    id,
    timeMs: 0,
    author: author('jun'),
    form: 'message',
    text: id,
    life: { state: 'said' },
    reactions: [],
    isMention: false,
    ...more,
  }
}

const ownJoin: Happening = {
  kind: 'happening',
  id: 'join',
  timeMs: 0,
  what: 'joined',
  who: author('me', true),
}

function told(before: readonly TimelineItem[], now: readonly TimelineItem[]): string[] {
  return timelineRecords({ conversation: '#a', before, now, sinceMs: 0 }).map(
    (record) => record.split('\t').at(-1) ?? '',
  )
}

test('PLAIN - history is not told, what comes and what was missed is, each once', () => {
  const old = message('old')
  const one = message('one')
  assert.deepEqual(told([], [old, ownJoin]), [''])
  assert.deepEqual(told([ownJoin], [old, ownJoin, one]), ['one'])
  assert.deepEqual(told([ownJoin, one], [message('older'), ownJoin, one]), [])
  // A break: what was missed stands before what waits to be sent.
  const waiting = message('mine', { author: author('me', true), life: { state: 'queued' } })
  const missed = message('missed')
  assert.deepEqual(told([ownJoin, one, waiting], [ownJoin, one, missed, waiting]), ['missed'])
  assert.deepEqual(
    told([ownJoin, missed, waiting], [ownJoin, missed, { ...waiting, life: { state: 'said' } }]),
    ['mine'],
  )
})

test('PLAIN - a text stays in its field, whatever is in it; what was taken back is told by its msgid', () => {
  const text = 'a\tb\\n\nc\x1b[2J\x02bold\x02'
  assert.deepEqual(told([ownJoin], [ownJoin, message('x', { text })]), ['a\\tb\\\\n\\nc[2Jbold'])
  const said = message('x', { msgid: 'm1' })
  const taken = message('x', { msgid: 'm1', text: '', life: { state: 'redacted', by: 'jun' } })
  assert.deepEqual(told([said], [taken]), ['m1'])
})
