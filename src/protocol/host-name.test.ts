import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { HOST_BYTES, isHostName } from './host-name.ts'

test('HOST - names, addresses and cloaks', () => {
  for (const host of [
    'localhost',
    'a.example.org',
    '192.0.2.1',
    '2001:db8::1',
    '0::1',
    'maru/user/a-b',
    'x_y.example',
  ]) {
    assert.equal(isHostName(host), true, host)
  }
})

test('HOST - what would break a line, a mask or a source', () => {
  const bad = [
    '',
    '::1',
    '.a',
    'a..b',
    'a.',
    'a/',
    '-a',
    'a b',
    'a!b',
    'a@b',
    'a*',
    'a?',
    'a\x07',
    'a\n',
    'ä.example',
  ]
  for (const host of [...bad, 'a'.repeat(HOST_BYTES + 1)])
    assert.equal(isHostName(host), false, host)
})

test('HOST - every IP address fits, with a 0 before a leading colon', () => {
  fc.assert(
    fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), (address) => {
      assert.equal(isHostName(address.startsWith(':') ? `0${address}` : address), true)
    }),
  )
})
