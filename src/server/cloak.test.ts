import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createCloak } from './cloak.ts'

const cloak = createCloak(new Uint8Array(32).fill(7))

test('cloak - the same host is always the same cloak, and another key makes another', () => {
  assert.equal(cloak('192.0.2.1', '192.0.2.1'), cloak('192.0.2.1', '192.0.2.1'))
  const other = createCloak(new Uint8Array(32).fill(8))
  assert.notEqual(cloak('192.0.2.1', '192.0.2.1'), other('192.0.2.1', '192.0.2.1'))
})

test('cloak - neighbours share the parts of their networks, so that a ban can take them in', () => {
  const [, narrow, wide] = cloak('192.0.2.1', '192.0.2.1').split('.')
  const neighbour = cloak('192.0.2.99', '192.0.2.99').split('.')
  assert.deepEqual(neighbour.slice(1), [narrow, wide, 'ip'])
  const sixth = cloak('2001:db8:0:1::1', '2001:db8:0:1::1')
  assert.equal(sixth, cloak('2001:db8:0:1:f::2', '2001:db8:0:1:f::2'))
  assert.notEqual(sixth, cloak('2001:db8:0:2::1', '2001:db8:0:2::1'))
})

test('cloak - nothing of an address shows', () => {
  for (const address of ['192.0.2.1', '10.20.30.40', '2001:db8::1']) {
    const text = cloak(address, address)
    assert.match(text, /^[a-z2-9]{4}\.[a-z2-9]{4}\.[a-z2-9]{4}\.ip$/)
    assert.ok(!text.includes('192') && !text.includes('2001'))
  }
})

test('cloak - of a host name the domain stays, so that it can be banned by hand', () => {
  assert.match(cloak('dsl-17.example.net', '192.0.2.1'), /^[a-z2-9]{4}\.example\.net$/)
})
