import assert from 'node:assert/strict'
import { test } from 'node:test'
import { REST_MS } from '../../src/state/room-rest.ts'
import { assertInvariants } from '../support/invariants.ts'
import { logIn } from '../support/log-in.ts'
import { World } from '../support/world.ts'

test('ROOMS - one with people in it is there again after a restart: its past, topic, modes and lists', async () => {
  const world = new World({}, { log: true })
  const [alice] = world.joinAll(['alice', 'bob'], '#art')
  alice?.sends('TOPIC #art :Ideas', 'MODE #art +kl-t secret 9', 'MODE #art +b *!*@bad.example')
  const before = world.core.network.channels.get('#art')
  const later = await world.restarts()
  const after = later.core.network.channels.get('#art')
  assert.ok(before !== undefined && after !== undefined)
  for (const field of ['buffer', 'name', 'createdAtMs', 'flags', 'key', 'memberLimit'] as const) {
    assert.equal(after[field], before[field], field)
  }
  assert.deepEqual([after.topic, after.lists], [before.topic, before.lists])
  assert.equal(after.members.size, 0)
  assertInvariants(later)
})

test('ROOMS - of one that rests, LIST says nothing, and who comes first leads it', async () => {
  const world = new World({}, { log: true })
  world.joinAll(['alice'], '#art')
  const later = await world.restarts()
  const bob = later.join('bob')
  assert.equal(bob.asks('LIST').filter((line) => line.includes(' 322 ')).length, 0)
  bob.sends('JOIN #art')
  await later.settles()
  assert.match(bob.read().join('\n'), / 353 bob = #art @bob$/m)
  const carol = later.join('carol')
  carol.sends('JOIN #art')
  await later.settles()
  assert.match(carol.read().join('\n'), / 353 carol = #art :@bob carol/)
  assertInvariants(later)
})

test('ROOMS - one for which nobody has come is forgotten, and its name begins anew', async () => {
  const world = new World({}, { log: true })
  world.joinAll(['alice'], '#art')
  const buffer = world.core.network.channels.get('#art')?.buffer
  const later = await world.restarts()
  later.passes(REST_MS - 1)
  assert.ok(later.core.network.channels.has('#art'))
  later.passes(1)
  assert.ok(!later.core.network.channels.has('#art'))
  assertInvariants(later)
  later.joinAll(['bob'], '#art')
  assert.notEqual(later.core.network.channels.get('#art')?.buffer, buffer)
  const third = await later.restarts()
  assert.equal(third.core.network.channels.size, 1)
})

test('ROOMS - one that everybody has left is not there after a restart', async () => {
  const world = new World({}, { log: true })
  const [alice, bob] = world.joinAll(['alice', 'bob'], '#art,#code')
  alice?.sends('PART #art')
  bob?.sends('QUIT')
  const later = await world.restarts()
  assert.deepEqual([...later.core.network.channels.keys()], ['#code'])
})

test('ROOMS - one for invited people into which nobody could come ends, and keeps nobody out', async () => {
  const world = new World({}, { log: true })
  const [alice] = world.joinAll(['alice'], '#den')
  alice?.sends('MODE #den +i')
  const buffer = world.core.network.channels.get('#den')?.buffer
  const later = await world.restarts()
  later.passes(1000)
  const mallory = later.join('mallory')
  mallory.sends('JOIN #den')
  await later.settles()
  assert.match(mallory.read().join('\n'), / 353 mallory = #den @mallory$/m)
  assert.notEqual(later.core.network.channels.get('#den')?.buffer, buffer)
})

test('ROOMS - one for invited people waits for the accounts that were in it, and for nobody else', async () => {
  const world = new World({}, { log: true })
  const [alice] = world.joinAll(['alice', 'bob'], '#den')
  logIn(world, 'bob', 'bob')
  alice?.sends('MODE #den +iv bob')
  const later = await world.restarts()
  const mallory = later.join('mallory')
  assert.match(mallory.asks('JOIN #den').join('\n'), / 473 /)
  const bob = later.join('rob')
  logIn(later, 'rob', 'bob')
  bob.sends('JOIN #den')
  await later.settles()
  assert.match(bob.read().join('\n'), / 353 rob = #den \+rob$/m)
  later.passes(REST_MS)
  await later.settles()
  assert.match(bob.read().join('\n'), /MODE #den \+o rob/)
  assertInvariants(later)
})

test('ROOMS - ranks that somebody had before a restart are given back once', async () => {
  const world = new World({}, { log: true })
  const [alice] = world.joinAll(['alice', 'bob'], '#art')
  logIn(world, 'bob', 'bob')
  alice?.sends('MODE #art +v bob')
  const later = await world.restarts()
  const [carol, bob] = [later.join('carol'), later.join('bob')]
  logIn(later, 'bob', 'bob')
  carol.sends('JOIN #art')
  bob.sends('JOIN #art')
  await later.settles()
  assert.match(bob.read().join('\n'), / 353 bob = #art :@carol \+bob/)
  bob.sends('PART #art', 'JOIN #art')
  await later.settles()
  assert.match(bob.read().join('\n'), / 353 bob = #art :@carol bob/)
})

test('ROOMS - what is damaged in what was kept is named and left out', async () => {
  const world = new World({}, { log: true })
  world.joinAll(['alice'], '#art')
  world.core.ledger.keep([
    { kind: 'keep', table: 'room', key: '77', value: '{"version":1,"name":"#x"}' },
    { kind: 'keep', table: 'room', key: '1', value: '{' },
    { kind: 'keep', table: 'room', key: '#closed', value: 'null' },
    { kind: 'keep', table: 'room', key: '9/someone', value: 'high' },
  ])
  const later = await world.restarts()
  assert.equal(later.core.network.channels.size, 0)
  assert.equal(later.logged.filter(([event]) => event === 'not restored').length, 3)
})

test('ROOMS - that the server ends is not that everybody leaves', async () => {
  const world = new World({}, { log: true })
  const [alice] = world.joinAll(['alice'], '#art')
  world.core.ledger.seal()
  alice?.vanishes()
  const later = await world.restarts()
  assert.ok(later.core.network.channels.has('#art'))
})
