import assert from 'node:assert/strict'
import { test } from 'node:test'
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
  assert.deepEqual(carol.read(), [])
  alice.sends('PRIVMSG #art :hi')
  assert.deepEqual(carol.read(), [':alice!~alice@team.example.org PRIVMSG #art :hi'])
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
