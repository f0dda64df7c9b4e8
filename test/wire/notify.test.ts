import assert from 'node:assert/strict'
import { test } from 'node:test'
import { applyEvent } from '../../src/server/apply-event.ts'
import { userOf } from '../support/facts.ts'
import { World } from '../support/world.ts'

const BOB = ':bob!~bob@192-0-2-1.cloak'

test('extended-join - account "or a placeholder", and real name', () => {
  const world = new World()
  const watcher = world.join('watcher', 'extended-join')
  const plain = world.join('plain')
  for (const each of [watcher, plain]) each.sends('JOIN #art,#code')
  for (const each of [watcher, plain]) each.read()
  const bob = world.join('bob')
  bob.sends('JOIN #art')
  userOf(world, 'bob').account = 'robert'
  bob.sends('JOIN #code')
  assert.deepEqual(watcher.read(), [
    `${BOB} JOIN #art * :bob real`,
    `${BOB} JOIN #code robert :bob real`,
  ])
  assert.deepEqual(plain.read(), [`${BOB} JOIN #art`, `${BOB} JOIN #code`])
})

test('chghost - to those who share a channel and to oneself, once, from the old host', () => {
  const world = new World()
  const bob = world.join('bob', 'chghost')
  const [watcher, plain] = [world.join('watcher', 'chghost'), world.join('plain')]
  for (const each of [bob, watcher, plain]) each.sends('JOIN #art,#code')
  for (const each of [bob, watcher, plain]) each.read()
  applyEvent(world.core, { kind: 'hostChanged', user: userOf(world, 'bob'), host: 'art.house' })
  assert.deepEqual(bob.read(), [`${BOB} CHGHOST ~bob art.house`])
  assert.deepEqual(watcher.read(), [`${BOB} CHGHOST ~bob art.house`])
  assert.deepEqual(plain.read(), [
    `${BOB} QUIT :Changing host`,
    ':bob!~bob@art.house JOIN #art',
    ':irc.test MODE #art +o bob',
    ':bob!~bob@art.house JOIN #code',
    ':irc.test MODE #code +o bob',
  ])
  bob.sends('PRIVMSG #art :hi')
  assert.deepEqual(plain.read(), [':bob!~bob@art.house PRIVMSG #art :hi'])
})

test('invite-notify - to the invited, and to those with the capability who could invite themselves', () => {
  const world = new World()
  const founder = world.join('founder', 'invite-notify')
  const member = world.join('member', 'invite-notify')
  for (const each of [founder, member]) each.sends('JOIN #art')
  for (const each of [founder, member]) each.read()
  const bob = world.join('bob')
  const guest = world.join('guest')
  const channel = world.core.network.channels.get('#art')
  assert.ok(channel)
  const [by, user] = [userOf(world, 'bob'), userOf(world, 'guest')]
  applyEvent(world.core, { kind: 'invited', user, channel, by, opens: false })
  assert.deepEqual(guest.read(), [`${BOB} INVITE guest #art`])
  assert.deepEqual(founder.read(), [`${BOB} INVITE guest #art`])
  assert.deepEqual(member.read(), [])
  assert.deepEqual(bob.read(), [])
})

test('invite-notify - not to those without it', () => {
  const world = new World()
  const founder = world.join('founder')
  founder.sends('JOIN #art')
  founder.read()
  world.join('bob')
  world.join('guest')
  const channel = world.core.network.channels.get('#art')
  assert.ok(channel)
  const [by, user] = [userOf(world, 'bob'), userOf(world, 'guest')]
  applyEvent(world.core, { kind: 'invited', user, channel, by, opens: false })
  assert.deepEqual(founder.read(), [])
})
