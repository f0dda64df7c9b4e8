import assert from 'node:assert/strict'
import { test } from 'node:test'
import { applyEvent } from '../../src/server/apply-event.ts'
import { DEFAULT_LIMITS } from '../../src/protocol/limits.ts'
import { TEST_SERVER, World, type Actor } from '../support/world.ts'
import { userOf } from '../support/facts.ts'

const HOST = '192-0-2-1.cloak'

test('MONITOR - "If any of the targets being added are online … offline"', () => {
  const world = new World()
  const alice = world.join('alice')
  world.join('Bob')
  assert.deepEqual(alice.asks('MONITOR + bob,Carol'), [
    `:irc.test 730 alice Bob!~Bob@${HOST}`,
    ':irc.test 731 alice Carol',
  ])
})

test('MONITOR - tells who comes, goes and is renamed, and nothing more after -', () => {
  const world = new World()
  const alice = world.join('alice')
  alice.sends('MONITOR + bob,carol')
  alice.read()
  const bob = world.join('bob')
  assert.deepEqual(alice.read(), [`:irc.test 730 alice bob!~bob@${HOST}`])
  bob.sends('NICK BOB')
  assert.deepEqual(alice.read(), [], 'no more than the case has changed')
  bob.sends('NICK carol')
  assert.deepEqual(alice.read(), [
    ':irc.test 731 alice BOB',
    `:irc.test 730 alice carol!~bob@${HOST}`,
  ])
  assert.deepEqual(alice.asks('MONITOR - CAROL'), [])
  bob.sends('QUIT')
  assert.deepEqual(alice.read(), [])
})

test('MONITOR - a connection that breaks is gone', () => {
  const world = new World()
  const alice = world.join('alice')
  alice.sends('MONITOR + bob')
  const bob = world.join('bob')
  alice.read()
  bob.vanishes()
  assert.deepEqual(alice.read(), [':irc.test 731 alice bob'])
})

test('MONITOR - L lists, S tells who is here, C clears', () => {
  const world = new World()
  const alice = world.join('alice')
  alice.sends('MONITOR + bob,carol', 'MONITOR + bob')
  world.join('bob')
  alice.read()
  const end = ':irc.test 733 alice :End of MONITOR list'
  assert.deepEqual(alice.asks('MONITOR L'), [':irc.test 732 alice bob,carol', end])
  assert.deepEqual(alice.asks('MONITOR s'), [
    `:irc.test 730 alice bob!~bob@${HOST}`,
    ':irc.test 731 alice carol',
  ])
  assert.deepEqual(alice.asks('MONITOR C'), [])
  assert.deepEqual(alice.asks('MONITOR L'), [end])
  assert.equal(world.core.network.monitors.size, 0)
})

test('MONITOR - over the limit: those that fit are added, 734 says which did not', () => {
  const limits = { ...DEFAULT_LIMITS, chat: { ...TEST_SERVER.limits.chat, monitorEntries: 2 } }
  const alice = new World({ limits }).join('alice')
  assert.deepEqual(alice.asks('MONITOR + a,b,c,D,a'), [
    ':irc.test 731 alice a,b',
    ':irc.test 734 alice 2 c,D :Monitor list is full.',
  ])
  assert.match(alice.asks('MONITOR L')[0] ?? '', /732 alice a,b$/)
})

test('MONITOR - those that did not fit are named, in as many lines as it takes', () => {
  const limits = { ...DEFAULT_LIMITS, chat: { ...TEST_SERVER.limits.chat, monitorEntries: 1 } }
  const alice = new World({ limits, name: `${'s'.repeat(59)}.net` }).join('alice')
  const nicks = Array.from({ length: 15 }, (_, i) => `${'n'.repeat(28)}${i}`)
  alice.sends('MONITOR + a')
  alice.read()
  const lines = alice.asks(`MONITOR + ${nicks.join(',')}`)
  for (const line of lines) assert.ok(line.length <= 510, line)
  assert.deepEqual(
    lines.flatMap((line) => line.split(' ')[4]?.split(',')),
    nicks,
  )
})

test('MONITOR - many take several lines, none too long', () => {
  const alice = new World().join('alice')
  const nicks = Array.from({ length: 15 }, (_, i) => `${'n'.repeat(28)}${i}`)
  alice.sends(
    `MONITOR + ${nicks.join(',')}`,
    `MONITOR + ${nicks.map((nick) => `a${nick}`).join(',')}`,
  )
  alice.read()
  const lines = alice.asks('MONITOR L')
  assert.ok(lines.length > 2)
  for (const line of lines) assert.ok(line.length <= 510)
  assert.equal(lines.slice(0, -1).flatMap((line) => line.split(' ')[3]?.split(',')).length, 30)
})

test('MONITOR - "\'target\' MUST be a valid nick": no masks', () => {
  const world = new World()
  const alice = world.join('alice')
  assert.match(alice.asks('MONITOR + *!user@localhost')[0] ?? '', / 432 alice \*!user@localhost :/)
  assert.equal(world.core.network.monitors.size, 0)
  assert.match(alice.asks('MONITOR + NickServ')[0] ?? '', / 731 alice NickServ$/)
})

test('MONITOR - without targets or with an unknown letter: refused', () => {
  const alice = new World().join('alice', 'standard-replies')
  for (const line of ['MONITOR', 'MONITOR +', 'MONITOR -']) {
    assert.deepEqual(alice.asks(line), [':irc.test 461 alice MONITOR :Not enough parameters'])
  }
  assert.match(alice.asks('MONITOR X')[0] ?? '', / FAIL MONITOR INVALID_PARAMS X :/)
})

function watching(world: World, ...caps: readonly string[]): Actor {
  const watcher = world.join('watcher', 'extended-monitor', ...caps)
  watcher.sends('MONITOR + bob')
  watcher.read()
  return watcher
}

test('extended-monitor - "the client will get AWAY, CHGHOST and SETNAME notifications for monitored nicks"', () => {
  const world = new World()
  const bob = world.join('bob')
  const watcher = watching(world, 'away-notify', 'setname', 'chghost')
  const source = `:bob!~bob@${HOST}`
  bob.sends('AWAY :lunch', 'AWAY', 'SETNAME :Robert')
  applyEvent(world.core, { kind: 'hostChanged', user: userOf(world, 'bob'), host: 'new.host' })
  assert.deepEqual(watcher.read(), [
    `${source} AWAY :lunch`,
    `${source} AWAY`,
    `${source} SETNAME :Robert`,
    `${source} CHGHOST ~bob new.host`,
  ])
})

test('extended-monitor - "If away-notify is also enabled": each only with its own capability', () => {
  const world = new World()
  const bob = world.join('bob')
  const watcher = watching(world)
  bob.sends('AWAY :lunch', 'SETNAME :Robert')
  assert.deepEqual(watcher.read(), [])
  const unextended = world.join('plain', 'away-notify')
  unextended.sends('MONITOR + bob')
  unextended.read()
  bob.sends('AWAY')
  assert.deepEqual(unextended.read(), [])
})

test('extended-monitor - once, also for those who share a channel', () => {
  const world = new World()
  const bob = world.join('bob')
  const watcher = watching(world, 'away-notify')
  for (const each of [bob, watcher]) each.sends('JOIN #art,#code')
  watcher.read()
  bob.sends('AWAY :lunch')
  assert.equal(watcher.read().length, 1)
})
