import assert from 'node:assert/strict'
import { test } from 'node:test'
import { assertInvariants } from '../support/invariants.ts'
import { World, type Actor } from '../support/world.ts'

/** An operator's password is checked in a turn of its own. */
async function operator(world: World): Promise<Actor> {
  const root = world.join('root')
  root.sends('OPER root secret')
  await new Promise(setImmediate)
  root.read()
  return root
}

test('CHGHOST - "When a client\'s username or host changes" those with the capability are told, themselves too', async () => {
  const world = new World()
  const root = await operator(world)
  const [alice, bob] = [world.join('alice', 'chghost'), world.join('bob', 'chghost')]
  const carol = world.join('carol')
  for (const actor of [alice, bob, carol]) actor.sends('JOIN #art')
  for (const actor of [alice, bob, carol]) actor.read()
  root.sends('CHGHOST alice team.example.org')
  const told = [':alice!~alice@192-0-2-1.cloak CHGHOST ~alice team.example.org']
  assert.deepEqual(alice.read(), told)
  assert.deepEqual(bob.read(), told)
  assert.deepEqual(carol.read(), [
    ':alice!~alice@192-0-2-1.cloak QUIT :Changing host',
    ':alice!~alice@team.example.org JOIN #art',
    ':irc.test MODE #art +o alice',
  ])
  alice.sends('PRIVMSG #art :hi')
  assert.deepEqual(carol.read(), [':alice!~alice@team.example.org PRIVMSG #art :hi'])
})

test('CHGHOST - who does not know it sees one QUIT, and a JOIN in each room that they share, as they would have', async () => {
  const world = new World()
  const root = await operator(world)
  const alice = world.join('alice')
  alice.sends('JOIN #art,#plans,#own', 'AWAY :lunch')
  const phone = world.join('bob', 'extended-join', 'away-notify')
  const desk = world.join('carol')
  phone.sends('JOIN #art,#plans')
  desk.sends('JOIN #plans')
  for (const actor of [alice, phone, desk]) actor.read()
  root.sends('CHGHOST alice team.example.org')
  const source = ':alice!~alice@team.example.org'
  const quit = ':alice!~alice@192-0-2-1.cloak QUIT :Changing host'
  assert.deepEqual(alice.read(), [])
  assert.deepEqual(phone.read(), [
    quit,
    `${source} JOIN #art * :alice real`,
    ':irc.test MODE #art +o alice',
    `${source} AWAY :lunch`,
    `${source} JOIN #plans * :alice real`,
    ':irc.test MODE #plans +o alice',
    `${source} AWAY :lunch`,
  ])
  assert.deepEqual(desk.read(), [quit, `${source} JOIN #plans`, ':irc.test MODE #plans +o alice'])
  // Nothing is left of it: they are in the rooms as before.
  phone.sends('PRIVMSG #art :still here?')
  assert.match(alice.read().join(), /PRIVMSG #art :still here\?/)
  assertInvariants(world)
})

test('CHGHOST - only a host can be one, only operators may, and only of somebody', async () => {
  const world = new World()
  const root = await operator(world)
  const alice = world.join('alice')
  assert.match(root.asks('CHGHOST alice @@')[0] ?? '', /INVALID_HOST/)
  assert.match(root.asks('CHGHOST nobody a.example')[0] ?? '', / 401 root nobody /)
  assert.match(alice.asks('CHGHOST alice a.example')[0] ?? '', / 481 alice /)
  assert.equal(world.core.network.users.get('alice')?.host, '192-0-2-1.cloak')
})
