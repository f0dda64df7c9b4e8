import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { matchGlob } from './glob.ts'

/** The reference, and the reason why it is only in a test: its time explodes. */
function matchByRegExp(pattern: string, text: string): boolean {
  const source = pattern.replace(/\\[*?\\]|[^]/gu, (token) => {
    if (token === '*') return '[^]*'
    if (token === '?') return '[^]'
    return (token.length > 1 && token.startsWith('\\') ? token.slice(1) : token).replace(
      /[\\^$.*+?()[\]{}|/]/g,
      '\\$&',
    )
  })
  return new RegExp(`^${source}$`, 'u').test(text)
}

const lower = (text: string) => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase())

test('GLOB - the same answer as a regular expression', () => {
  const pattern = fc.string({
    unit: fc.constantFrom('*', '*', '?', '\\', 'a', 'B', '한', '😀'),
    maxLength: 8,
  })
  const text = fc.string({
    unit: fc.constantFrom('a', 'A', 'b', '*', '\\', '한', '😀'),
    maxLength: 8,
  })
  fc.assert(
    fc.property(pattern, text, (glob, subject) => {
      assert.equal(matchGlob(glob, subject), matchByRegExp(lower(glob), lower(subject)))
    }),
    { numRuns: 3000 },
  )
})

test('GLOB - ? is one code point, not half of a pair', () => {
  assert.equal(matchGlob('?', '😀'), true)
  assert.equal(matchGlob('??', '😀'), false)
  assert.equal(matchGlob('*??', '😀'), false)
  assert.equal(matchGlob('*?한', '😀한'), true)
})

test('GLOB - a backslash makes a wildcard plain, and is plain before anything else', () => {
  assert.equal(matchGlob('a\\*', 'a*'), true)
  assert.equal(matchGlob('a\\*', 'ab'), false)
  assert.equal(matchGlob('a\\\\*', 'a\\b'), true)
  assert.equal(matchGlob('a\\b', 'a\\b'), true)
  assert.equal(matchGlob('a\\', 'a\\'), true)
})

test('GLOB - case is that of ASCII', () => {
  assert.equal(matchGlob('NICK', 'nick'), true)
  assert.equal(matchGlob('Ж', 'ж'), false)
  assert.equal(matchGlob('[', '{'), false)
})

test('GLOB - many stars cost steps, not exponents', () => {
  const pattern = `${'*a'.repeat(120)}*b`
  assert.equal(matchGlob(pattern, 'a'.repeat(400)), false)
  assert.equal(matchGlob(pattern, `${'a'.repeat(400)}b`), true)
})
