import assert from 'node:assert/strict'
import { test } from 'node:test'
import { userOf } from '../support/facts.ts'
import { World } from '../support/world.ts'

const HOST = '192-0-2-1.cloak'

test('AWAY - "The server acknowledges the change in away status"', () => {
  const alice = new World().join('alice')
  assert.deepEqual(alice.asks('AWAY :lunch'), [
    ':irc.test 306 alice :You have been marked as being away',
  ])
  for (const back of ['AWAY', 'AWAY :']) {
    assert.deepEqual(alice.asks(back), [
      ':irc.test 305 alice :You are no longer marked as being away',
    ])
  }
})

test('AWAY - whoever writes to somebody away is told so, a NOTICE is not', () => {
  const world = new World()
  const [alice, bob] = [world.join('alice'), world.join('bob')]
  bob.sends('AWAY :out for lunch')
  assert.deepEqual(alice.asks('PRIVMSG bob :hi'), [':irc.test 301 alice bob :out for lunch'])
  assert.deepEqual(alice.asks('NOTICE bob :hi'), [])
})

test('AWAY - too long: refused, not cut', () => {
  const world = new World()
  const alice = world.join('alice', 'standard-replies')
  assert.match(
    alice.asks(`AWAY :${'가'.repeat(131)}`)[0] ?? '',
    / FAIL AWAY MESSAGE_TOO_LONG 390 :/,
  )
  assert.equal(userOf(world, 'alice').away, undefined)
  assert.match(alice.asks(`AWAY :${'가'.repeat(130)}`)[0] ?? '', / 306 /)
})

test('AWAY - with the longest of nicks it must fit the line that tells others, and a reply shows what it leaves out', () => {
  const world = new World({ name: `${'s'.repeat(59)}.net` })
  const nick = '가'.repeat(21)
  const gone = world.connect({ address: '2001:db8:1111:2222:3333:4444:5555:6666' })
  gone.sends(`NICK ${nick}`, `USER ${'u'.repeat(20)} 0 * :x`, 'CAP REQ standard-replies')
  gone.read()
  assert.match(gone.asks(`AWAY :${'x'.repeat(390)}`)[0] ?? '', / MESSAGE_TOO_LONG \d+ :/)
  gone.sends(`AWAY :${'x'.repeat(370)}`)
  const [line = ''] = world.join('나'.repeat(21)).asks(`PRIVMSG ${nick} :hi`)
  assert.match(line, / 301 .* x+…$/)
  assert.ok(new TextEncoder().encode(line).length <= 510)
})

test('away-notify - "when a user sharing a channel with them sets, changes or removes their away state"', () => {
  const world = new World()
  const watcher = world.join('watcher', 'away-notify')
  const [bob, plain] = [world.join('bob'), world.join('plain')]
  for (const each of [watcher, bob, plain]) each.sends('JOIN #art,#code')
  for (const each of [watcher, bob, plain]) each.read()
  const from = `:bob!~bob@${HOST} AWAY`
  bob.sends('AWAY :lunch')
  assert.deepEqual(watcher.read(), [`${from} :lunch`])
  bob.sends('AWAY :lunch')
  assert.deepEqual(watcher.read(), [], 'nothing has changed')
  bob.sends('AWAY :asleep')
  assert.deepEqual(watcher.read(), [`${from} :asleep`])
  bob.sends('AWAY')
  assert.deepEqual(watcher.read(), [from])
  assert.deepEqual(plain.read(), [])
})

test('away-notify - "when a user joins and has an away message set"; not to oneself', () => {
  const world = new World()
  const watcher = world.join('watcher', 'away-notify')
  const bob = world.join('bob', 'away-notify')
  watcher.sends('JOIN #art')
  watcher.read()
  assert.deepEqual(bob.asks('AWAY :lunch').length, 1)
  assert.ok(!bob.asks('JOIN #art').some((line) => line.includes(' AWAY')))
  assert.deepEqual(watcher.read(), [`:bob!~bob@${HOST} JOIN #art`, `:bob!~bob@${HOST} AWAY :lunch`])
})

test('pre-away - "servers MUST accept the AWAY command before connection registration has completed"', () => {
  const world = new World()
  const alice = world.join('alice')
  const bob = world.connect()
  bob.sends('CAP LS 302', 'CAP REQ draft/pre-away', 'NICK bob', 'USER bob 0 * :Bob')
  bob.read()
  assert.deepEqual(bob.asks('AWAY *'), [':irc.test 306 * :You have been marked as being away'])
  bob.sends('CAP END')
  assert.deepEqual(alice.asks('PRIVMSG bob :hi'), [':irc.test 301 alice bob *'])
})

test('pre-away - back before registration, and not without the capability', () => {
  const world = new World()
  const bob = world.connect()
  assert.deepEqual(bob.asks('AWAY :x'), [':irc.test 451 * :You have not registered'])
  bob.sends('CAP LS 302', 'CAP REQ draft/pre-away', 'AWAY :x', 'AWAY')
  bob.sends('NICK bob', 'USER bob 0 * :Bob', 'CAP END')
  assert.equal(userOf(world, 'bob').away, undefined)
})

test('SETNAME - "to all clients in common channels, as well as to the client from which it originated"', () => {
  const world = new World()
  const [alice, bob] = [world.join('alice', 'setname'), world.join('bob', 'setname')]
  const plain = world.join('plain')
  for (const each of [alice, bob, plain]) each.sends('JOIN #art')
  for (const each of [alice, bob, plain]) each.read()
  const line = `:alice!~alice@${HOST} SETNAME :Alice Liddell`
  assert.deepEqual(alice.asks('SETNAME :Alice Liddell'), [line])
  assert.deepEqual(bob.read(), [line])
  assert.deepEqual(
    plain.read(),
    [],
    '"MUST NOT be sent to clients which do not have the setname capability"',
  )
  assert.deepEqual(alice.asks('SETNAME :Alice Liddell'), [line], 'it is confirmed again')
  assert.deepEqual(bob.read(), [], 'nobody else is told what they know')
  assert.equal(userOf(world, 'alice').realName, 'Alice Liddell')
})

test('SETNAME - without the capability: "the server SHOULD handle it silently (with no response)"', () => {
  const world = new World()
  const alice = world.join('alice')
  assert.deepEqual(alice.asks('SETNAME Alice'), [])
  assert.equal(userOf(world, 'alice').realName, 'Alice')
})

test('SETNAME - "it MUST send a FAIL message with the INVALID_REALNAME code", to those who know SETNAME', () => {
  const world = new World()
  const alice = world.join('alice', 'setname')
  for (const name of ['', ' ', 'x'.repeat(151)]) {
    assert.deepEqual(alice.asks(`SETNAME :${name}`), [
      ':irc.test FAIL SETNAME INVALID_REALNAME :A real name has 1 to 150 bytes',
    ])
  }
  assert.match(world.join('bob').asks('SETNAME :')[0] ?? '', /^:irc\.test NOTICE bob :/)
  assert.equal(userOf(world, 'alice').realName, 'alice real')
})
