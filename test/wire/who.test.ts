import assert from 'node:assert/strict'
import { test } from 'node:test'
import { applyEvent } from '../../src/server/apply-event.ts'
import { sourceOf, type User } from '../../src/state/user.ts'
import { setChannelModes, setUserModes, userOf } from '../support/facts.ts'
import { World } from '../support/world.ts'

const HOST = '192-0-2-1.cloak'

function found(lines: readonly string[]): string[] {
  return lines.filter((line) => line.includes(' 352 ')).map((line) => line.split(' ')[7] ?? '')
}

/** Users without connections, so that there can be many. */
function populate(world: World, count: number, nickOf: (i: number) => string): void {
  for (let i = 0; i < count; i++) {
    const who = { nick: nickOf(i), userName: '~crowd', host: 'crowd.cloak' }
    const user: User = {
      ...who,
      realName: 'One of many',
      realHost: 'crowd.example',
      address: '198.51.100.1',
      modes: '',
      person: `g:${i}`,
      signedOnMs: 0,
      lastSpokeMs: 0,
      sessions: [],
      channels: new Set(),
      source: sourceOf(who),
    }
    const session = world.core.network.sessions.values().next().value
    assert.ok(session)
    applyEvent(world.core, { kind: 'registered', session: { ...session }, user })
    user.sessions.length = 0
  }
}

test('WHO - a channel: its members, with "H" or "G", "*" for operators, prefixes and "B" for bots', async () => {
  const world = new World()
  const [alice, bob] = world.joinAll(['alice', 'bob'], '#art')
  const root = await world.joinAsOperator('root')
  root.sends('JOIN #art')
  bob?.sends('AWAY :lunch')
  setUserModes(world, 'bob', '+B')
  alice?.read()
  assert.deepEqual(alice?.asks('WHO #ART'), [
    `:irc.test 352 alice #art ~alice ${HOST} irc.test alice H@ :0 alice real`,
    `:irc.test 352 alice #art ~bob ${HOST} irc.test bob GB :0 bob real`,
    `:irc.test 352 alice #art ~root ${HOST} irc.test root H* :0 root real`,
    ':irc.test 315 alice #ART :End of /WHO list',
  ])
})

test('WHO - all prefixes for those with multi-prefix', () => {
  const world = new World()
  const alice = world.join('alice', 'multi-prefix')
  alice.sends('JOIN #art', 'MODE #art +v alice')
  alice.read()
  assert.match(alice.asks('WHO #art')[0] ?? '', / alice H@\+ :0 /)
})

test('WHO - a nick is found although it is invisible, a mask finds only those who can be listed', () => {
  const world = new World()
  const [alice, bob] = [world.join('alice'), world.join('bob')]
  assert.deepEqual(found(alice.asks('WHO Bob')), ['bob'])
  assert.deepEqual(found(alice.asks('WHO bo*')), [])
  alice.sends('JOIN #art')
  bob.sends('JOIN #art')
  alice.read()
  assert.deepEqual(found(alice.asks('WHO bo*')), ['bob'])
})

test('WHO - masks fit nick, user, host, real name, server or the whole source', () => {
  const world = new World()
  const [alice, bob] = [world.join('alice'), world.join('bob')]
  setUserModes(world, 'bob', '-i')
  assert.ok(bob)
  for (const mask of ['b?b', '~b*', '192-0-2-*', ':*ob REAL', 'bob!*@*', 'irc.te*', '*', '0']) {
    const names = found(alice.asks(`WHO ${mask}`))
    assert.ok(names.includes('bob'), mask)
  }
  assert.deepEqual(found(alice.asks('WHO 192.0.2.*')), [], 'real addresses are not for all')
})

test('WHO - operators who see hosts find real ones', async () => {
  const world = new World()
  world.join('bob')
  const root = await world.joinAsOperator('root')
  assert.deepEqual(found(root.asks('WHO 192.0.2.*')), ['bob', 'root'])
})

test('WHO - "o": operators alone', async () => {
  const world = new World()
  const [alice] = world.joinAll(['alice'], '#art')
  const root = await world.joinAsOperator('root')
  root.sends('JOIN #art')
  assert.deepEqual(found(alice?.asks('WHO #art o') ?? []), ['root'])
})

