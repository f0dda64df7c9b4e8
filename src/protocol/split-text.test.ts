import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { splitText } from './split-text.ts'
import { utf8Length } from './utf8.ts'

test('SPLIT - the pieces fit, are none too many, and together are the text', () => {
  const text = fc.string({ unit: 'grapheme', maxLength: 400 })
  fc.assert(
    fc.property(text, fc.integer({ min: 4, max: 200 }), (whole, most) => {
      const pieces = splitText(whole, most)
      assert.equal(pieces.join(''), whole)
      for (const piece of pieces) assert.ok(utf8Length(piece) <= most)
      if (utf8Length(whole) <= most) assert.equal(pieces.length, 1)
    }),
  )
})

test('SPLIT - after a space where there is one, and never within a character', () => {
  assert.deepEqual(splitText('one two three', 9), ['one two ', 'three'])
  assert.deepEqual(splitText('가나다', 7), ['가나', '다'])
  assert.deepEqual(splitText('🎨🎨', 5), ['🎨', '🎨'])
})
