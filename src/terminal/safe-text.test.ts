import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { safeText } from './safe-text.ts'

/** Between two emoji. */
const JOINER =
  /(?<=\p{Extended_Pictographic}[\ufe0f\p{Emoji_Modifier}]?)\u200d(?=\p{Extended_Pictographic})/gu

test('SAFE TEXT - nothing is left that moves the cursor, turns the writing or hides', () => {
  const hostile = fc.constantFrom('\x1b[2J', '\x9b', '\r', '\u202e', '\u200b', '\u2028', '\u2029')
  const unit = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }), hostile)
  fc.assert(
    fc.property(fc.array(unit), (parts) => {
      const text = safeText(parts.join('')).replaceAll(JOINER, '')
      assert.doesNotMatch(text, /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u)
    }),
  )
})

test('SAFE TEXT - safe text stays as it is, and making it safe twice changes nothing', () => {
  fc.assert(fc.property(fc.string(), (text) => safeText(text) === text))
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      assert.equal(safeText(safeText(text)), safeText(text))
    }),
  )
  for (const text of [
    '마루',
    'café',
    'cafe\u0301',
    '🍵',
    '❤\ufe0f',
    '❤\ufe0f\u200d🔥',
    '👩🏽\u200d💻',
    'ไทย',
    'a b',
  ]) {
    assert.equal(safeText(text), text)
  }
})

test('SAFE TEXT - what is dangerous can be read', () => {
  assert.equal(safeText('a\x1b[31mb'), 'a^[[31mb')
  assert.equal(safeText('\x07\x7f\x9b'), '^G^?<U+009B>')
  assert.equal(safeText('evil\u202etxt'), 'evil<U+202E>txt')
  assert.equal(safeText('a\u200bb\ufe0f'), 'a<U+200B>b<U+FE0F>')
  assert.equal(safeText('a\u200db'), 'a<U+200D>b')
  assert.equal(safeText('👩\u200d\u200d👩'), '👩<U+200D><U+200D>👩')
  assert.equal(safeText('\u0301a'), '<U+0301>a')
  assert.equal(safeText('a\u0301\u0301\u0301'), 'a\u0301\u0301<U+0301>')
})
