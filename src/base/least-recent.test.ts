import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dropFirst, dropOld } from './least-recent.ts'

test('LEAST RECENT - the first makes room when there are too many, in maps and sets', () => {
  const names = new Set(['a', 'b', 'c'])
  assert.equal(dropFirst(names, 3), undefined)
  assert.equal(dropFirst(names, 2), 'a')
  assert.deepEqual([...names], ['b', 'c'])
  assert.equal(dropFirst(new Map([['x', 1]]), 0), 'x')
  assert.equal(dropFirst(new Set<string>(), 0), undefined)
})

test('LEAST RECENT - what is old goes up to the first that is not, however many there may be', () => {
  const ages = new Map([
    ['a', 9],
    ['b', 8],
    ['c', 1],
    ['d', 9],
  ])
  dropOld(ages, 10, (age) => age > 5)
  assert.deepEqual([...ages.keys()], ['c', 'd'])
  dropOld(ages, 1, () => false)
  assert.deepEqual([...ages.keys()], ['d'])
})
