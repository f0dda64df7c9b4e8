import assert from 'node:assert/strict'
import { test } from 'node:test'
import { textWidth } from '../fit-text.ts'
import { CHAT_CATALOGUE } from './chat-words.ts'

test('WORDS - what is filled in is the same in both languages of the chat', () => {
  const filled = (text: string) => (text.match(/\{\w+\}/g) ?? []).toSorted()
  for (const [key, [en, ko]] of Object.entries(CHAT_CATALOGUE)) {
    assert.deepEqual(filled(en), filled(ko), key)
  }
})

test('WORDS - hints of the lists fit beside the rooms in 80 columns', () => {
  for (const [key, texts] of Object.entries(CHAT_CATALOGUE)) {
    if (!key.endsWith('Hint') || key === 'messageHint') continue
    for (const text of texts) assert.ok(textWidth(text) <= 62, `${key}: ${textWidth(text)}`)
  }
})
