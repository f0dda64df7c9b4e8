import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Message, TimelineItem } from '../../client/timeline.ts'
import { lineWidth } from '../line-layout.ts'
import { chatWords } from './chat-words.ts'
import type { Look } from './item-rows.ts'
import { themeOf } from './theme.ts'
import { timelineRows } from './timeline-rows.ts'

const MINUTE = 60_000
const NOON = new Date(2026, 10, 24, 12).getTime()

const look: Look = {
  width: 60,
  theme: themeOf('terminal'),
  say: chatWords('en'),
  context: { roomPrefixes: '#', personKey: () => undefined },
}

function message(id: string, minutes: number, more: Partial<Message> = {}): Message {
  return {
    kind: 'message',
    id,
    timeMs: NOON + minutes * MINUTE,
    author: { nick: 'jun', key: 'jun', isBot: false, isSelf: false },
    form: 'message',
    text: `says ${id}`,
    life: { state: 'said' },
    reactions: [],
    isMention: false,
    ...more,
  }
}

function rowsOf(items: readonly TimelineItem[], newAfterMs?: number): string[] {
  const told = { items, isComplete: false, newAfterMs, language: 'en' } as const
  return timelineRows(told, look).map(({ line }) => line.map(({ text }) => text).join(''))
}

test('ROWS - one who goes on talking is named once; after a while, after another, on another day again', () => {
  const rows = rowsOf([message('a', 0), message('b', 1), message('c', 10), message('d', 24 * 60)])
  const named = rows.map((row) => row.includes('jun'))
  assert.deepEqual(named, [false, true, false, true, false, true])
  assert.match(rows[0] ?? '', /Tuesday, 24 November 2026/)
  assert.match(rows[4] ?? '', /Wednesday/)
})

test('ROWS - what is new is under a line, and one own message is never new', () => {
  const self = { nick: 'me', key: 'me', isBot: false, isSelf: true }
  const rows = rowsOf([message('a', 0), message('own', 2, { author: self }), message('b', 3)], NOON)
  const line = rows.findIndex((row) => row.includes(' new '))
  assert.match(rows[line - 1] ?? '', /says own/)
  assert.match(rows[line + 1] ?? '', /jun says b/)
})

test('ROWS - who comes and goes one after another is told in one go', () => {
  const who = { nick: 'ada', key: 'ada', isBot: false, isSelf: false }
  const came = { kind: 'happening', id: 'x', timeMs: NOON, what: 'joined', who } as const
  const left = { ...came, id: 'y', what: 'quit', text: 'tea' } as const
  const topic = { ...came, id: 'z', what: 'topic', text: 'reeds' } as const
  const rows = rowsOf([came, left, topic])
  assert.match(rows[1] ?? '', /ada came in · ada went offline: tea/)
  assert.match(rows[2] ?? '', /ada set the topic: reeds/)
})

test('ROWS - all that one says stands in one column', () => {
  const text = `first ${'word '.repeat(20)}`
  const [, first = '', second = ''] = rowsOf([message('a', 0, { text })])
  assert.equal(first.indexOf('first'), second.indexOf('word'))
  assert.ok(first.startsWith(' 12:00 '))
})

test('ROWS - no row is wider than there is room, whatever it says', () => {
  const gap = { kind: 'gap', id: 'g', state: 'open' } as const
  const texts = [
    '가'.repeat(200),
    'x'.repeat(300),
    '```\n' + 'code '.repeat(40) + '\n```',
    '\t\x02a\x02 👍👍',
  ]
  const reply = { msgid: 'm', nick: 'n'.repeat(40), excerpt: '나'.repeat(90) }
  for (const width of [24, 40, 61, 90]) {
    const items = [
      gap,
      ...texts.map((text, i) => message(String(i), i * 9, { text, replyTo: reply })),
    ]
    const told = { items, isComplete: true, newAfterMs: 1, language: 'ko' } as const
    for (const { line } of timelineRows(told, { ...look, width })) {
      assert.ok(lineWidth(line) <= width, line.map(({ text }) => text).join(''))
    }
  }
})
