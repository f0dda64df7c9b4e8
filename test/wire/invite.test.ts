import assert from 'node:assert/strict'
import { test } from 'node:test'
import { codes } from '../support/channels.ts'
import { World } from '../support/world.ts'

test('INVITE - "a RPL_INVITING numeric to the command issuer, and an INVITE message to the target user"', () => {
  const world = new World()
  const [alice] = world.joinAll(['alice'], '#art')
  const bob = world.join('bob')
  assert.deepEqual(alice?.asks('INVITE bob #art'), [':irc.test 341 alice bob #art'])
  assert.deepEqual(bob.read(), [':alice!~alice@192-0-2-1.cloak INVITE bob #art'])
})

test('INVITE - "Other channel members SHOULD NOT be notified", but those with power who know invite-notify', () => {
  const world = new World()
  const [alice, carol] = world.joinAll(['alice', 'carol'], '#art')
  const dan = world.join('dan', 'invite-notify')
  const eve = world.join('eve', 'invite-notify')
  for (const actor of [dan, eve]) actor.sends('JOIN #art')
  alice?.sends('MODE #art +h dan')
  world.join('bob')
  for (const actor of [carol, dan, eve]) actor?.read()
  alice?.sends('INVITE bob #art')
  assert.deepEqual(carol?.read(), [])
  assert.deepEqual(eve.read(), [])
  assert.deepEqual(dan.read(), [':alice!~alice@192-0-2-1.cloak INVITE bob #art'])
})

test('INVITE - 461, 403, 442, 401 and 443', () => {
  const world = new World()
  const [alice] = world.joinAll(['alice', 'bob'], '#art')
  const carol = world.join('carol')
  alice?.read()
  assert.deepEqual(codes(alice?.asks('INVITE bob')), ['461'])
  assert.deepEqual(codes(alice?.asks('INVITE bob #none')), ['403'])
  assert.deepEqual(codes(carol.asks('INVITE bob #art')), ['442'])
  assert.deepEqual(codes(alice?.asks('INVITE nobody #art')), ['401'])
  assert.deepEqual(codes(alice?.asks('INVITE bob #art')), ['443'])
})

test('INVITE - "they SHOULD reject it when the channel has invite-only mode set" and one has no rank', () => {
  const world = new World()
  const [alice, bob] = world.joinAll(['alice', 'bob'], '#art')
  const carol = world.join('carol')
  assert.deepEqual(codes(bob?.asks('INVITE carol #art')), ['341'])
  alice?.sends('MODE #art +i')
  bob?.read()
  assert.deepEqual(codes(bob?.asks('INVITE carol #art')), ['482'])
  assert.deepEqual(codes(carol.read()), ['INVITE'])
})

test('INVITE - one by somebody without rank is news, and opens nothing', () => {
  const world = new World()
  const [alice, bob] = world.joinAll(['alice', 'bob'], '#art')
  const carol = world.join('carol')
  bob?.sends('INVITE carol #art')
  alice?.sends('MODE #art +k sesame')
  carol.read()
  assert.deepEqual(codes(carol.asks('JOIN #art')), ['475'])
  assert.deepEqual(codes(carol.asks('INVITE')), ['337'])
})

test('INVITE - "a list of channels the sender is invited to", without those that are gone', () => {
  const world = new World()
  const [alice] = world.joinAll(['alice'], '#a,#b')
  const bob = world.join('bob')
  alice?.sends('INVITE bob #a', 'INVITE bob #b', 'PART #b')
  bob.read()
  assert.deepEqual(bob.asks('INVITE'), [
    ':irc.test 336 bob #a',
    ':irc.test 337 bob :End of /INVITE list',
  ])
})

test('INVITE - invitations to channels that are gone are forgotten', () => {
  const world = new World()
  const [alice] = world.joinAll(['alice'], '#home')
  world.join('bob')
  for (let i = 0; i < 20; i++) {
    alice?.sends('JOIN #a', 'INVITE bob #a', 'PART #a')
  }
  alice?.sends('INVITE bob #home')
  assert.equal(world.core.network.users.get('bob')?.invitedTo?.size, 1)
})

test('INVITE - of somebody who is away: 301; of somebody who silenced one: they hear nothing', () => {
  const world = new World()
  const [alice] = world.joinAll(['alice'], '#art')
  const bob = world.join('bob')
  bob.asks('AWAY :lunch')
  assert.deepEqual(codes(alice?.asks('INVITE bob #art')), ['341', '301'])
  bob.asks('SILENCE +alice!*@*')
  bob.read()
  assert.deepEqual(codes(alice?.asks('INVITE bob #art')), ['341', '301'])
  assert.deepEqual(bob.read(), [])
})
