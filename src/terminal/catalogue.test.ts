import assert from 'node:assert/strict'
import { test } from 'node:test'
import { languageOf, speaker } from './catalogue.ts'
import { CHAT_WORDS } from './chat/chat-words.ts'
import { WORDS } from './words.ts'

test('WORDS - what is filled in is the same in both languages', () => {
  const filled = (text: string) => (text.match(/\{\w+\}/g) ?? []).toSorted()
  for (const [key, [en, ko]] of [...Object.entries(WORDS), ...Object.entries(CHAT_WORDS)]) {
    assert.deepEqual(filled(en), filled(ko), key)
  }
})

test('WORDS - a text is said in its language, with what is filled in', () => {
  const say = speaker({ hello: ['hello, {who}', '{who} 님, 안녕하세요'] })
  assert.equal(say('en')('hello', { who: 'mina' }), 'hello, mina')
  assert.equal(say('ko')('hello', { who: '미나' }), '미나 님, 안녕하세요')
  assert.equal(say('en')('hello'), 'hello, ')
})

test('WORDS - the language is that of the first locale that is set', () => {
  assert.equal(languageOf([undefined, '', 'ko_KR.UTF-8']), 'ko')
  assert.equal(languageOf(['C', 'ko_KR.UTF-8']), 'en')
  assert.equal(languageOf(['kok_IN']), 'en')
  assert.equal(languageOf([]), 'en')
})
