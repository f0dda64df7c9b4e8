import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createSignInFailures } from './sign-in-failures.ts'
import type { SignInFailures } from './sign-in-failures.ts'

const ADDRESS = '192.0.2.1'

function fail(failures: SignInFailures, times: number, name = 'anna', from = ADDRESS): void {
  for (let i = 0; i < times; i += 1) failures.begin(name, from, 0)
}

test('SIGN-IN - five wrong ones are free, then each doubles the wait up to five minutes', () => {
  const failures = createSignInFailures()
  const waits: number[] = []
  for (let i = 0; i < 15; i += 1) {
    fail(failures, 1)
    waits.push(failures.waitMs('anna', ADDRESS, 0) / 1000)
  }
  assert.deepEqual(waits, [0, 0, 0, 0, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300])
  assert.equal(failures.waitMs('anna', ADDRESS, 299_000), 1000)
  assert.equal(failures.waitMs('anna', ADDRESS, 300_000), 0)
})

test('SIGN-IN - a name is slowed from everywhere, an address for every name', () => {
  const failures = createSignInFailures()
  fail(failures, 3, 'anna', '192.0.2.1')
  fail(failures, 2, 'anna', '192.0.2.2')
  assert.equal(failures.waitMs('anna', '192.0.2.3', 0), 2000)
  assert.equal(failures.waitMs('ben', '192.0.2.1', 0), 0)
  fail(failures, 2, 'ben', '192.0.2.1')
  assert.equal(failures.waitMs('eve', '192.0.2.1', 0), 2000)
  assert.equal(failures.waitMs(undefined, '192.0.2.1', 0), 2000)
  assert.equal(failures.waitMs('eve', '192.0.2.2', 0), 0)
})

test('SIGN-IN - a /64 of IPv6 is one address', () => {
  const failures = createSignInFailures()
  for (let i = 1; i <= 5; i += 1) fail(failures, 1, `name${i}`, `2001:db8::${i}`)
  assert.equal(failures.waitMs('eve', '2001:db8::ffff:1', 0), 2000)
  assert.equal(failures.waitMs('eve', '2001:db8:0:1::1', 0), 0)
})

test('SIGN-IN - a success forgets the wrong ones of that name from that address alone', () => {
  const failures = createSignInFailures()
  fail(failures, 2, 'ben', ADDRESS)
  fail(failures, 4, 'anna', '198.51.100.1')
  fail(failures, 2, 'anna', ADDRESS)
  failures.begin('anna', ADDRESS, 10_000).succeed()
  // Two of ben's are left to the address, so that an own account doesn't help to guess at another's.
  fail(failures, 2, 'eve', ADDRESS)
  assert.equal(failures.waitMs('eve', ADDRESS, 0), 0)
  fail(failures, 1, 'eve', ADDRESS)
  assert.equal(failures.waitMs('eve', ADDRESS, 0), 2000)
  // Four of the other address are left to the name.
  fail(failures, 1, 'anna', '203.0.113.1')
  assert.equal(failures.waitMs('anna', '203.0.113.9', 0), 2000)
})

test('SIGN-IN - strangers who know a name do not lock it out from where it has signed in', () => {
  const failures = createSignInFailures()
  failures.begin('anna', ADDRESS, 0).succeed()
  for (let i = 0; i < 50; i += 1) fail(failures, 1, 'anna', `198.51.100.${i}`)
  assert.equal(failures.waitMs('anna', ADDRESS, 0), 0)
  assert.equal(failures.waitMs('anna', '203.0.113.1', 0), 300_000)
  fail(failures, 5, 'anna', ADDRESS)
  assert.equal(failures.waitMs('anna', ADDRESS, 0), 2000)
})

test('SIGN-IN - after fifteen minutes they are forgotten', () => {
  const failures = createSignInFailures()
  fail(failures, 9)
  failures.begin('anna', ADDRESS, 900_000)
  assert.equal(failures.waitMs('anna', ADDRESS, 900_000), 0)
})
