import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { TurnClock } from '../../src/base/clock.ts'
import { startTimers } from '../../src/server/timers.ts'
import { World } from '../support/world.ts'

const SECOND = 1000

test('PING - a client that is silent for a minute is asked once, and closed after another one', () => {
  const world = new World()
  const [bob, alice] = world.joinAll(['bob', 'alice'], '#room')
  assert.ok(bob !== undefined && alice !== undefined)
  world.passes(59 * SECOND)
  assert.deepEqual(bob.read(), [])
  world.passes(SECOND)
  assert.deepEqual(bob.read(), ['PING irc.test'])
  for (let i = 0; i < 59; i++) {
    world.passes(SECOND)
    alice.sends('PONG irc.test')
  }
  assert.deepEqual(bob.read(), [])
  alice.read()
  world.passes(SECOND)
  assert.equal(bob.closedWith, 'Ping timeout: 120 seconds')
  assert.match(alice.read().join('|'), /^:bob!\S+ QUIT :Ping timeout: 120 seconds$/)
})

test('PING - any line is a sign of life, and after it the silence begins anew', () => {
  const world = new World()
  const bob = world.join('bob')
  for (const line of ['PONG irc.test', 'PRIVMSG', 'NONSENSE', 'PING x']) {
    world.passes(60 * SECOND)
    assert.ok(bob.read().includes('PING irc.test'), line)
    world.passes(59 * SECOND)
    bob.sends(line)
    world.passes(SECOND)
    assert.equal(bob.closedWith, undefined, line)
  }
})

test('PING - who answers each time is asked each time, also when sweeps are far between', () => {
  const world = new World()
  const bob = world.join('bob')
  for (let i = 0; i < 5; i++) {
    world.passes(100 * SECOND)
    assert.deepEqual(bob.read(), ['PING irc.test'])
    bob.sends('PONG irc.test')
  }
  assert.equal(bob.closedWith, undefined)
})

test('PING - nobody is closed who has not been asked, however long the server stood still', () => {
  const world = new World()
  const bob = world.join('bob')
  world.passes(600 * SECOND)
  assert.deepEqual([bob.closedWith, bob.read()], [undefined, ['PING irc.test']])
  world.passes(59 * SECOND)
  assert.equal(bob.closedWith, undefined)
  world.passes(SECOND)
  assert.equal(bob.closedWith, 'Ping timeout: 660 seconds')
})

test('PING - after a standstill, what clients have said meanwhile is read first', (t) => {
  t.mock.timers.enable({ apis: ['setInterval'] })
  const world = new World()
  const [bob, alice] = [world.join('bob'), world.join('alice')]
  const { clock } = world.core
  let aheadMs = 0
  const ahead: TurnClock = {
    now: () => clock.now(),
    monotonic: () => clock.monotonic() + aheadMs,
    tick: () => {},
  }
  const timers = startTimers({ ...world.core, clock: ahead }, ahead)
  world.passes(60 * SECOND)
  aheadMs = 60 * SECOND
  t.mock.timers.tick(SECOND)
  assert.deepEqual([bob.closedWith, alice.closedWith], [undefined, undefined])
  bob.sends('PONG irc.test')
  aheadMs += SECOND
  t.mock.timers.tick(SECOND)
  assert.deepEqual([bob.closedWith, alice.closedWith], [undefined, 'Ping timeout: 121 seconds'])
  timers[Symbol.dispose]()
})
