import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { isTooLong, splitLongText } from './long-text.ts'

const LIMITS = {
  nickLength: 32,
  topicLength: 390,
  awayLength: 390,
  reasonLength: 390,
  roomNameLength: 64,
  historyPage: 100,
  multilineBytes: 100,
  multilineLines: 5,
}

test('LONG TEXT - what is parted holds all of it, and every part fits', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 600 }), (text) => {
      const parts = splitLongText(text, LIMITS)
      for (const part of parts) assert.ok(!isTooLong(part, LIMITS), part)
      const letters = (one: string): string => one.replaceAll(/\s/g, '')
      assert.equal(letters(parts.join('')), letters(text))
    }),
  )
})
