import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { assertWhole, notKorean } from '../../../../test/support/text-catalogue.ts'
import { TEXTS, type TextKey } from './texts.ts'

const keys = Object.keys(TEXTS) as TextKey[]

test('TEXTS - every text of the chat is there in every language, with the same values in it', () => {
  assertWhole(TEXTS)
})

test('TEXTS - the Korean ones of the chat are Korean, but for those that are only values', () => {
  const same = notKorean(TEXTS)
  assert.deepEqual(same, ['announced', 'reactedWith', 'doneTo'])
})

test('TEXTS - nothing is in the catalogue that the chat never says', () => {
  const folder = join(import.meta.dirname, '..')
  const source = globSync('{page,state,../shared}/**/*.{ts,tsx}', { cwd: folder })
    .filter((file) => !/texts/.test(file))
    .map((file) => readFileSync(join(folder, file), 'utf8'))
    .join('\n')
  // Those of people who are here, away or gone come with the presence itself.
  const presence = ['here', 'away', 'gone']
  const unsaid = keys.filter(
    (key) => !presence.includes(key) && !new RegExp(`['"]${key}['"]|\\b${key}:`).test(source),
  )
  assert.deepEqual(unsaid, [])
})
