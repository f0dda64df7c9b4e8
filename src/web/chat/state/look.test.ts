import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Gap } from '../../../client/timeline.ts'
import { lookAt } from './look.ts'
import type { Row } from './rows.ts'

const message = (n: number): Row => ({ kind: 'message', key: `m${n}`, isFirst: true }) as Row
const gap = (id: string, state: Gap['state'] = 'open'): Row => {
  return { kind: 'gap', key: id, item: { kind: 'gap', id, state } }
}
const day: Row = { kind: 'day', key: 'day', timeMs: 0 }
const messages = (from: number, to: number): readonly Row[] =>
  Array.from({ length: to - from }, (_, i) => message(from + i))

const away = (first: string, last: string) => ({ first, last, isAtEnd: false })
const AT_END = { first: undefined, last: undefined, isAtEnd: true }

test('WEB CHAT - what is looked at stays the same while rows before it come and go', () => {
  const seen = away('m300', 'm320')
  const all = messages(0, 400)
  for (const rows of [all, all.slice(250), [gap('g'), ...messages(-500, 400)]]) {
    assert.equal(lookAt(rows, seen)?.at, 'm310')
  }
})

test('WEB CHAT - of what is gone nothing is told; of half of it, the rest', () => {
  const rows = messages(100, 200)
  assert.equal(lookAt(rows, away('m90', 'm99')), undefined)
  assert.equal(lookAt(rows, away('m90', 'm110'))?.at, 'm110')
  assert.equal(lookAt(rows, away('m195', 'm205'))?.at, 'm195')
})

test('WEB CHAT - at the end no message is named, where nothing has been said neither', () => {
  assert.deepEqual(lookAt([], AT_END), { isAtEnd: true, at: undefined, gaps: [] })
  const rows = [...messages(0, 300), gap('near'), ...messages(300, 310)]
  const gaps = [{ gap: 'near', side: 'newer' }]
  assert.deepEqual(lookAt(rows, AT_END), { isAtEnd: true, at: undefined, gaps })
})

test('WEB CHAT - where only the day of a message is in view, the message is looked at', () => {
  assert.equal(lookAt([day, message(1), message(2)], away('day', 'day'))?.at, 'm1')
})

test('WEB CHAT - gaps that come near are asked for from the side that one is on, and no others', () => {
  const rows = [
    gap('far'),
    ...messages(0, 100),
    gap('above'),
    ...messages(100, 150),
    gap('asked', 'filling'),
    gap('below'),
    ...messages(150, 200),
    gap('beyond'),
  ]
  assert.deepEqual(lookAt(rows, away('m120', 'm130'))?.gaps, [
    { gap: 'above', side: 'newer' },
    { gap: 'below', side: 'older' },
  ])
})
