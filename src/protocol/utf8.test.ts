import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { truncateUtf8, utf8Length } from './utf8.ts'

const encoder = new TextEncoder()
const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc
    .array(fc.constantFrom('a', 'é', '가', '😀', '\ud83d', '\ude00'))
    .map((parts) => parts.join('')),
)

test('UTF8 - the length is that of the encoded bytes, lone surrogates included', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      assert.equal(utf8Length(text), encoder.encode(text).length)
    }),
  )
})

test('UTF8 - a cut keeps the longest start that fits and never splits a code point', () => {
  fc.assert(
    fc.property(anyText, fc.nat(40), (text, maxBytes) => {
      const cut = truncateUtf8(text, maxBytes)
      assert.ok(text.startsWith(cut))
      assert.ok(encoder.encode(cut).length <= maxBytes)
      const [next] = text.slice(cut.length)
      if (next !== undefined) assert.ok(encoder.encode(cut + next).length > maxBytes)
      const points = Array.from(cut)
      assert.deepEqual(points, Array.from(text).slice(0, points.length))
    }),
  )
})

test('UTF8 - a cut before a pair leaves no half of it', () => {
  assert.equal(truncateUtf8('a😀', 4), 'a')
  assert.equal(truncateUtf8('a😀', 5), 'a😀')
  assert.equal(truncateUtf8('가나', 5), '가')
})
