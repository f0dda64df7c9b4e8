import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import stringWidth from 'string-width'
import { fitText, lettersOf, textWidth, wrapColumns } from './fit-text.ts'
import { safeText } from './safe-text.ts'

const text = fc.oneof(fc.string({ unit: 'grapheme' }), fc.stringMatching(/^[가-힣a-z🍵 ]{0,30}$/u))

test('FIT TEXT - whatever it is, it takes as many columns as it was given', () => {
  fc.assert(
    fc.property(text, fc.nat(40), fc.constantFrom('left', 'right'), (raw, width, align) => {
      assert.equal(textWidth(fitText(safeText(raw), width, align)), width)
    }),
  )
})

test('FIT TEXT - wide letters are cut between letters, and the rest is filled', () => {
  assert.equal(fitText('마루마루', 8), '마루마루')
  assert.equal(fitText('마루마루', 7), '마루마…')
  assert.equal(fitText('마루마루', 6), '마루… ')
  assert.equal(fitText('abc', 5, 'right'), '  abc')
})

test('FIT TEXT - wrapped text loses nothing but the spaces where it breaks, and stays narrow', () => {
  fc.assert(
    fc.property(text, fc.integer({ min: 2, max: 20 }), (raw, width) => {
      const safe = safeText(raw)
      const lines = wrapColumns(safe, width)
      assert.equal(lines.join('').replaceAll(' ', ''), safe.replaceAll(' ', ''))
      // One letter may be wider than that, and can't be broken.
      for (const line of lines) {
        assert.ok(textWidth(line) <= width || lettersOf(line).length === 1, JSON.stringify(line))
      }
    }),
  )
})

test('TEXT - what is counted quickly has the width that it has', () => {
  const letter = fc.oneof(
    fc.integer({ min: 0x20, max: 0x7e }),
    fc.integer({ min: 0x2500, max: 0x257f }),
    fc.integer({ min: 0xac00, max: 0xd7a3 }),
    fc.integer({ min: 0x4e00, max: 0x9fff }),
    fc.constantFrom(0x301, 0x11a8, 0x1f44d, 0xff21),
  )
  fc.assert(
    fc.property(fc.array(letter), (codes) => {
      const text = String.fromCodePoint(...codes)
      assert.equal(textWidth(text), stringWidth(text))
    }),
  )
})
