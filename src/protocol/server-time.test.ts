import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { parseServerTime, serverTime } from './server-time.ts'

test('SERVER-TIME - what is written is read again', () => {
  const time = fc.integer({ min: 0, max: 253_402_300_799_999 })
  fc.assert(fc.property(time, (timeMs) => parseServerTime(serverTime(timeMs)) === timeMs))
})

test('SERVER-TIME - other fractions are understood, other forms and days that there are not are refused', () => {
  const second = Date.UTC(2026, 0, 31, 12)
  assert.equal(parseServerTime('2026-01-31T12:00:00Z'), second)
  assert.equal(parseServerTime('2026-01-31T12:00:00.5Z'), second + 500)
  for (const text of [
    '',
    '2026-01-31',
    '2026-01-31T12:00:00.000',
    '2026-01-31T12:00:00.000+01:00',
    '2026-02-30T12:00:00.000Z',
    '2026-13-01T12:00:00.000Z',
    '2026-01-31T25:00:00.000Z',
    ' 2026-01-31T12:00:00.000Z',
  ]) {
    assert.equal(parseServerTime(text), undefined, text)
  }
})
