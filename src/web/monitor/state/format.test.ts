import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { createFormat } from './format.ts'

const en = createFormat('en')
const ko = createFormat('ko')
const SECOND = 1000
const DAY = 86_400_000

test('FORMAT - a duration is its two largest units, and no more', () => {
  assert.equal(en.duration(0), '0s')
  assert.equal(en.duration(59_999), '59s')
  assert.equal(en.duration(61 * SECOND), '1m 1s')
  assert.equal(en.duration(60 * 60 * SECOND), '1h')
  assert.equal(en.duration(3 * DAY + 4 * 3600 * SECOND + 59 * SECOND), '3d 4h')
  assert.equal(ko.duration(DAY + 3600 * SECOND), '1일 1시간')
})

test('FORMAT - sizes go up by 1024, readings have three digits that matter', () => {
  assert.equal(en.bytes(0), '0 B')
  assert.equal(en.bytes(1023), '1,023 B')
  assert.equal(en.bytes(1536), '1.5 KiB')
  assert.equal(en.bytes(5 * 1024 ** 3), '5 GiB')
  assert.equal(en.ms(0.1234), '0.123 ms')
  assert.equal(en.ms(1500), '1.5 s')
  assert.equal(en.percent(0.256), '26%')
})

test('FORMAT - large counts become short where there is little room', () => {
  assert.equal(en.compact(9999), '9,999')
  assert.equal(en.compact(123_456), '123K')
  assert.equal(ko.compact(123_456), '12.3만')
})

test('FORMAT - nothing that can be measured has no words', () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1e15, noNaN: true }), (value) => {
      for (const said of [en.bytes(value), en.duration(value), ko.ms(value), ko.reading(value)]) {
        assert.doesNotMatch(said, /undefined|NaN|Infinity|^\s*$/)
      }
    }),
  )
})

test('FORMAT - a moment of today is a time, one of another day is the day', () => {
  const noon = new Date(2026, 10, 24, 12).getTime()
  assert.equal(en.near(noon - 61 * SECOND, noon), '11:58:59')
  assert.equal(en.near(noon - 13 * 3600 * SECOND, noon), 'Nov 23, 2026')
})
