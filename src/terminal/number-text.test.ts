import assert from 'node:assert/strict'
import { test } from 'node:test'
import { spanText, spanWithin, wholeSpanText } from './number-text.ts'
import { words } from './words.ts'

const [en, ko] = [words('en'), words('ko')]
const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

test('NUMBERS - a duration is its two largest units, in the language of the screen', () => {
  const cases = [
    [0, '0s', '0초'],
    [59_999, '59s', '59초'],
    [65_000, '1m 5s', '1분 5초'],
    [HOUR_MS + 30_000, '1h', '1시간'],
    [3 * DAY_MS + 4 * HOUR_MS + MINUTE_MS, '3d 4h', '3일 4시간'],
    [-1, '0s', '0초'],
  ] as const
  for (const [ms, english, korean] of cases) {
    assert.equal(spanText(ms, en), english)
    assert.equal(spanText(ms, ko), korean)
  }
})

test('NUMBERS - where two units are too wide for a column there is one, and it is whole', () => {
  const ms = 23 * HOUR_MS + 59 * MINUTE_MS
  assert.equal(spanWithin(ms, 9, en), '23h 59m')
  assert.equal(spanWithin(ms, 11, ko), '23시간 59분')
  assert.equal(spanWithin(ms, 9, ko), '23시간')
})

test('NUMBERS - of what is asked for nothing is left out', () => {
  const ms = DAY_MS + 12 * HOUR_MS + 30 * MINUTE_MS
  assert.equal(wholeSpanText(ms, en), '1d 12h 30m')
  assert.equal(wholeSpanText(HOUR_MS, ko), '1시간')
})
