import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { MASK_BYTES, matchMask, parseMask } from './mask.ts'

test('MASK - what is missing is *', () => {
  const cases = {
    alice: 'alice!*@*',
    'al*': 'al*!*@*',
    '*': '*!*@*',
    'a@b': '*!a@b',
    'a!b': 'a!b@*',
    'a!b@c': 'a!b@c',
    'a!': 'a!*@*',
    '@b': '*!*@b',
    '!@': '*!*@*',
    '*.example.org': '*!*@*.example.org',
    '192.0.2.0/24': '*!*@192.0.2.0/24',
    '2001:db8::/32': '*!*@2001:db8::/32',
    마루: '마루!*@*',
    '**!***@**a**': '*!*@*a*',
    'a\\**': 'a\\**!*@*',
  }
  for (const [raw, text] of Object.entries(cases)) assert.equal(parseMask(raw)?.text, text, raw)
})

test('MASK - extbans are kept as written, and are no address', () => {
  for (const raw of ['$a:alice', '$~a', '~q:bar!*@*', '~account:Alice']) {
    assert.deepEqual(parseMask(raw), { kind: 'extended', text: raw })
    assert.equal(matchMask(raw, 'alice!~user@host'), false)
  }
})

test('MASK - what can not be a parameter of a list, or has its parts in disorder, is refused', () => {
  for (const raw of [
    '',
    ':a',
    'a b',
    'a\u0000',
    'a\u3000b',
    'a@b!c',
    'a\ud800',
    'a'.repeat(MASK_BYTES + 1),
  ]) {
    assert.equal(parseMask(raw), undefined, raw)
  }
})

test('MASK - completing a completed mask changes nothing', () => {
  const raw = fc.string({ unit: fc.constantFrom('a', 'B', '*', '?', '!', '@', '.', '\\', '가') })
  fc.assert(
    fc.property(raw, (text) => {
      const mask = parseMask(text)
      if (mask !== undefined) assert.deepEqual(parseMask(mask.text), mask)
    }),
  )
})

test('MASK - a nick, a user or a host fits the mask made of it', () => {
  const part = fc.string({
    unit: fc.constantFrom('a', 'B', '1', '_', '가', '😀'),
    minLength: 1,
    maxLength: 12,
  })
  fc.assert(
    fc.property(part, part, part, (nick, user, host) => {
      const source = `${nick}!${user}@${host}.example`
      for (const raw of [
        nick,
        nick.toUpperCase(),
        `*@${host}.example`,
        `${user}@*`,
        `${nick}!${user}@*`,
      ]) {
        const mask = parseMask(raw)
        assert.ok(mask !== undefined && matchMask(mask.text, source), raw)
      }
      const other = parseMask(`${nick}x`)
      assert.ok(other !== undefined && !matchMask(other.text, source))
    }),
  )
})
