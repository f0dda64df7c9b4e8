import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { fitsAccount, parseExtban, parseListEntry } from './extban.ts'
import { MASK_BYTES } from './mask.ts'
import { utf8Length } from './utf8.ts'

test('EXTBAN - entries are completed, inside of a mute as well', () => {
  const cases = {
    bob: 'bob!*@*',
    '*.example.org': '*!*@*.example.org',
    '~a:bob': '~a:bob',
    '~a:*': '~a:*',
    '~m:bob': '~m:bob!*@*',
    '~m:*!*@192.0.2.0/24': '~m:*!*@192.0.2.0/24',
    '~m:~a:bob': '~m:~a:bob',
  }
  for (const [raw, text] of Object.entries(cases)) assert.equal(parseListEntry(raw), text, raw)
})

test('EXTBAN - what Maru does not know, or is not complete, is refused', () => {
  for (const raw of [
    '$a:bob',
    '~q:bob',
    '~a:',
    '~m:',
    '~m:~m:bob',
    '~m:~x:bob',
    '~account:bob',
    '',
  ]) {
    assert.equal(parseListEntry(raw), undefined, raw)
  }
})

test('EXTBAN - whatever is accepted is stable, and of the length of a mask', () => {
  fc.assert(
    fc.property(fc.constantFrom('', '~a:', '~m:', '~m:~a:'), fc.string(), (start, rest) => {
      const entry = parseListEntry(start + rest)
      if (entry === undefined) return
      assert.equal(parseListEntry(entry), entry)
      assert.ok(utf8Length(entry) <= MASK_BYTES)
    }),
  )
})

test('EXTBAN - "Servers MUST support matching exact account names", in any case', () => {
  const extban = parseExtban('~a:Bob')
  assert.ok(extban?.kind === 'account')
  assert.equal(fitsAccount(extban.account, 'bob'), true)
  assert.equal(fitsAccount(extban.account, 'bobby'), false)
  assert.equal(fitsAccount(extban.account, undefined), false)
  assert.equal(fitsAccount('*', undefined), false)
})

test('EXTBAN - accounts and mutes are known, others are not', () => {
  assert.deepEqual(parseExtban('~a:anna'), { kind: 'account', account: 'anna' })
  assert.deepEqual(parseExtban('~m:*!*@host'), { kind: 'mute', mask: '*!*@host' })
  for (const mask of ['~a:', '~m:', '~x:y', '$a:y', 'a:y', '~A:y', '']) {
    assert.equal(parseExtban(mask), undefined, mask)
  }
})

test('EXTBAN - no entry can break the line that shows it', () => {
  const letter = fc.constantFrom(
    '~',
    'a',
    'm',
    ':',
    '*',
    '!',
    '@',
    'x',
    '\\',
    '한',
    '.',
    '/',
    ' ',
    '\n',
  )
  fc.assert(
    fc.property(fc.array(letter, { maxLength: 10 }), (letters) => {
      const entry = parseListEntry(letters.join(''))
      assert.doesNotMatch(entry ?? '', /^:|[ \0\r\n]/)
    }),
    { numRuns: 2000 },
  )
})
