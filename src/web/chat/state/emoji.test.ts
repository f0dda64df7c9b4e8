import assert from 'node:assert/strict'
import { test } from 'node:test'
import { foundEmoji, withEmoji } from './emoji.ts'

test('EMOJI - names stand for signs, and are found in both languages', () => {
  assert.equal(withEmoji('well :rocket: 12:30:45 :nothing:'), 'well 🚀 12:30:45 :nothing:')
  assert.equal(foundEmoji('roc')[0]?.[0], '🚀')
  assert.equal(foundEmoji('축하')[0]?.[0], '🎉')
  assert.deepEqual(foundEmoji('nothing like it'), [])
})
