import assert from 'node:assert/strict'
import { test } from 'node:test'
import { queryOf } from './search-words.ts'

test('SEARCH - words that filter are taken out of the text; a day that is none is a word', () => {
  const dayAt = (year: number, month: number, day: number): number => Date.UTC(year, month - 1, day)
  assert.deepEqual(queryOf('blue from:@mina in:#art after:2026-01-31 has:link sky', dayAt), {
    text: 'blue sky',
    hasLink: true,
    from: 'mina',
    in: '#art',
    afterMs: Date.UTC(2026, 0, 31),
  })
  assert.deepEqual(queryOf('before:tomorrow from: has:it', dayAt), {
    text: 'before:tomorrow from: has:it',
  })
})
