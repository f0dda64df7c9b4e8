import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  addLoginFailure,
  forgetLoginFailures,
  loginWaitMs,
  type LoginFailures,
} from './login-failures.ts'

function failing(times: number, address = '192.0.2.1'): LoginFailures {
  const failures: LoginFailures = new Map()
  for (let i = 0; i < times; i++) addLoginFailure(failures, address, 0)
  return failures
}

test('LOGIN - five wrong passwords are free, then the wait doubles up to five minutes', () => {
  const waits = [4, 5, 6, 7, 12, 13, 100].map((n) => loginWaitMs(failing(n), '192.0.2.1', 0))
  assert.deepEqual(waits, [0, 2000, 4000, 8000, 256_000, 300_000, 300_000])
})

test('LOGIN - the wait ends, and after a quarter of an hour all is forgotten', () => {
  const failures = failing(6)
  assert.equal(loginWaitMs(failures, '192.0.2.1', 3000), 1000)
  assert.equal(loginWaitMs(failures, '192.0.2.1', 4000), 0)
  addLoginFailure(failures, '192.0.2.1', 900_000)
  assert.equal(loginWaitMs(failures, '192.0.2.1', 900_000), 0)
})

test('LOGIN - the addresses of one IPv6 /64 wait together, IPv4 addresses alone', () => {
  const failures = failing(5, '2001:db8::1')
  assert.equal(loginWaitMs(failures, '2001:db8::2', 0), 2000)
  assert.equal(loginWaitMs(failures, '2001:db8:0:1::1', 0), 0)
  assert.equal(loginWaitMs(failing(5), '192.0.2.2', 0), 0)
})

test('LOGIN - a right password takes the wait away', () => {
  const failures = failing(5)
  forgetLoginFailures(failures, '192.0.2.1')
  assert.equal(loginWaitMs(failures, '192.0.2.1', 0), 0)
})

test('LOGIN - an attacker with many addresses fills no memory', () => {
  const failures: LoginFailures = new Map()
  for (let i = 0; i < 12_000; i++) addLoginFailure(failures, `10.0.${i >> 8}.${i & 255}`, i)
  assert.equal(failures.size, 10_000)
  addLoginFailure(failures, '192.0.2.1', 2_000_000)
  assert.equal(failures.size, 1)
})
