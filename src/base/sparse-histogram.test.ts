import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { createHistogram, record } from './histogram.ts'
import { addSparse, takeSparse } from './sparse-histogram.ts'

test('HISTOGRAM - what is taken from one and added to another is as if recorded there', () => {
  const durations = fc.array(fc.double({ min: 0, max: 3_000_000, noNaN: true }), { maxLength: 50 })
  fc.assert(
    fc.property(durations, durations, (first, second) => {
      const [sum, expected] = [createHistogram(), createHistogram()]
      const source = createHistogram()
      for (const part of [first, second]) {
        for (const each of part) {
          record(source, each)
          record(expected, each)
        }
        const taken = takeSparse(source)
        assert.equal(taken === undefined, part.length === 0)
        if (taken === undefined) continue
        assert.ok(taken.cells.length <= 2 * part.length)
        addSparse(sum, taken)
      }
      assert.deepEqual(sum, expected)
    }),
  )
})

test('HISTOGRAM - what is taken is gone', () => {
  const histogram = createHistogram()
  record(histogram, 5)
  takeSparse(histogram)
  assert.equal(takeSparse(histogram), undefined)
  assert.deepEqual(histogram, createHistogram())
})
