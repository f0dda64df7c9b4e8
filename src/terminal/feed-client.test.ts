import assert from 'node:assert/strict'
import { test } from 'node:test'
import { waitMs } from './feed-client.ts'

test('FEED CLIENT - waits longer after each failure, never too long, and not all at the same time', () => {
  const earliest = [0, 1, 2, 3, 4, 5, 50].map((failures) => waitMs(failures, () => 0))
  const latest = [0, 1, 2, 3, 4, 5, 50].map((failures) => waitMs(failures, () => 1))
  assert.deepEqual(earliest, [250, 500, 1000, 2000, 4000, 5000, 5000])
  assert.deepEqual(latest, [500, 1000, 2000, 4000, 8000, 10_000, 10_000])
})
