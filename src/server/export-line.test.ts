import assert from 'node:assert/strict'
import { test } from 'node:test'
import { FLAG, type Buffer, type StoredEvent } from '../state/record.ts'
import { jsonLine, textLine } from './export-line.ts'

const ROOM: Buffer = { id: 1, of: 'room', name: '#마루', people: [], createdAtMs: 0 }
const PAIR: Buffer = {
  id: 2,
  of: 'pair',
  name: 'ben Guest',
  people: ['a:ben', 'g:visit'],
  createdAtMs: 0,
}
const SAID: StoredEvent = {
  buffer: 1,
  seq: 1,
  timeMs: Date.UTC(2026, 0, 31, 12, 30, 15),
  msgid: 'm1',
  command: 'PRIVMSG',
  source: 'ben!~ben@host',
  person: 'a:ben',
  flags: 0,
  least: 0,
  clientTags: '',
  body: 'hello',
}

function json(event: Partial<StoredEvent>, buffer = ROOM): Record<string, unknown> {
  return JSON.parse(jsonLine({ ...SAID, ...event }, buffer)) as Record<string, unknown>
}

function text(event: Partial<StoredEvent>, buffer = ROOM): string {
  return textLine({ ...SAID, ...event }, buffer)
}

test('EXPORT - a message, with all that there is to know of it', () => {
  assert.deepEqual(json({ flags: FLAG.bot, least: 8, clientTags: '+reply=x' }), {
    time: '2026-01-31T12:30:15.000Z',
    room: '#마루',
    msgid: 'm1',
    command: 'PRIVMSG',
    source: 'ben!~ben@host',
    account: 'ben',
    bot: true,
    leastRanks: 8,
    tags: '+reply=x',
    text: 'hello',
  })
})

test('EXPORT - a private message says with whom: an account, or the nick of a guest', () => {
  assert.deepEqual(json({}, PAIR)['with'], 'Guest')
  const guest = { person: 'g:visit', source: 'Guest!~g@host' }
  assert.deepEqual(json(guest, PAIR)['with'], 'ben')
  assert.equal(json(guest, PAIR)['account'], undefined)
  assert.equal(text({}, PAIR), '2026-01-31 12:30:15  to Guest  <ben> hello')
})

test('EXPORT - several lines of one message are one text', () => {
  const body = JSON.stringify([
    ['one', false],
    [' and a half', true],
    ['two', false],
  ])
  assert.equal(json({ flags: FLAG.multiline, body })['text'], 'one and a half\ntwo')
  assert.equal(
    text({ flags: FLAG.multiline, body }),
    `2026-01-31 12:30:15  #마루  <ben> one and a half\n${' '.repeat(21)}two`,
  )
})

test('EXPORT - what was redacted says by whom and why, and not what', () => {
  const redaction = { source: 'anna!~a@host', reason: 'spam', timeMs: SAID.timeMs }
  const redacted = { flags: FLAG.redacted, body: '', redaction }
  const line = json(redacted)
  assert.deepEqual(line['redacted'], {
    by: 'anna!~a@host',
    reason: 'spam',
    time: '2026-01-31T12:30:15.000Z',
  })
  assert.equal('text' in line, false)
  assert.match(text(redacted), /<ben> \(redacted: spam\)$/)
})

test('EXPORT - for people: notices, actions and what happens', () => {
  assert.match(text({ command: 'NOTICE' }), / {2}-ben- hello$/)
  assert.match(text({ body: '\u0001ACTION waves\u0001' }), / {2}\* ben waves$/)
  assert.match(text({ command: 'JOIN', body: '["*","Ben"]' }), / {2}\* ben JOIN \* Ben$/)
  assert.deepEqual(json({ command: 'TOPIC', body: '["new"]' })['params'], ['new'])
})

test('EXPORT - for people: nothing in a text moves the cursor, colours it or turns it round', () => {
  const body = '\u000304,01red\u0003 \u001b[2J\u009b31m \u202eback \u0007\u0004ff0000x\r'
  assert.match(text({ body }), /<ben> red \[2J31m back x $/)
})
