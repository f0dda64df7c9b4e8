import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { formatDuration, parseDuration } from './duration.ts'

test('DURATION - units from years to seconds, or plain seconds', () => {
  assert.equal(parseDuration('30m'), 1_800_000)
  assert.equal(parseDuration('1d12h'), 129_600_000)
  assert.equal(parseDuration('1d 12h'), 129_600_000)
  assert.equal(parseDuration('2w'), 1_209_600_000)
  assert.equal(parseDuration('1y'), 31_536_000_000)
  assert.equal(parseDuration('90'), 90_000)
  assert.equal(parseDuration('0'), 0)
})

test('DURATION - anything else is undefined', () => {
  for (const text of [
    '',
    ' ',
    '-1',
    '1.5h',
    '1h1d',
    '1h1h',
    '1h ',
    ' 1h',
    'h',
    '1 h',
    '1x',
    '1e3',
    '30M',
  ]) {
    assert.equal(parseDuration(text), undefined, text)
  }
  assert.equal(parseDuration('999999999y'), undefined)
  assert.equal(parseDuration('9'.repeat(13)), undefined)
})

test('DURATION - reads as people write it', () => {
  assert.equal(formatDuration(129_600_000), '1d 12h')
  assert.equal(formatDuration(61_999), '1m 1s')
  assert.equal(formatDuration(999), '0s')
  assert.equal(formatDuration(-5), '0s')
})

test('DURATION - what is formatted is read back, to the second', () => {
  fc.assert(
    fc.property(fc.nat(10_000_000_000), (seconds) => {
      assert.equal(parseDuration(formatDuration(seconds * 1000)), seconds * 1000)
    }),
  )
})
