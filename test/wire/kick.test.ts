import assert from 'node:assert/strict'
import { test } from 'node:test'
import { codes } from '../support/channels.ts'
import { World } from '../support/world.ts'

test('KICK - "a series of messages with a single user name on each"', () => {
  const world = new World()
  const [alice, , , dan] = world.joinAll(['alice', 'bob', 'carol', 'dan'], '#art')
  alice?.sends('KICK #art bob,carol :bye')
  assert.deepEqual(dan?.read(), [
    ':alice!~alice@192-0-2-1.cloak KICK #art bob :bye',
    ':alice!~alice@192-0-2-1.cloak KICK #art carol :bye',
  ])
})

test('KICK - as many channels as users go in pairs; other numbers are 461', () => {
  const world = new World()
  const [alice, bob, carol] = world.joinAll(['alice', 'bob', 'carol'], '#a,#b')
  alice?.read()
  assert.deepEqual(alice?.asks('KICK #a,#b bob,carol :bye'), [
    ':alice!~alice@192-0-2-1.cloak KICK #a bob :bye',
    ':alice!~alice@192-0-2-1.cloak KICK #b carol :bye',
  ])
  assert.deepEqual(codes(bob?.asks('PART #a,#b')).slice(-2), ['442', 'PART'])
  assert.deepEqual(codes(carol?.asks('PART #b')).slice(-1), ['442'])
  assert.deepEqual(codes(alice?.asks('KICK #a,#b,#c bob,carol')).slice(-1), ['461'])
})

test('KICK - "the default message, the nickname of the user issuing the KICK"', () => {
  const [alice, bob] = new World().joinAll(['alice', 'bob'], '#art')
  alice?.sends('KICK #art BOB')
  assert.deepEqual(bob?.read(), [':alice!~alice@192-0-2-1.cloak KICK #art bob :alice'])
})

test('KICK - who was kicked hears no more of the channel', () => {
  const [alice, bob] = new World().joinAll(['alice', 'bob'], '#art')
  alice?.sends('KICK #art bob')
  bob?.read()
  alice?.sends('PRIVMSG #art :gone?')
  assert.deepEqual(bob?.read(), [])
})

test('KICK - 403, 442, 482, 401 and 441', () => {
  const world = new World()
  const [alice, bob] = world.joinAll(['alice', 'bob'], '#art')
  const carol = world.join('carol')
  alice?.read()
  assert.deepEqual(codes(alice?.asks('KICK #none bob')), ['403'])
  assert.deepEqual(codes(carol.asks('KICK #art bob')), ['442'])
  assert.deepEqual(codes(bob?.asks('KICK #art alice')), ['482'])
  assert.deepEqual(codes(alice?.asks('KICK #art nobody')), ['401'])
  assert.deepEqual(codes(alice?.asks('KICK #art carol')), ['441'])
})

test('KICK - nobody kicks who is above them; equals may', () => {
  const world = new World()
  const [alice, bob, carol] = world.joinAll(['alice', 'bob', 'carol'], '#art')
  alice?.sends('MODE #art +oh bob carol')
  bob?.read()
  carol?.read()
  assert.match(carol?.asks('KICK #art bob')[0] ?? '', / 482 carol #art :bob has a higher rank/)
  alice?.sends('MODE #art +o carol')
  carol?.read()
  assert.deepEqual(codes(carol?.asks('KICK #art bob')), ['KICK'])
})

test('KICK - a reason beyond KICKLEN is refused, and nobody goes', () => {
  const [alice, bob] = new World().joinAll(['alice', 'bob'], '#art')
  alice?.read()
  assert.deepEqual(codes(alice?.asks(`KICK #art bob :${'x'.repeat(391)}`)), ['417'])
  assert.deepEqual(bob?.read(), [])
})

test('KICK - an operator of the server with override needs no rank', async () => {
  const world = new World()
  const [alice] = world.joinAll(['alice'], '#art')
  const root = await world.joinAsOperator('root')
  assert.deepEqual(codes(root.asks('KICK #art alice :enough')), ['KICK'])
  assert.deepEqual(codes(alice?.read()), ['KICK'])
  const guard = await world.joinAsOperator('guard', 'guard')
  world.joinAll(['bob'], '#art')
  assert.deepEqual(codes(guard.asks('KICK #art bob')), ['442'])
})
