import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ViewError } from './source.ts'
import { selectRows, type Table } from './table.ts'
import type { ViewQuery } from '../feed/view.ts'

interface Fruit {
  readonly name: string
  readonly weight?: number
}

const FRUITS: readonly Fruit[] = [
  { name: 'Pear', weight: 2 },
  { name: '사과 Apple', weight: 3 },
  { name: 'Plum' },
  { name: 'Pineapple', weight: 1 },
]

const TABLE: Table<Fruit> = {
  texts: ({ name }) => [name, undefined],
  columns: { name: ({ name }) => name, weight: ({ weight }) => weight },
  sortedBy: 'name',
}

function names(query: Partial<ViewQuery>): string[] {
  return selectRows(FRUITS, { of: 'rooms', ...query }, TABLE).selected.map(({ name }) => name)
}

test('TABLE - every word of a filter must be there, in whatever letter case', () => {
  assert.deepEqual(names({ filter: 'APPLE' }), ['Pineapple', '사과 Apple'])
  assert.deepEqual(names({ filter: ' apple  사과 ' }), ['사과 Apple'])
  assert.deepEqual(names({ filter: '(.*)+$' }), [])
})

test('TABLE - sorted in either direction, what has no value is last', () => {
  assert.deepEqual(names({ sort: 'weight' }), ['Pineapple', 'Pear', '사과 Apple', 'Plum'])
  assert.deepEqual(names({ sort: 'weight', descending: true }), [
    '사과 Apple',
    'Pear',
    'Pineapple',
    'Plum',
  ])
})

test('TABLE - a window says where it is and of how many', () => {
  const { total, matching, from, selected } = selectRows(
    FRUITS,
    { of: 'rooms', filter: 'p', from: 1, count: 2 },
    TABLE,
  )
  assert.deepEqual({ total, matching, from }, { total: 4, matching: 4, from: 1 })
  assert.deepEqual(
    selected.map(({ name }) => name),
    ['Pineapple', 'Plum'],
  )
})

test('TABLE - a query that makes no sense says what is wrong with it', () => {
  for (const query of [
    { sort: 'colour' },
    { sort: '__proto__' },
    { from: -1 },
    { from: 1.5 },
    { count: 501 },
    { filter: 'x'.repeat(201) },
  ]) {
    assert.throws(() => names(query), ViewError, JSON.stringify(query))
  }
})
