import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DEFAULT_LIMITS } from '../../src/protocol/limits.ts'
import { setUserModes, userOf } from '../support/facts.ts'
import { World } from '../support/world.ts'

const HOST = '192-0-2-1.cloak'

function withChatLimits(limits: Partial<typeof DEFAULT_LIMITS.chat>): World {
  return new World({ limits: { ...DEFAULT_LIMITS, chat: { ...DEFAULT_LIMITS.chat, ...limits } } })
}

test('SILENCE - keeps private messages of a mask away, and the sender is not told', () => {
  const world = new World()
  const [alice, bob] = [world.join('alice'), world.join('bob')]
  assert.deepEqual(alice.asks('SILENCE +bob'), [`:alice!~alice@${HOST} SILENCE +bob!*@*`])
  assert.deepEqual(bob.asks('PRIVMSG alice :hi', 'NOTICE alice :hi'), [])
  assert.deepEqual(alice.read(), [])
  assert.deepEqual(alice.asks('SILENCE -BOB'), [`:alice!~alice@${HOST} SILENCE -bob!*@*`])
  bob.sends('PRIVMSG alice :hi')
  assert.equal(alice.read().length, 1)
})

test('SILENCE - rooms are not silenced, and operators are heard', async () => {
  const world = new World()
  const [alice, bob] = world.joinAll(['alice', 'bob'], '#art')
  const root = await world.joinAsOperator('root')
  alice?.sends('SILENCE *')
  alice?.read()
  bob?.sends('PRIVMSG #art :hi')
  root.sends('PRIVMSG alice :listen')
  assert.equal(alice?.read().length, 2)
})

test('SILENCE - lists, and does not take the same mask twice', () => {
  const alice = new World().join('alice')
  alice.sends('SILENCE +*!*@evil.example,+Bob', 'SILENCE +bob', 'SILENCE bob')
  alice.read()
  const listed = [
    ':irc.test 271 alice *!*@evil.example',
    ':irc.test 271 alice Bob!*@*',
    ':irc.test 272 alice :End of Silence List',
  ]
  assert.deepEqual(alice.asks('SILENCE'), listed)
  assert.deepEqual(alice.asks('SILENCE alice'), listed)
})

test('SILENCE - a full list and a bad mask are refused', () => {
  const alice = withChatLimits({ silenceEntries: 1 }).join('alice', 'standard-replies')
  alice.asks('SILENCE +bob')
  assert.deepEqual(alice.asks('SILENCE +carol'), [
    ':irc.test 511 alice carol!*@* :Your silence list is full',
  ])
  for (const mask of ['+', '+a@b!c', '+$a:x']) {
    assert.match(alice.asks(`SILENCE ${mask}`)[0] ?? '', / FAIL SILENCE INVALID_MASK /)
  }
})

test('ACCEPT - lets somebody without an account write to a +R user', () => {
  const world = new World()
  const [alice, bob] = [world.join('alice'), world.join('bob')]
  setUserModes(world, 'alice', '+R')
  alice.read()
  assert.match(bob.asks('PRIVMSG alice :hi')[0] ?? '', / 477 bob alice :/)
  assert.deepEqual(alice.asks('ACCEPT Bob'), [])
  assert.deepEqual(bob.asks('PRIVMSG alice :hi'), [])
  assert.equal(alice.read().length, 1)
  assert.deepEqual(alice.asks('ACCEPT *'), [
    ':irc.test 281 alice bob',
    ':irc.test 282 alice :End of /ACCEPT list',
  ])
  alice.sends('ACCEPT -bob')
  assert.match(bob.asks('PRIVMSG alice :hi')[0] ?? '', / 477 /)
})

test('ACCEPT - twice, not there, nobody of this nick, and a full list', () => {
  const world = withChatLimits({ acceptEntries: 1 })
  const alice = world.join('alice')
  world.join('bob')
  world.join('carol')
  assert.deepEqual(alice.asks('ACCEPT bob,bob,-carol,nobody,carol'), [
    ':irc.test 457 alice bob :is already on your accept list',
    ':irc.test 458 alice carol :is not on your accept list',
    ':irc.test 401 alice nobody :No such nick',
    ':irc.test 456 alice :Accept list is full',
  ])
})

test('ACCEPT - whom a +R user writes to, may answer', () => {
  const world = new World()
  const [alice, bob] = [world.join('alice'), world.join('bob')]
  setUserModes(world, 'alice', '+R')
  alice.sends('PRIVMSG bob :hi')
  alice.read()
  bob.read()
  assert.deepEqual(bob.asks('PRIVMSG alice :hi yourself'), [])
  assert.equal(alice.read().length, 1)
  assert.deepEqual([...(userOf(world, 'alice').accepts ?? [])], [userOf(world, 'bob').person])
})

test('ACCEPT - it is for the one who was let in, whatever they are called, and for nobody who takes their nick', () => {
  const world = withChatLimits({ acceptEntries: 1 })
  const [alice, bob] = [world.join('alice'), world.join('bob')]
  setUserModes(world, 'alice', '+R')
  alice.sends('ACCEPT bob')
  alice.read()
  bob.sends('NICK robert')
  const thief = world.join('bob')
  assert.match(thief.asks('PRIVMSG alice :hi')[0] ?? '', / 477 bob alice :/)
  bob.sends('PRIVMSG alice :hi')
  assert.equal(alice.read().length, 1)
  assert.match(alice.asks('ACCEPT *')[0] ?? '', / 281 alice robert$/)
  bob.sends('QUIT')
  const next = world.join('robert')
  assert.match(next.asks('PRIVMSG alice :hi')[0] ?? '', / 477 robert alice :/)
  // Who has left takes no place.
  assert.deepEqual(alice.asks('ACCEPT robert'), [])
  next.sends('PRIVMSG alice :hi')
  assert.equal(alice.read().length, 1)
})

test('ACCEPT - without +R nobody is put on the list by writing to them', () => {
  const world = new World()
  const alice = world.join('alice')
  world.join('bob')
  alice.sends('PRIVMSG bob :hi')
  assert.equal(userOf(world, 'alice').accepts, undefined)
})

test('ACCEPT - a full list: the writer is warned that there will be no answer', () => {
  const world = withChatLimits({ acceptEntries: 1 })
  const alice = world.join('alice', 'standard-replies')
  const [bob] = [world.join('bob'), world.join('carol')]
  setUserModes(world, 'alice', '+R')
  alice.sends('ACCEPT carol')
  alice.read()
  assert.match(alice.asks('PRIVMSG bob :hi')[0] ?? '', / WARN PRIVMSG ACCEPT_LIST_FULL bob :/)
  assert.equal(bob?.read().length, 1)
})
