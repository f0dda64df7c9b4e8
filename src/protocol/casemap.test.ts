import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { foldCase } from './casemap.ts'

test('CASEMAP - A-Z become a-z, the brackets of rfc1459 and letters beyond ASCII stay', () => {
  assert.equal(foldCase('#Maru[]\\~'), '#maru[]\\~')
  assert.equal(foldCase('ÀB한글Ж'), 'Àb한글Ж')
  assert.equal(foldCase('İK'), 'İk')
})

test('CASEMAP - each code unit is folded by itself, in NFC', () => {
  const byUnit = (text: string) =>
    text
      .split('')
      .map((unit) => (unit >= 'A' && unit <= 'Z' ? unit.toLowerCase() : unit))
      .join('')
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const folded = foldCase(text)
      assert.equal(folded, byUnit(text.normalize('NFC')))
      assert.equal(foldCase(folded), folded)
    }),
  )
})

test('CASEMAP - letters of Korean and their marks are the same whole and in pieces', () => {
  for (const name of ['#한글방', '민지', 'Zoë', '\u212a']) {
    assert.equal(foldCase(name.normalize('NFD')), foldCase(name))
  }
  assert.equal(foldCase('\u212a'), 'k')
})
