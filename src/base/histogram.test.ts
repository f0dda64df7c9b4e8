import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { createHistogram, merged, percentileMs, record } from './histogram.ts'

const durations = fc.array(fc.double({ min: 0, max: 100_000, noNaN: true }), { minLength: 1 })

function histogramOf(values: readonly number[]) {
  const histogram = createHistogram()
  for (const value of values) record(histogram, value)
  return histogram
}

test('LOAD - a percentile is within 1/64 or a microsecond of the nearest rank', () => {
  fc.assert(
    fc.property(durations, fc.double({ min: 0, max: 1, noNaN: true }), (values, share) => {
      const sorted = [...values].sort((a, b) => a - b)
      const exact = sorted[Math.max(1, Math.ceil(values.length * share)) - 1] ?? 0
      const found = percentileMs(histogramOf(values), share) ?? -1
      assert.ok(Math.abs(found - exact) <= exact / 64 + 0.001, `${found} for ${exact}`)
    }),
  )
})

test('LOAD - merging histograms is recording everything into one', () => {
  fc.assert(
    fc.property(durations, durations, (a, b) => {
      assert.deepEqual(merged([histogramOf(a), histogramOf(b)]), histogramOf([...a, ...b]))
    }),
  )
})

test('LOAD - the highest percentile is the exact maximum, and nothing recorded has none', () => {
  assert.equal(percentileMs(histogramOf([1, 2, 77.123_456]), 1), 77.123_456)
  assert.equal(percentileMs(createHistogram(), 0.5), undefined)
})
