import assert from 'node:assert/strict'
import { test } from 'node:test'
import { prefixOf } from '../../src/protocol/modes.ts'
import { FOUNDING_RANKS } from '../../src/state/channel.ts'
import { codes } from '../support/channels.ts'
import { World } from '../support/world.ts'

const CAPS = ['draft/channel-rename', 'standard-replies'] as const
const FOUNDER_PREFIX = prefixOf(FOUNDING_RANKS)

test('RENAME - "A channel rename preserves all channel state, such as membership, mode and topic"', () => {
  const world = new World()
  const alice = world.join('alice', ...CAPS)
  alice.sends('JOIN #old', 'TOPIC #old :plans', 'MODE #old +k sesame')
  const bob = world.join('bob', ...CAPS)
  bob.sends('JOIN #old sesame')
  for (const actor of [alice, bob]) actor.read()
  assert.deepEqual(alice.asks('RENAME #old #new :typo'), [
    ':alice!~alice@192-0-2-1.cloak RENAME #old #new typo',
  ])
  assert.deepEqual(bob.read(), [':alice!~alice@192-0-2-1.cloak RENAME #old #new typo'])
  assert.match(bob.asks('TOPIC #new')[0] ?? '', / 332 bob #new :plans$/)
  assert.match(bob.asks('MODE #new')[0] ?? '', / 324 bob #new \+ntk sesame$/)
  bob.sends('PRIVMSG #new :hi')
  assert.deepEqual(codes(alice.read()), ['PRIVMSG'])
})

test('RENAME - "the server to client command MUST always include the third parameter"', () => {
  const alice = new World().join('alice', ...CAPS)
  alice.asks('JOIN #old')
  assert.deepEqual(alice.asks('RENAME #old #new'), [
    ':alice!~alice@192-0-2-1.cloak RENAME #old #new :',
  ])
})

test('RENAME - those without the capability see a PART, then the usual messages of a JOIN', () => {
  const world = new World()
  const alice = world.join('alice', ...CAPS)
  alice.sends('JOIN #old', 'TOPIC #old :plans')
  const bob = world.join('bob')
  bob.asks('JOIN #old')
  alice.asks('RENAME #old #new :typo')
  assert.deepEqual(bob.read(), [
    ':bob!~bob@192-0-2-1.cloak PART #old :typo',
    ':bob!~bob@192-0-2-1.cloak JOIN #new',
    ':irc.test 332 bob #new :plans',
    ':irc.test 333 bob #new alice!~alice@192-0-2-1.cloak 1767268800',
    `:irc.test 353 bob = #new :${FOUNDER_PREFIX}alice bob`,
    ':irc.test 366 bob #new :End of /NAMES list',
  ])
})

test('RENAME - "This fallback SHOULD NOT be used if the rename only changes the case"', () => {
  const world = new World()
  const alice = world.join('alice', ...CAPS)
  alice.asks('JOIN #art')
  const bob = world.join('bob')
  bob.asks('JOIN #art')
  alice.read()
  assert.deepEqual(codes(alice.asks('RENAME #art #Art')), ['RENAME'])
  assert.deepEqual(bob.read(), [])
  assert.deepEqual(codes(bob.asks('NAMES #ART')), ['353', '366'])
})

test('RENAME - a name that is taken, or looks like one that is: CHANNEL_NAME_IN_USE', () => {
  const world = new World()
  world.joinAll(['bob'], '#paypal')
  const alice = world.join('alice', ...CAPS)
  alice.asks('JOIN #art')
  for (const name of ['#PayPal', '#pаypal']) {
    const [reply = ''] = alice.asks(`RENAME #art ${name}`)
    assert.ok(reply.startsWith(`:irc.test FAIL RENAME CHANNEL_NAME_IN_USE #art ${name} :`), reply)
  }
})

test('RENAME - "Server implementations MAY prevent channel renames that change the prefix type": CANNOT_RENAME', () => {
  const alice = new World().join('alice', ...CAPS)
  alice.asks('JOIN #art')
  for (const name of ['&art', 'art', '#a,b', `#${'x'.repeat(200)}`]) {
    assert.match(alice.asks(`RENAME #art ${name}`)[0] ?? '', / FAIL RENAME CANNOT_RENAME #art /)
  }
})

test('RENAME - a topic that would no longer fit in a line stands in the way', () => {
  const alice = new World().join('alice', ...CAPS)
  alice.asks('JOIN #art', `TOPIC #art :${'x'.repeat(390)}`)
  const [reply = ''] = alice.asks(`RENAME #art #${'가'.repeat(40)}`)
  assert.match(reply, / FAIL RENAME CANNOT_RENAME /)
})

test('RENAME - 461, 403, 442; 482 for all who are outranked in the channel', async () => {
  const world = new World()
  const [alice, bob] = world.joinAll(['alice', 'bob'], '#art')
  const carol = world.join('carol')
  const root = await world.joinAsOperator('root')
  root.sends('MODE #art +q alice')
  alice?.sends('MODE #art +o bob')
  for (const actor of [alice, bob]) actor?.read()
  assert.deepEqual(codes(bob?.asks('RENAME #art')), ['461'])
  assert.deepEqual(codes(bob?.asks('RENAME #none #new')), ['403'])
  assert.deepEqual(codes(carol.asks('RENAME #art #new')), ['442'])
  assert.deepEqual(codes(bob?.asks('RENAME #art #new')), ['482'])
  alice?.sends('PART #art')
  bob?.read()
  assert.deepEqual(codes(bob?.asks('RENAME #art #new')).slice(0, 2), ['PART', 'JOIN'])
})

test('RENAME - an operator who is not in the channel does not look as if they came in', async () => {
  const world = new World()
  const [alice] = world.joinAll(['alice'], '#art')
  const root = await world.joinAsOperator('root', 'root', 'standard-replies')
  assert.deepEqual(root.asks('RENAME #art #new :tidy'), [
    ':irc.test NOTE RENAME RENAMED #art #new :The channel has its new name',
  ])
  assert.deepEqual(codes(alice?.read()), ['PART', 'JOIN', '353', '366'])
})
