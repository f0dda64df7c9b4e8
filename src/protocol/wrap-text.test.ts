import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { utf8Length } from './utf8.ts'
import { wrapText } from './wrap-text.ts'

test('TEXT - a line breaks at a space, and inside of a word only if it must', () => {
  assert.deepEqual(wrapText('one two three', 7), ['one two', 'three'])
  assert.deepEqual(wrapText('one two three', 6), ['one', 'two', 'three'])
  assert.deepEqual(wrapText('abcdefgh', 3), ['abc', 'def', 'gh'])
  assert.deepEqual(wrapText('안녕하세요', 6), ['안녕', '하세', '요'])
  assert.deepEqual(wrapText('', 10), [''])
})

test('TEXT - every line fits, and nothing but spaces is lost', () => {
  const texts = fc.string({ unit: fc.constantFrom('a', ' ', '한', '😀'), maxLength: 60 })
  fc.assert(
    fc.property(texts, fc.integer({ min: 4, max: 30 }), (text, maxBytes) => {
      const lines = wrapText(text, maxBytes)
      for (const line of lines) assert.ok(utf8Length(line) <= maxBytes)
      assert.equal(lines.join('').replaceAll(' ', ''), text.replaceAll(' ', ''))
    }),
  )
})
