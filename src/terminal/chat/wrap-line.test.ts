import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { lineWidth } from '../line-layout.ts'
import { bold, dim, plain } from '../line.ts'
import type { Line } from '../line.ts'
import { wrapLine } from './wrap-line.ts'

const textOf = (line: Line) => line.map(({ text }) => text).join('')

test('WRAP - it breaks at spaces, and long words where they must', () => {
  const line = [plain('the river '), bold('turns'), dim(' here')]
  assert.deepEqual(wrapLine(line, 10).map(textOf), ['the river', 'turns here'])
  assert.deepEqual(wrapLine([plain('가나다라마')], 4).map(textOf), ['가나', '다라', '마'])
  assert.deepEqual(wrapLine([plain('exactly ten ')], 11).map(textOf), ['exactly ten'])
  assert.deepEqual(wrapLine([], 10), [[]])
})

test('WRAP - nothing is lost but spaces, no line is too wide, styles stay with their letters', () => {
  const span = fc.record({
    text: fc.stringMatching(/^[a-c가나 ]{0,12}$/),
    isBold: fc.boolean(),
  })
  fc.assert(
    fc.property(fc.array(span), fc.integer({ min: 2, max: 20 }), (line, width) => {
      const lines = wrapLine(line, width)
      const bare = (parts: readonly Line[], bolds: boolean) =>
        parts
          .flat()
          .filter(({ isBold }) => isBold === bolds)
          .map(({ text }) => text)
          .join('')
          .replaceAll(' ', '')
      for (const isBold of [true, false]) assert.equal(bare(lines, isBold), bare([line], isBold))
      for (const one of lines) assert.ok(lineWidth(one) <= width)
    }),
  )
})