test('WHO - nobody in a secret channel is shown to outsiders, invisible members of others neither', async () => {
  const world = new World()
  const [alice] = world.joinAll(['alice'], '#art')
  const bob = world.join('bob')
  assert.deepEqual(found(bob.asks('WHO #art')), [], 'alice is invisible')
  setUserModes(world, 'alice', '-i')
  assert.deepEqual(found(bob.asks('WHO #art')), ['alice'])
  setChannelModes(world, '#art', '+s')
  assert.deepEqual(bob.asks('WHO #art'), [':irc.test 315 bob #art :End of /WHO list'])
  const root = await world.joinAsOperator('root')
  assert.deepEqual(found(root.asks('WHO #art')), ['alice'])
  assert.ok(alice)
})

test('WHO - unknown nicks and channels: the end alone', () => {
  const alice = new World().join('alice')
  assert.deepEqual(alice.asks('WHO nobody', 'WHO #nothing'), [
    ':irc.test 315 alice nobody :End of /WHO list',
    ':irc.test 315 alice #nothing :End of /WHO list',
  ])
  assert.deepEqual(alice.asks('WHO'), [':irc.test 461 alice WHO :Not enough parameters'])
})

test('WHO - a mask that fits too many says so', () => {
  const world = new World()
  const alice = world.join('alice')
  populate(world, 600, (i) => `crowd${i}`)
  const lines = alice.asks('WHO crowd*')
  assert.equal(found(lines).length, 500)
  assert.match(lines.at(-2) ?? '', /^:irc\.test 416 alice WHO :Only the first 500 are shown: /)
  assert.match(lines.at(-1) ?? '', / 315 /)
  assert.ok(!alice.asks('WHO crowd11*').some((line) => line.includes(' 416 ')))
})

test('WHO - no answer can fill the send queue, not even five at once to an operator', async () => {
  const world = new World()
  const root = await world.joinAsOperator('root')
  populate(world, 6000, (i) => `crowd${i}`)
  const lines = root.asks('WHO *', 'WHO *', 'WHO *', 'WHO *', 'WHO *')
  const bytes = lines.join('\r\n').length
  assert.ok(bytes < world.core.server.limits.edge.sendQueueBytes, String(bytes))
  assert.equal(lines.filter((line) => line.includes(' 416 ')).length, 5)
})

test('WHOX - "Servers MUST send the fields in the order specified above."', () => {
  const world = new World()
  const [alice] = world.joinAll(['alice', 'bob'], '#art')
  world.passes(5000)
  const expected = [
    `:irc.test 354 alice 123 #art ~bob 255.255.255.255 ${HOST} irc.test bob H 0 5 0 n/a :bob real`,
    ':irc.test 315 alice #art :End of /WHO list',
  ]
  for (const fields of ['tcuihsnfdlaor', 'roaldfnshiuct']) {
    const lines = alice?.asks(`WHO #art %${fields},123`) ?? []
    assert.deepEqual(lines.slice(1), expected)
  }
})

test('WHOX - "MUST NOT add any additional field not requested", "MUST ignore any non-standard field"', () => {
  const world = new World()
  const alice = world.join('alice')
  world.join('bob')
  assert.equal(alice.asks('WHO bob %na')[0], ':irc.test 354 alice bob 0')
  assert.equal(alice.asks('WHO bob %zxtn,7')[0], ':irc.test 354 alice 7 bob')
  userOf(world, 'bob').account = 'robert'
  assert.equal(alice.asks('WHO bob %na')[0], ':irc.test 354 alice bob robert')
})

test('WHOX - an address is for oneself and for operators who see hosts', async () => {
  const world = new World()
  const alice = world.connect({ address: '::1' })
  alice.sends('NICK alice', 'USER a 0 * :a')
  alice.read()
  // A parameter must not start with a colon.
  assert.equal(alice.asks('WHO alice %in')[0], ':irc.test 354 alice 0::1 alice')
  const guard = await world.joinAsOperator('watch', 'guard')
  assert.equal(guard.asks('WHO alice %in')[0], ':irc.test 354 watch 0::1 alice')
})

test('WHOX - "The token MUST contain only digit characters and MUST contain at most 3 characters."', () => {
  const alice = new World().join('alice', 'standard-replies')
  for (const options of ['%tn,1234', '%tn,a', '%tn,', '%tn']) {
    const lines = alice.asks(`WHO alice ${options}`)
    assert.match(lines[0] ?? '', /^:irc\.test FAIL WHO INVALID_PARAMS %tn/)
    assert.match(lines[1] ?? '', / 315 /)
    assert.equal(lines.length, 2)
  }
})
