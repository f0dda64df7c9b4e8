import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Row } from './rows.ts'
import { pivotOf, stepTowards } from './steady-rows.ts'

const rows = (keys: string): readonly Row[] =>
  Array.from(keys, (key): Row => ({ kind: 'begin', key }))
const keys = (step: readonly Row[] | undefined): string | undefined =>
  step?.map(({ key }) => key).join('')

test('WEB CHAT - what is new above the row that stays is shown first, and then what is below', () => {
  // A page came below the gap at the beginning, and others went from further down.
  assert.equal(keys(stepTowards(rows('gabcdefz'), rows('g123abcdz'), 'c')), 'g123abcdefz')
  // Some went at the beginning, and a page came at the other end.
  assert.equal(keys(stepTowards(rows('abcdefg'), rows('gdef123'), 'e')), 'gdefg')
})

test('WEB CHAT - one step is enough where nothing changes above, or the row is not there', () => {
  assert.equal(stepTowards(rows('abc'), rows('abcd'), 'b'), undefined)
  assert.equal(stepTowards(rows('abc'), rows('xbc'), 'b'), undefined)
  assert.equal(stepTowards(rows('abc'), rows('123abc'), undefined), undefined)
  assert.equal(stepTowards(rows('abc'), rows('123'), 'b'), undefined)
  assert.equal(stepTowards(rows('abc'), rows('1bc'), 'x'), undefined)
})

test('WEB CHAT - the second message in view stays, and never a line between messages', () => {
  const message = (key: string): Row => ({ kind: 'message', key, isFirst: true }) as Row
  const list = [...rows('gd'), message('a'), ...rows('u'), message('b'), message('c')]
  const nothing = new Set<string>()
  assert.equal(pivotOf(list, nothing), 'b')
  assert.equal(pivotOf(list.slice(5), nothing), 'c')
  assert.equal(pivotOf(list.slice(0, 2), nothing), undefined)
})

test('WEB CHAT - of the messages in view those stay that were there before: the others are not measured', () => {
  const list = Array.from('abcdef', (key) => ({ kind: 'message', key, isFirst: true }) as Row)
  assert.equal(pivotOf(list, new Set('cdefgh')), 'd')
  assert.equal(pivotOf(list, new Set('fgh')), 'f')
  assert.equal(pivotOf(list, new Set('xyz')), 'b')
})
