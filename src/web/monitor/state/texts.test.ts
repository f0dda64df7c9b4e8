import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { assertWhole, notKorean } from '../../../../test/support/text-catalogue.ts'
import { TEXTS, type TextKey } from './texts.ts'

const keys = Object.keys(TEXTS) as TextKey[]

test('TEXTS - every text is there in every language, with the same values in it', () => {
  assertWhole(TEXTS)
})

test('TEXTS - the Korean ones are Korean, but for what has no other name', () => {
  const same = notKorean(TEXTS)
  assert.deepEqual(same, ['p50', 'p99'])
})

// Some keys are put together from two words.
const MADE = /^(?:restart|stop)(?:Title|More|Do)$/

test('TEXTS - nothing is in the catalogue that the page never says', () => {
  const folder = join(import.meta.dirname, '..')
  // What can be well or not is named where all surfaces of the monitor take it from.
  const source = globSync('{page,state,feed,../shared,../shared/page,../../feed}/*.{ts,tsx}', {
    cwd: folder,
  })
    .filter((file) => !/texts/.test(file))
    .map((file) => readFileSync(join(folder, file), 'utf8'))
    .join('\n')
  const unsaid = keys.filter(
    (key) => !MADE.test(key) && !source.includes(`'${key}'`) && !source.includes(`"${key}"`),
  )
  assert.deepEqual(unsaid, [])
})
