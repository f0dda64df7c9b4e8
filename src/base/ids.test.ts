import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createIds } from './ids.ts'

test('BASE - identifiers are all different, and fit to be a tag or a batch reference', () => {
  const next = createIds('x1')
  const ids = Array.from({ length: 2000 }, () => next())
  assert.equal(new Set(ids).size, ids.length)
  for (const id of ids) assert.match(id, /^x1-[a-z0-9]+$/)
})

test('BASE - two series with different prefixes never meet', () => {
  const [a, b] = [createIds('a'), createIds('b')]
  const ofA = new Set(Array.from({ length: 100 }, () => a()))
  for (let i = 0; i < 100; i++) assert.ok(!ofA.has(b()))
})
