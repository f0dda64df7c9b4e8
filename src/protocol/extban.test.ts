import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { fitsAccount, parseExtban, parseListEntry } from './extban.ts'

test('EXTBAN - accounts and mutes are known, others are not', () => {
  assert.deepEqual(parseExtban('~a:anna'), { kind: 'account', account: 'anna' })
  assert.deepEqual(parseExtban('~m:*!*@host'), { kind: 'mute', mask: '*!*@host' })
  for (const mask of ['~a:', '~m:', '~x:y', '$a:y', 'a:y', '~A:y', '']) {
    assert.equal(parseExtban(mask), undefined, mask)
  }
})

test('EXTBAN - entries are kept in one form', () => {
  assert.equal(parseListEntry('anna'), 'anna!*@*')
  assert.equal(parseListEntry('~m:anna'), '~m:anna!*@*')
  assert.equal(parseListEntry('~m:~a:anna'), '~m:~a:anna')
  assert.equal(parseListEntry('~a:*'), '~a:*')
})

test('EXTBAN - what says nothing, or a mute of a mute, is refused', () => {
  for (const raw of ['', '~a:', '~x:y', '~m:', '~m:~m:anna', '~m:~x:y', '~m:~a:', 'a b', ':a']) {
    assert.equal(parseListEntry(raw), undefined, raw)
  }
})

test('EXTBAN - an entry in its form is in its form', () => {
  const word = fc.array(
    fc.constantFrom('~', 'a', 'm', ':', '*', '!', '@', 'x', '\\', '한', '.', '/'),
    {
      maxLength: 10,
    },
  )
  fc.assert(
    fc.property(word, (letters) => {
      const entry = parseListEntry(letters.join(''))
      if (entry === undefined) return
      assert.equal(parseListEntry(entry), entry)
      assert.doesNotMatch(entry, /^:|[ \0\r\n]/)
    }),
    { numRuns: 3000 },
  )
})

test('EXTBAN - nobody without an account fits one', () => {
  assert.ok(fitsAccount('an*', 'anna'))
  assert.ok(!fitsAccount('*', undefined))
})
