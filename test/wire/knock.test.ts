import assert from 'node:assert/strict'
import { test } from 'node:test'
import { codes } from '../support/channels.ts'
import { World } from '../support/world.ts'

test('KNOCK - 710 to those with power there, 711 to who knocked', () => {
  const world = new World()
  const [alice, carol] = world.joinAll(['alice', 'carol'], '#art')
  alice?.asks('MODE #art +i')
  carol?.read()
  const bob = world.join('bob')
  assert.deepEqual(bob.asks('KNOCK #art :들어가도 될까요?'), [
    ':irc.test 711 bob #art :Your KNOCK has been delivered.',
  ])
  assert.deepEqual(alice?.read(), [
    ':irc.test 710 alice #art bob!~bob@192-0-2-1.cloak :들어가도 될까요?',
  ])
  assert.deepEqual(carol?.read(), [])
})

test('KNOCK - 403 for no channel, 713 where one may come in, 714 inside, 404 for the banned', () => {
  const world = new World()
  const [alice] = world.joinAll(['alice'], '#art')
  const bob = world.join('bob')
  assert.deepEqual(codes(bob.asks('KNOCK #none')), ['403'])
  assert.deepEqual(codes(bob.asks('KNOCK #art')), ['713'])
  assert.deepEqual(codes(alice?.asks('KNOCK #art')), ['714'])
  alice?.sends('MODE #art +ib bob')
  assert.deepEqual(codes(bob.asks('KNOCK #art')), ['404'])
})

test('KNOCK - once a minute at one channel: 712', () => {
  const world = new World()
  const [alice] = world.joinAll(['alice'], '#a,#b')
  alice?.sends('MODE #a +i', 'MODE #b +k sesame')
  const bob = world.join('bob')
  assert.deepEqual(codes(bob.asks('KNOCK #a', 'KNOCK #b', 'KNOCK #a')), ['711', '711', '712'])
  world.passes(59_999)
  assert.deepEqual(codes(bob.asks('KNOCK #a')), ['712'])
  world.passes(1)
  assert.deepEqual(codes(bob.asks('KNOCK #a')), ['711'])
})

test('KNOCK - a text that would not fit is refused', () => {
  const world = new World()
  const [alice] = world.joinAll(['alice'], '#art')
  alice?.asks('MODE #art +i')
  const bob = world.join('bob')
  assert.deepEqual(codes(bob.asks(`KNOCK #art :${'x'.repeat(450)}`)), ['417'])
  assert.deepEqual(alice?.read(), [])
})
