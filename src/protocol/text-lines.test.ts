import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { packWords } from './text-lines.ts'

const bytesOf = (text: string) => new TextEncoder().encode(text).length
const word = fc.string({ unit: fc.constantFrom('a', '가', '😀'), minLength: 1, maxLength: 8 })

test('LINES - words keep their order, lines their size, and no two neighbours would fit in one', () => {
  fc.assert(
    fc.property(fc.array(word), fc.integer({ min: 32, max: 80 }), (words, maxBytes) => {
      const lines = packWords(words, maxBytes)
      assert.deepEqual(lines.join(' '), words.join(' '))
      for (const [index, line] of lines.entries()) {
        assert.ok(bytesOf(line) <= maxBytes)
        const next = lines[index + 1]?.split(' ')[0]
        if (next !== undefined) assert.ok(bytesOf(`${line} ${next}`) > maxBytes)
      }
    }),
  )
})

test('LINES - the number of words is bounded too', () => {
  assert.deepEqual(packWords(['a', 'b', 'c', 'd', 'e'], 100, 2), ['a b', 'c d', 'e'])
})

test('LINES - no words, no lines; a word beyond the limit stands alone', () => {
  assert.deepEqual(packWords([], 10), [])
  assert.deepEqual(packWords(['a', 'b'.repeat(11), 'c'], 10), ['a', 'b'.repeat(11), 'c'])
  assert.deepEqual(packWords(['12345', '6789'], 10), ['12345 6789'])
})
