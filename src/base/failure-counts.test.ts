import assert from 'node:assert/strict'
import { test } from 'node:test'
import { countFailure, failureWaitMs, waitOf, type FailureCounts } from './failure-counts.ts'

test('FAILURES - five are free, then the wait doubles from two seconds up to five minutes', () => {
  const waits = [0, 4, 5, 6, 12, 13, 1000].map(failureWaitMs)
  assert.deepEqual(waits, [0, 0, 2000, 4000, 256_000, 300_000, 300_000])
})

test('FAILURES - what is taken off leaves the wait of what is left, from when that was', () => {
  const failures: FailureCounts = new Map()
  for (let n = 0; n < 6; n++) countFailure(failures, 'anna', 1000)
  const undo = countFailure(failures, 'anna', 2000)
  assert.equal(waitOf(failures, 'anna', 2000), 8000)
  undo(1)
  assert.equal(waitOf(failures, 'anna', 2000), 3000)
  undo(6)
  assert.equal(failures.has('anna'), false)
  undo(1)
  assert.equal(failures.has('anna'), false)
})

test('FAILURES - they are forgotten after a quarter of an hour, and the oldest when there are too many', () => {
  const failures: FailureCounts = new Map()
  for (let n = 0; n < 6; n++) countFailure(failures, 'anna', 0)
  assert.equal(waitOf(failures, 'anna', 900_000), 0)
  countFailure(failures, 'anna', 900_000)
  assert.equal(failures.get('anna')?.count, 1)
  for (let n = 0; n < 10_000; n++) countFailure(failures, `name${n}`, 900_001)
  assert.equal(failures.size, 10_000)
  assert.equal(failures.has('anna'), false)
})
