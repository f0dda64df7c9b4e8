import assert from 'node:assert/strict'
import { test } from 'node:test'
import { World } from '../support/world.ts'

test('PING - is answered with its token, before and after registration', () => {
  const world = new World()
  assert.deepEqual(world.connect().asks('PING :a b'), [':irc.test PONG irc.test :a b'])
  const alice = world.join('alice')
  assert.deepEqual(alice.asks('PING abcdef'), [':irc.test PONG irc.test abcdef'])
})

test('PING - without a token, or with an empty one, is 409', () => {
  const alice = new World().join('alice')
  for (const line of ['PING', 'PING :']) {
    assert.deepEqual(alice.asks(line), [':irc.test 409 alice :No origin specified'])
  }
})

test('PING - a token that would not fit its answer is 417, never another token', () => {
  const alice = new World().join('alice')
  const most = 512 - ':irc.test PONG irc.test :\r\n'.length
  assert.equal(
    alice
      .asks(`PING ${'x'.repeat(most)}`)[0]
      ?.split(' ')
      .at(-1)?.length,
    most,
  )
  assert.deepEqual(alice.asks(`PING ${'x'.repeat(most + 1)}`), [
    ':irc.test 417 alice :Input line was too long',
  ])
})

test('QUIT - "The server acknowledges this by sending an ERROR message to the client", others see it', () => {
  const world = new World()
  const [alice, bob] = world.joinAll(['alice', 'bob'], '#art')
  assert.deepEqual(alice?.asks('QUIT :out for tea'), ['ERROR :Quit: out for tea'])
  assert.deepEqual(bob?.read(), [':alice!~alice@192-0-2-1.cloak QUIT :Quit: out for tea'])
  assert.equal(alice?.closedWith, 'Quit: out for tea')
})

test('QUIT - a reason that is too long for a line is cut between two letters', () => {
  const world = new World()
  const [alice, bob] = world.joinAll(['alice', 'bob'], '#art')
  alice?.sends(`QUIT :${'가'.repeat(160)}`)
  assert.equal(bob?.read()[0]?.split('Quit: ')[1], '가'.repeat(100))
})

test('QUIT - ends a stranger as well, and its nick was never taken', () => {
  const world = new World()
  const stranger = world.connect()
  assert.deepEqual(stranger.asks('NICK alice', 'QUIT'), ['ERROR :Client quit'])
  assert.match(world.connect().asks('NICK alice', 'USER a 0 * :a')[0] ?? '', / 001 alice /)
})
