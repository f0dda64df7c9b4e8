import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { safeParts, safeText } from './safe-text.ts'

const unit = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 4 }),
  fc.constantFrom(
    '\u202e',
    '\u2066',
    '\u200f',
    '\u001b[31m',
    '\u0007',
    '\ud800',
    '\u200d',
    '\u{e0041}',
  ),
  fc.constantFrom('<b>', 'anna', '마루', '👩‍💻', 'é', ' '),
)
const texts = fc.array(unit, { maxLength: 12 }).map((units) => units.join(''))

test('SAFE TEXT - nothing that steers a terminal, a line or the direction of reading is left', () => {
  fc.assert(
    fc.property(texts, (text) => {
      const shown = safeText(text)
      assert.doesNotMatch(shown, /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\p{Co}]/u)
      assert.doesNotMatch(shown.replaceAll('\u200d', ''), /\p{Cf}/u)
    }),
  )
})

test('SAFE TEXT - what is safe stays as it is, in order, and a second time changes nothing', () => {
  fc.assert(
    fc.property(texts, (text) => {
      const plain = safeParts(text).filter(({ isMark }) => !isMark)
      let from = 0
      for (const part of plain) {
        from = text.indexOf(part.text, from)
        assert.notEqual(from, -1)
        from += part.text.length
      }
      assert.equal(safeText(safeText(text)), safeText(text))
    }),
  )
})

test('SAFE TEXT - marks say which character it was, and differ from the same words written by hand', () => {
  assert.deepEqual(safeParts('a\u202eb\u0007'), [
    { text: 'a', isMark: false },
    { text: 'U+202E', isMark: true },
    { text: 'b', isMark: false },
    { text: '^G', isMark: true },
  ])
  assert.deepEqual(safeParts('U+202E'), [{ text: 'U+202E', isMark: false }])
  assert.equal(safeText('x\u200by\u007f'), 'x⟨U+200B⟩y⟨^?⟩')
})

test('SAFE TEXT - emoji of several pictures stay whole, a joiner elsewhere does not', () => {
  assert.equal(safeText('👩‍💻 👩🏽‍🚀 ❤️‍🔥'), '👩‍💻 👩🏽‍🚀 ❤️‍🔥')
  assert.equal(safeText('ad\u200dmin'), 'ad⟨U+200D⟩min')
})
