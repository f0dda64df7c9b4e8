import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { LANGUAGES, languageOf, textOf, TEXTS, type TextKey } from './texts.ts'

const keys = Object.keys(TEXTS) as TextKey[]
const places = (text: string): string[] => [...text.matchAll(/\{\w+\}/g)].map(String).sort()

test('TEXTS - every text is there in every language, with the same values in it', () => {
  for (const key of keys) {
    const said: readonly string[] = TEXTS[key]
    assert.equal(said.length, LANGUAGES.length, key)
    assert.ok(
      said.every((text) => text.trim() === text && text !== ''),
      key,
    )
    assert.deepEqual(places(said[1] ?? ''), places(said[0] ?? ''), key)
  }
})

test('TEXTS - the Korean ones are Korean, but for what has no other name', () => {
  const same = keys.filter((key) => !/\p{Script=Hangul}/u.test(TEXTS[key][1]))
  assert.deepEqual(same, ['p50', 'p99'])
})

// Some keys are put together from two words.
const MADE = /^(?:restart|stop)(?:Title|More|Do)$/

test('TEXTS - nothing is in the catalogue that the page never says', () => {
  const folder = join(import.meta.dirname, '..')
  // What can be well or not is named where all surfaces of the monitor take it from.
  const source = globSync('{page,state,feed,../../feed}/*.{ts,tsx}', { cwd: folder })
    .filter((file) => !/texts/.test(file))
    .map((file) => readFileSync(join(folder, file), 'utf8'))
    .join('\n')
  const unsaid = keys.filter(
    (key) => !MADE.test(key) && !source.includes(`'${key}'`) && !source.includes(`"${key}"`),
  )
  assert.deepEqual(unsaid, [])
})

test('TEXTS - values are put in as they are, once', () => {
  assert.equal(textOf('en', 'kickTitle', { who: '{who} $& {x}' }), 'Kick {who} $& {x} from a room')
  assert.equal(textOf('ko', 'asOf', { duration: '3초' }), '3초 전 값')
})

test('TEXTS - the language is the first that somebody reads and we have', () => {
  assert.equal(languageOf(['fr-CA', 'ko-KR', 'en']), 'ko')
  assert.equal(languageOf(['EN-gb', 'ko']), 'en')
  assert.equal(languageOf(['kok', 'de']), 'en')
  assert.equal(languageOf([]), 'en')
})
