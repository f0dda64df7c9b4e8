import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { foldText } from './search-fold.ts'

const SAME: readonly (readonly [what: string, one: string, other: string])[] = [
  ['case', 'Hello WORLD', 'hello world'],
  ['case beyond ASCII', 'ÉCOLE Straße ΟΔΟΣ', 'école STRASSE οδος'],
  ['pieces of Korean syllables', '안녕하세요'.normalize('NFD'), '안녕하세요'],
  ['widths', 'ＭＡＲＵ　８０６８ ｶﾀｶﾅ', 'maru 8068 カタカナ'],
  ['skin tones', '👍🏽 👋🏿', '👍 👋'],
  ['the look of an emoji', '❤️ 1️⃣', '❤ 1⃣'],
  ['what joins emoji', '👩🏽‍💻', '👩💻'],
  ['spaces', ' a \t b\n\nc\u00a0d ', 'a b c d'],
  ['what cannot be seen', 'se\u200bcr\u00adet', 'secret'],
  ['bold, italics, underlined', '\x02bold\x02 \x1dslanted\x1d \x1fthat\x0f', 'bold slanted that'],
  ['colours', '\x0304,12red\x03 \x03 4 \x04ff0000,00ff00hex', 'red 4 hex'],
]

for (const [what, one, other] of SAME) {
  test(`SEARCH - texts that differ in ${what} are the same text`, () => {
    assert.equal(foldText(one), foldText(other))
  })
}

test('SEARCH - Korean letters that stand alone stay what they are, whatever follows them', () => {
  assert.equal(foldText('ㅋㅋㅋㅠㅠ'), 'ㅋㅋㅋㅠㅠ')
  assert.equal(foldText('네ㄱㅏ'), '네ㄱㅏ')
})

test('SEARCH - a skin tone alone, and digits after a bold number, are texts too', () => {
  assert.equal(foldText('🏽'), '🏽')
  assert.equal(foldText('\x0242'), '42')
})

test('SEARCH - folding what is folded changes nothing, and leaves no control characters', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const folded = foldText(text)
      assert.equal(foldText(folded), folded)
      assert.doesNotMatch(folded, /\p{Cc}/u)
    }),
    { numRuns: 300 },
  )
})
