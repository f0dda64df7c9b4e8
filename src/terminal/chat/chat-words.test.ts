import assert from 'node:assert/strict'
import { test } from 'node:test'
import { textWidth } from '../fit-text.ts'
import { CHAT_WORDS } from './chat-words.ts'

test('WORDS - hints of the lists fit beside the rooms in 80 columns', () => {
  for (const [key, texts] of Object.entries(CHAT_WORDS)) {
    if (!key.endsWith('Hint') || key === 'messageHint') continue
    for (const text of texts) assert.ok(textWidth(text) <= 62, `${key}: ${textWidth(text)}`)
  }
})
