import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { saslprep } from './saslprep.ts'

// https://www.rfc-editor.org/rfc/rfc4013#section-3
test('SASLPREP - the examples of RFC 4013 come out as it says', () => {
  const examples: readonly (readonly [string, string])[] = [
    ['I\u00ADX', 'IX'],
    ['user', 'user'],
    ['USER', 'USER'],
    ['\u00AA', 'a'],
    ['\u2168', 'IX'],
  ]
  for (const [given, expected] of examples) assert.equal(saslprep(given), expected)
})

test('SASLPREP - spaces are one space, and letters in pieces are put together', () => {
  assert.equal(saslprep('correct\u3000horse\u00A0battery'), 'correct horse battery')
  assert.equal(saslprep('\u1112\u1161\u11AB'), '\uD55C')
})

test('SASLPREP - done twice it changes nothing, and ASCII it leaves alone', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      assert.equal(saslprep(saslprep(text)), saslprep(text))
    }),
  )
  fc.assert(fc.property(fc.string({ unit: 'grapheme-ascii' }), (text) => saslprep(text) === text))
})
