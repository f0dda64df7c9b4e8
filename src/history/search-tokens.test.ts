import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { foldText } from './search-fold.ts'
import { bufferToken, LINK_TOKEN, nickToken, tokensOf, tokensOfWord } from './search-tokens.ts'

const TEXT = fc.string({ unit: 'grapheme', maxLength: 40 }).map(foldText)

test('SEARCH - a text has all tokens of every part of it', () => {
  fc.assert(
    fc.property(TEXT, fc.nat(), fc.nat(), (text, from, length) => {
      const characters = Array.from(text)
      const start = from % (characters.length + 1)
      const part = characters.slice(start, start + 1 + (length % 8)).join('')
      const tokens = new Set(tokensOf({ buffer: 1, nick: 'ann', hasLink: false, text }).split(' '))
      for (const token of tokensOfWord(part)) assert.ok(tokens.has(token), token)
    }),
  )
})

test('SEARCH - tokens are what the tokenizer leaves whole, and no text has those of rooms, nicks and links', () => {
  fc.assert(
    fc.property(TEXT, (text) => {
      const facts = [bufferToken(7), nickToken('a|b'), LINK_TOKEN]
      const tokens = tokensOf({ buffer: 7, nick: 'a|b', hasLink: true, text }).split(' ')
      assert.deepEqual(tokens.slice(0, 3), facts)
      for (const token of tokens) assert.match(token, /^[0-9a-z\u0080-\u{10ffff}]+$/u)
      for (const token of tokens.slice(3)) assert.ok(Array.from(token).length <= 3, token)
    }),
  )
})

test('SEARCH - a word asks for its longest grams', () => {
  assert.deepEqual(tokensOfWord('회의실에'), ['회의실', '의실에'])
  assert.deepEqual(tokensOfWord('회의'), ['회의'])
  assert.deepEqual(tokensOfWord('👍'), ['👍'])
  assert.deepEqual(tokensOfWord('to it'), ['to', 'it'])
})
