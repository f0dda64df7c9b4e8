import assert from 'node:assert/strict'
import { test } from 'node:test'
import { codes } from '../support/channels.ts'
import { World } from '../support/world.ts'

test('TOPIC - "every client in that channel (including the author of the topic change) will receive a TOPIC"', () => {
  const world = new World()
  const [alice, bob] = world.joinAll(['alice', 'bob'], '#art')
  alice?.read()
  assert.deepEqual(alice?.asks('TOPIC #art :새 주제'), [
    ':alice!~alice@192-0-2-1.cloak TOPIC #art :새 주제',
  ])
  assert.deepEqual(bob?.read(), [':alice!~alice@192-0-2-1.cloak TOPIC #art :새 주제'])
})

test('TOPIC - "either RPL_TOPIC or RPL_NOTOPIC is returned", and RPL_TOPICWHOTIME', () => {
  const [alice] = new World().joinAll(['alice'], '#art')
  assert.deepEqual(codes(alice?.asks('TOPIC #art')), ['331'])
  alice?.asks('TOPIC #art :one')
  assert.deepEqual(codes(alice?.asks('TOPIC #art')), ['332', '333'])
})

test('TOPIC - "If <topic> is an empty string, the topic for the channel will be cleared"', () => {
  const [alice] = new World().joinAll(['alice'], '#art')
  alice?.asks('TOPIC #art :one')
  assert.deepEqual(alice?.asks('TOPIC #art :'), [':alice!~alice@192-0-2-1.cloak TOPIC #art :'])
  assert.deepEqual(codes(alice?.asks('TOPIC #art')), ['331'])
  assert.deepEqual(codes(alice?.asks('TOPIC #art :')), ['331'])
})

test('TOPIC - under +t half-operators and above set it; a voice does not', () => {
  const world = new World()
  const [alice, bob] = world.joinAll(['alice', 'bob'], '#art')
  assert.deepEqual(codes(bob?.asks('TOPIC #art :mine')), ['482'])
  alice?.sends('MODE #art +v bob')
  bob?.read()
  assert.deepEqual(codes(bob?.asks('TOPIC #art :mine')), ['482'])
  alice?.sends('MODE #art +h bob')
  bob?.read()
  assert.deepEqual(codes(bob?.asks('TOPIC #art :mine')), ['TOPIC'])
})

test('TOPIC - without +t any member sets it who may speak', () => {
  const world = new World()
  const [alice, bob] = world.joinAll(['alice', 'bob'], '#art')
  alice?.sends('MODE #art -t')
  bob?.read()
  assert.deepEqual(codes(bob?.asks('TOPIC #art :mine')), ['TOPIC'])
  alice?.sends('MODE #art +b ~m:bob')
  bob?.read()
  assert.deepEqual(codes(bob?.asks('TOPIC #art :again')), ['404'])
})

test('TOPIC - 403 for no channel, 442 for an outsider, nothing of a secret one', () => {
  const world = new World()
  const [alice] = world.joinAll(['alice'], '#art')
  const bob = world.join('bob')
  assert.deepEqual(codes(bob.asks('TOPIC #nowhere')), ['403'])
  assert.deepEqual(codes(bob.asks('TOPIC #art :mine')), ['442'])
  alice?.sends('MODE #art +s')
  assert.deepEqual(codes(bob.asks('TOPIC #art')), ['403'])
})

test('TOPIC - one beyond TOPICLEN bytes is refused, and the old one stays', () => {
  const [alice] = new World().joinAll(['alice'], '#art')
  alice?.asks('TOPIC #art :old')
  assert.deepEqual(codes(alice?.asks(`TOPIC #art :${'x'.repeat(391)}`)), ['417'])
  assert.deepEqual(codes(alice?.asks(`TOPIC #art :${'가'.repeat(131)}`)), ['417'])
  assert.equal(alice?.asks('TOPIC #art')[0], ':irc.test 332 alice #art :old')
  assert.deepEqual(codes(alice?.asks(`TOPIC #art :${'x'.repeat(390)}`)), ['TOPIC'])
})

test('TOPIC - no 332 of it is ever longer than a line, whoever asks', () => {
  const name = `#${'가'.repeat(40)}`
  const [alice] = new World().joinAll(['alice'], name)
  assert.deepEqual(codes(alice?.asks(`TOPIC ${name} :${'x'.repeat(360)}`)), ['417'])
  assert.deepEqual(codes(alice?.asks(`TOPIC ${name} :${'x'.repeat(280)}`)), ['TOPIC'])
})

test('TOPIC - an operator of the server with override sets it from outside, which leaves a trace', async () => {
  const world = new World()
  const [alice] = world.joinAll(['alice'], '#art')
  const root = await world.joinAsOperator('root')
  assert.deepEqual(codes(root.asks('TOPIC #art :order')), ['TOPIC'])
  assert.deepEqual(codes(alice?.read()), ['TOPIC'])
  const [, fields] = world.logged.find(([action]) => action === 'override') ?? []
  const { by, operator, channel, command } = { ...fields }
  assert.deepEqual(
    { by, operator, channel, command },
    {
      by: 'root!~root@192-0-2-1.cloak',
      operator: 'root',
      channel: '#art',
      command: 'TOPIC',
    },
  )
})
