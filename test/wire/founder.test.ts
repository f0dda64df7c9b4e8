import assert from 'node:assert/strict'
import { test } from 'node:test'
import { codes } from '../support/channels.ts'
import { World } from '../support/world.ts'

test('FOUNDER - is shown as an operator, and as founder out of reach of the others', () => {
  const world = new World()
  const [alice, bob] = world.joinAll(['alice', 'bob'], '#art')
  alice?.sends('MODE #art +qo alice bob')
  bob?.read()
  assert.deepEqual(codes(bob?.asks('MODE #art -o alice')), ['482'])
  assert.deepEqual(codes(bob?.asks('KICK #art alice')), ['482'])
  assert.deepEqual(codes(bob?.asks('MODE #art +q bob')), ['482'])
  assert.deepEqual(codes(alice?.asks('MODE #art -o bob', 'KICK #art bob')).slice(-2), [
    'MODE',
    'KICK',
  ])
})

test('FOUNDER - alone makes admins and other founders', () => {
  const world = new World()
  const [alice, bob] = world.joinAll(['alice', 'bob'], '#art')
  const said = alice?.asks('MODE #art +qa bob bob') ?? []
  assert.match(said.at(-1) ?? '', /MODE #art \+qa bob bob$/)
  assert.equal(
    bob
      ?.asks('NAMES #art')
      .find((line) => line.includes(' 353 '))
      ?.includes('~bob'),
    true,
  )
})

test('FOUNDER - comes back to what is theirs as long as the channel lives', () => {
  const world = new World()
  const [alice, bob] = world.joinAll(['alice', 'bob'], '#art')
  alice?.sends('PART #art')
  const names = alice?.asks('JOIN #art').find((line) => line.includes(' 353 '))
  assert.match(names ?? '', /@alice/)
  alice?.sends('PART #art')
  bob?.sends('PART #art', 'JOIN #art')
  const later = alice?.asks('JOIN #art').find((line) => line.includes(' 353 '))
  assert.match(later ?? '', /:(?=.*@bob)(?!.*@alice)/)
})

test('FOUNDER - who lays the rank down has no more power than they show', () => {
  const world = new World()
  const [alice, bob] = world.joinAll(['alice', 'bob'], '#art')
  alice?.sends('MODE #art +o bob', 'MODE #art -o alice')
  alice?.read()
  assert.deepEqual(codes(alice?.asks('MODE #art +q alice')), ['482'])
  assert.deepEqual(codes(bob?.asks('KICK #art alice')).slice(-1), ['KICK'])
})

test('FOUNDER - is announced as operator when they come back: those who are there have no other way to know', () => {
  const world = new World()
  const [alice, bob] = world.joinAll(['alice', 'bob'], '#art')
  alice?.asks('PART #art')
  bob?.read()
  const own = alice?.asks('JOIN #art') ?? []
  assert.deepEqual(codes(own), ['JOIN', '353', '366'])
  assert.deepEqual(bob?.read().slice(-1), [':irc.test MODE #art +o alice'])
})
