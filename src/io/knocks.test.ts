import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Knocks } from './knocks.ts'

test('KNOCKS - so many at a time from one address, and a place is free again when one has left', () => {
  const knocks = new Knocks(2)
  const leave = knocks.enter('192.0.2.1')
  assert.ok(leave !== undefined && knocks.enter('192.0.2.1') !== undefined)
  assert.equal(knocks.enter('192.0.2.1'), undefined)
  assert.ok(knocks.enter('192.0.2.2') !== undefined)
  leave()
  leave()
  assert.ok(knocks.enter('192.0.2.1') !== undefined)
  assert.equal(knocks.enter('192.0.2.1'), undefined)
})

test('KNOCKS - a /64 is one address, and loopback is exempt', () => {
  const knocks = new Knocks(1)
  assert.ok(knocks.enter('2001:db8::1') !== undefined)
  assert.equal(knocks.enter('2001:db8::2'), undefined)
  assert.ok(knocks.enter('2001:db8:0:1::1') !== undefined)
  for (let i = 0; i < 5; i++) assert.ok(knocks.enter('127.0.0.1') !== undefined)
})
