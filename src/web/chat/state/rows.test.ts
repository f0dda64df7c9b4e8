import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Happening, Message, TimelineItem } from '../../../client/timeline.ts'
import { rowsOf, type Row } from './rows.ts'

const DAY_MS = 86_400_000
const dayOf = (timeMs: number): number => Math.floor(timeMs / DAY_MS) * DAY_MS

function said(id: string, timeMs: number, nick = 'mina'): Message {
  const author = { nick, key: nick, isBot: false, isSelf: nick === 'me' }
  const life = { state: 'said' } as const
  return {
    kind: 'message',
    id,
    timeMs,
    author,
    form: 'message',
    text: id,
    life,
    reactions: [],
    isMention: false,
  }
}

function came(id: string, timeMs: number, what: Happening['what'] = 'joined'): Happening {
  const who = { nick: id, key: id, isBot: false, isSelf: false }
  return { kind: 'happening', id, timeMs, what, who }
}

const kinds = (rows: readonly Row[]): string[] => rows.map(({ kind }) => kind)

test('ROWS - a day is named before what was said in it, and once', () => {
  const items = [said('a', 1000), said('b', 2000), said('c', DAY_MS + 1)]
  const rows = rowsOf(items, { isComplete: true, dayOf })
  assert.deepEqual(kinds(rows), ['begin', 'day', 'message', 'message', 'day', 'message'])
})

test('ROWS - messages of one person close to each other stand under one name', () => {
  const items = [said('a', 0), said('b', 1000), said('c', 2000, 'june'), said('d', 900_000, 'june')]
  const firsts = rowsOf(items, { isComplete: false, dayOf }).flatMap((row) =>
    row.kind === 'message' ? [row.isFirst] : [],
  )
  assert.deepEqual(firsts, [true, false, true, true])
})

test('ROWS - the unread line stands before the first message of another after the marker, once', () => {
  const items = [said('a', 1), said('mine', 3, 'me'), said('b', 4), said('c', 5)]
  const rows = rowsOf(items, { isComplete: false, dayOf, readUpToMs: 2 })
  assert.deepEqual(kinds(rows), ['day', 'message', 'message', 'unread', 'message', 'message'])
  assert.ok(!kinds(rowsOf(items, { isComplete: false, dayOf })).includes('unread'))
})

test('ROWS - who comes and goes in a row is one line; a new topic is another', () => {
  const items: TimelineItem[] = [
    came('a', 1),
    came('b', 2, 'quit'),
    came('c', 3, 'topic'),
    came('d', 4),
  ]
  const rows = rowsOf(items, { isComplete: false, dayOf })
  const sizes = rows.flatMap((row) => (row.kind === 'happenings' ? [row.items.length] : []))
  assert.deepEqual(sizes, [2, 1, 1])
})

test('ROWS - keys are unique, whatever comes', () => {
  const gap = { kind: 'gap', id: 'g', state: 'open' } as const
  const items: TimelineItem[] = [
    gap,
    said('a', 1),
    came('b', DAY_MS),
    said('c', 5),
    said('d', DAY_MS * 2),
  ]
  const keys = rowsOf(items, { isComplete: false, dayOf, readUpToMs: 0 }).map(({ key }) => key)
  assert.equal(new Set(keys).size, keys.length)
})
