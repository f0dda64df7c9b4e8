import assert from 'node:assert/strict'
import { test } from 'node:test'
import { languageOf, sayIn } from './language.ts'

test('LANGUAGE - values are put in as they are, once', () => {
  const said = ['Kick {who} from {room}, {who}', '{room}에서 {who} 님을 내보내기'] as const
  const values = { who: '{who} $& {x}', room: '#a' }
  assert.equal(sayIn('en', said, values), 'Kick {who} $& {x} from #a, {who} $& {x}')
  assert.equal(sayIn('ko', said, values), '#a에서 {who} $& {x} 님을 내보내기')
})

test('LANGUAGE - a place without a value stays, to be drawn or to be noticed', () => {
  assert.equal(sayIn('en', ['{who} left', '{who} 나감']), '{who} left')
})

test('LANGUAGE - the language is the first that somebody reads and we have', () => {
  assert.equal(languageOf(['fr-CA', 'ko-KR', 'en']), 'ko')
  assert.equal(languageOf(['EN-gb', 'ko']), 'en')
  assert.equal(languageOf(['kok', 'de']), 'en')
  assert.equal(languageOf([]), 'en')
})
