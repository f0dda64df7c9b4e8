import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Trouble } from './engine.ts'
import { Refusals } from './refusals.ts'

test('REFUSALS - all are counted, and a hundred a second are told', () => {
  let nowMs = 5
  const told: Trouble[] = []
  const refusals = new Refusals(
    (trouble) => told.push(trouble),
    () => nowMs,
  )
  const flood = (): void => {
    for (let i = 0; i < 250; i++) refusals.add({ listener: 'plain', reason: String(i) })
  }
  flood()
  nowMs += 999
  flood()
  assert.deepEqual([told.length, refusals.count], [100, 500])
  assert.equal(told.at(-1)?.reason, '99')
  nowMs += 1
  flood()
  assert.deepEqual([told.length, refusals.count], [200, 750])
})
