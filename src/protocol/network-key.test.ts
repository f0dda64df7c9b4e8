import assert from 'node:assert/strict'
import { test } from 'node:test'
import { networkKey } from './network-key.ts'

test('NETWORK KEY - an IPv4 address is a peer of its own, in whichever form it is written', () => {
  assert.equal(networkKey('192.0.2.1'), '192.0.2.1')
  assert.equal(networkKey('::ffff:192.0.2.1'), '192.0.2.1')
  assert.notEqual(networkKey('192.0.2.2'), networkKey('192.0.2.1'))
})

test('NETWORK KEY - all of an IPv6 /64 is one peer, and the next /64 another', () => {
  assert.equal(networkKey('2001:db8:1:2:3:4:5:6'), '2001:db8:1:2::/64')
  assert.equal(networkKey('2001:DB8:1:2::9'), '2001:db8:1:2::/64')
  assert.equal(networkKey('2001:db8:1:3::9'), '2001:db8:1:3::/64')
})

test('NETWORK KEY - what is no address is its own key', () => {
  for (const text of ['', 'unix:', 'localhost', '192.0.2.256', 'fe80::1%eth0']) {
    assert.equal(networkKey(text), text)
  }
})
