import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { backoffMs } from './backoff.ts'
import { rowWindow } from './row-window.ts'

test('ROW WINDOW - all rows that are seen are asked for, and never more than may be', () => {
  fc.assert(
    fc.property(fc.nat(10_000), fc.nat(200), (first, seen) => {
      const { from, count } = rowWindow(first, first + seen, 500)
      assert.ok(from <= first && from + count > first + seen)
      assert.ok(count <= 500)
    }),
  )
  assert.equal(rowWindow(0, 5000, 500).count, 500)
})

test('ROW WINDOW - a scroll by a row asks for nothing new', () => {
  assert.deepEqual(rowWindow(101, 120, 500), rowWindow(102, 121, 500))
})

test('BACKOFF - each try waits longer than half of the last, up to a limit', () => {
  assert.deepEqual(
    [0, 1, 2].map((attempt) => backoffMs(attempt, 1)),
    [500, 1000, 2000],
  )
  assert.equal(backoffMs(0, 0), 250)
  assert.equal(backoffMs(60, 1), 15_000)
})
