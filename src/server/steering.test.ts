import assert from 'node:assert/strict'
import { test } from 'node:test'
import { assertInvariants, assertLine } from '../../test/support/invariants.ts'
import { World, type Actor as Client } from '../../test/support/world.ts'
import type { Actor, BanOrder, Outcome, Steering } from '../monitor/steering.ts'
import { banRow } from './ban-row.ts'
import { createSteering, type SteeringHooks } from './steering.ts'

const mina: Actor = { name: 'mina', role: 'admin', from: '127.0.0.1' }

const noHooks: SteeringHooks = {
  reload: () => Promise.resolve([]),
  setLogLevel: () => {},
  stop: () => {},
  restart: () => {},
}

interface Scene {
  readonly world: World
  readonly steering: Steering
  readonly anna: Client
  /** From elsewhere than the others. */
  readonly bob: Client
  readonly carol: Client
}

/** Anna and bob are in #art, carol is not. */
function scene(hooks: Partial<SteeringHooks> = {}): Scene {
  const world = new World()
  const anna = world.join('anna')
  const bob = world.connect({ address: '203.0.113.5' })
  bob.sends('NICK bob', 'USER bob 0 * :x')
  const carol = world.join('carol')
  for (const client of [anna, bob]) client.sends('JOIN #art')
  for (const client of [anna, bob, carol]) client.read()
  return { world, anna, bob, carol, steering: createSteering(world.core, { ...noHooks, ...hooks }) }
}

const BOB = 'bob!~bob@203-0-113-5.cloak'

function refused(outcome: Outcome): string {
  return outcome.done ? `done: ${outcome.target}` : `${outcome.problem}: ${outcome.text}`
}

test('STEERING - a message is a notice of the server to one person', () => {
  const { steering, anna, bob, carol } = scene()
  assert.deepEqual(steering.message(bob.connection, 'see the rules 규칙', mina), {
    done: true,
    target: BOB,
  })
  assert.deepEqual(bob.read(), [':irc.test NOTICE bob :see the rules 규칙'])
  assert.deepEqual([...anna.read(), ...carol.read()], [])
})

test('STEERING - a long message is several lines, of which nothing is lost', () => {
  const { steering, bob } = scene()
  const words = Array.from({ length: 180 }, (_, i) => `마루${i}`).join(' ')
  assert.ok(steering.message(bob.connection, words, mina).done)
  const lines = bob.read()
  assert.ok(lines.length > 1)
  for (const line of lines) assertLine(line)
  assert.equal(lines.map((line) => line.slice(line.indexOf(' :') + 2)).join(' '), words)
})

test('STEERING - a kick comes from the server, to all who are in the room', () => {
  const { world, steering, anna, bob, carol } = scene()
  assert.deepEqual(steering.kick('#ART', 'BOB', 'enough', mina), {
    done: true,
    target: `${BOB} in #art`,
  })
  const line = ':irc.test KICK #art bob :enough'
  assert.deepEqual([anna.read(), bob.read(), carol.read()], [[line], [line], []])
  anna.sends('PRIVMSG #art :gone?')
  assert.deepEqual(bob.read(), [])
  assertInvariants(world)
})

test('STEERING - nobody is too high in a room to be kicked; the last one takes it along', () => {
  const { world, steering, anna } = scene()
  assert.ok(steering.kick('#art', 'bob', '', mina).done)
  anna.read()
  assert.ok(steering.kick('#art', 'anna', '', mina).done)
  assert.deepEqual(anna.read(), [':irc.test KICK #art anna :Kicked by an operator'])
  assert.equal(world.core.network.channels.size, 0)
  assertInvariants(world)
})

test('STEERING - what can not be kicked is named', () => {
  const { steering, anna } = scene()
  const kick = (...[room, nick, reason = 'x']: readonly [string, string, string?]) =>
    refused(steering.kick(room, nick, reason, mina))
  assert.equal(kick('#none', 'bob'), 'not found: There is no such room')
  assert.equal(kick('#art', 'dan'), 'not found: There is nobody of this nick')
  assert.equal(kick('#art', 'carol'), 'not found: carol is not in #art')
  assert.match(kick('#art', 'bob', 'r'.repeat(201)), /^not possible: The reason is longer than 200/)
  assert.match(kick('#art', 'bob', 'a\r\nQUIT'), /^not possible: A line break/)
  assert.deepEqual(anna.read(), [])
})

test('STEERING - a disconnect shows its reason to the one and to those who shared a room', () => {
  const { world, steering, anna, bob, carol } = scene()
  assert.deepEqual(steering.disconnect(bob.connection, 'flood', mina), { done: true, target: BOB })
  assert.deepEqual(bob.read(), ['ERROR :Disconnected by an operator: flood'])
  assert.equal(bob.closedWith, 'Disconnected by an operator: flood')
  assert.deepEqual(anna.read(), [`:${BOB} QUIT :Disconnected by an operator: flood`])
  assert.deepEqual(carol.read(), [])
  assert.equal(
    refused(steering.disconnect(bob.connection, 'flood', mina)),
    'not found: There is no such connection',
  )
  assertInvariants(world)
})

test('STEERING - who has not registered can be disconnected, and not written to', () => {
  const { world, steering } = scene()
  const stranger = world.connect({ address: '2001:db8::7' })
  const NO_USER = 'not possible: This connection has no user yet'
  const mute = { kind: 'mute', reason: '' } as const
  assert.equal(refused(steering.message(stranger.connection, 'x', mina)), NO_USER)
  assert.equal(refused(steering.banConnection(stranger.connection, mute, mina)), NO_USER)
  assert.deepEqual(steering.disconnect(stranger.connection, '', mina), {
    done: true,
    target: '2001:db8::7',
  })
  assert.deepEqual(stranger.read(), ['ERROR :Disconnected by an operator'])
})

test('STEERING - a ban does what its command on IRC does: it ends connections, and is kept', () => {
  for (const order of [
    { kind: 'kline', mask: '*@203.0.113.*', reason: 'spam' },
    { kind: 'dline', mask: '203.0.113.0/24', reason: 'spam' },
  ] as const satisfies readonly BanOrder[]) {
    const { world, steering, anna, bob } = scene()
    const outcome = steering.ban({ ...order, durationMs: 60_000 }, mina)
    assert.deepEqual(outcome, { done: true, target: `${order.kind} ${order.mask}` })
    assert.deepEqual(bob.read(), ['ERROR :Banned: spam'])
    assert.deepEqual(anna.read(), [`:${BOB} QUIT :Banned: spam`])
    const setAtMs = world.core.clock.now()
    const kept = { ...order, setBy: 'mina', setAtMs, expiresAtMs: setAtMs + 60_000 }
    assert.deepEqual(world.savedBans, [kept])
    assert.match(
      world.connect({ address: '203.0.113.9' }).asks('NICK b', 'USER b 0 * :b').join(),
      /Banned: spam/,
    )
    assertInvariants(world)
  }
})

test('STEERING - a mute leaves them connected, and takes the word from them', () => {
  const { steering, anna, bob } = scene()
  steering.ban({ kind: 'mute', mask: '~bob@203.0.113.5', reason: 'spam' }, mina)
  assert.deepEqual(bob.read(), [':irc.test NOTICE bob :You have been muted: spam'])
  assert.match(bob.asks('PRIVMSG #art :hi').join(), / 404 /)
  assert.deepEqual(anna.read(), [])
  assert.deepEqual(steering.unban('mute:~bob@203.0.113.5', mina), {
    done: true,
    target: 'mute ~bob@203.0.113.5',
  })
  assert.deepEqual(bob.read(), [':irc.test NOTICE bob :You are no longer muted'])
})

test('STEERING - a ban of a connection is of its real address, of all that one customer has', () => {
  const cases = [
    ['203.0.113.77', 'dline', '203.0.113.77'],
    ['203.0.113.77', 'kline', '*@203.0.113.77'],
    ['203.0.113.77', 'mute', '~dan@203.0.113.77'],
    ['2001:db8:1:2:3:4:5:6', 'dline', '2001:db8:1:2::/64'],
    ['2001:db8:1:2:3:4:5:6', 'kline', '*@2001:db8:1:2::/64'],
    ['2001:db8:1:2:3:4:5:6', 'mute', '~dan@2001:db8:1:2::/64'],
  ] as const
  for (const [address, kind, mask] of cases) {
    const { world, steering } = scene()
    const dan = world.connect({ address })
    dan.sends('NICK dan', 'USER dan 0 * :x')
    dan.read()
    const outcome = steering.banConnection(dan.connection, { kind, reason: 'x' }, mina)
    assert.deepEqual(outcome, { done: true, target: `${kind} ${mask}` })
    assert.equal(dan.closedWith, kind === 'mute' ? undefined : 'Banned: x')
    if (kind === 'mute') assert.match(dan.asks('PRIVMSG anna :hi').join(), /MUTED/)
  }
  const { steering } = scene()
  const nobody = steering.banConnection(999, { kind: 'dline', reason: 'x' }, mina)
  assert.equal(refused(nobody), 'not found: There is no such connection')
})

test('STEERING - bans that make no sense, or mean too many, are refused and change nothing', () => {
  const { world, steering } = scene()
  for (let i = 1; i <= 9; i++) {
    const actor = world.connect({ address: `198.51.100.${i}` })
    actor.sends(`NICK u${i}`, `USER u${i} 0 * :x`)
  }
  const ban = (order: Partial<BanOrder>) =>
    refused(steering.ban({ kind: 'kline', mask: '*@198.51.100.*', reason: '', ...order }, mina))
  assert.match(ban({ mask: '*@*' }), /^not possible: That is no mask/)
  assert.match(ban({ kind: 'dline', mask: 'nick' }), /^not possible: That is no mask/)
  assert.match(ban({ mask: '*@x.example\r\nDIE' }), /^not possible: That is no mask/)
  assert.match(
    ban({ kind: 'dline', mask: '10.0.0.0/8' }),
    /^not possible: This mask fits very many/,
  )
  assert.equal(ban({}), 'not possible: This would disconnect 9 of 12 users')
  assert.equal(ban({ kind: 'mute' }), 'not possible: This would mute 9 of 12 users')
  assert.match(ban({ reason: 'a\nb' }), /^not possible: A line break/)
  assert.match(ban({ reason: '가'.repeat(67) }), /^not possible: The reason is longer/)
  for (const durationMs of [-1, 0.5, NaN, Infinity, 1e15]) {
    assert.match(ban({ durationMs }), /^not possible: A ban lasts/)
  }
  assert.deepEqual(world.core.network.bans, [])
  assert.equal(ban({ force: true }), 'done: kline *@198.51.100.*')
  assert.equal(world.core.network.users.size, 3)
})

test('STEERING - a ban is undone by the id that its row has, and by nothing else', () => {
  const { world, steering } = scene()
  steering.ban({ kind: 'dline', mask: '2001:DB8::/48', reason: 'x' }, mina)
  steering.ban({ kind: 'kline', mask: '*@2001:db8::/48', reason: 'y' }, mina)
  const rows = world.core.network.bans.map(banRow)
  assert.deepEqual(
    rows.map(({ id }) => id),
    ['dline:2001:db8::/48', 'kline:*@2001:db8::/48'],
  )
  assert.deepEqual(rows[0], {
    id: 'dline:2001:db8::/48',
    kind: 'dline',
    mask: '2001:db8::/48',
    reason: 'x',
    setBy: 'mina',
    setAtMs: world.core.clock.now(),
  })
  assert.equal(
    refused(steering.unban('kline:2001:db8::/48', mina)),
    'not found: There is no such ban',
  )
  for (const { id } of rows) assert.ok(steering.unban(id, mina).done)
  assert.deepEqual([world.savedBans, world.engine.barred], [[], []])
})

test('STEERING - an announcement reaches every user once, and no stranger', () => {
  const { world, steering, anna, bob, carol } = scene()
  const stranger = world.connect()
  assert.deepEqual(steering.announce('restart at noon', mina), { done: true, target: 'everybody' })
  for (const [client, nick] of [
    [anna, 'anna'],
    [bob, 'bob'],
    [carol, 'carol'],
  ] as const) {
    assert.deepEqual(client.read(), [`:irc.test NOTICE ${nick} :restart at noon`])
  }
  assert.deepEqual(stranger.read(), [])
})

test('STEERING - texts that are no line are refused, and nobody hears of them', () => {
  const { steering, bob } = scene()
  for (const text of ['', '  ', 'a\nQUIT', 'a\rb', 'a\0b', 'x'.repeat(2001)]) {
    assert.match(refused(steering.announce(text, mina)), /^not possible: /)
    assert.match(refused(steering.message(bob.connection, text, mina)), /^not possible: /)
  }
  assert.deepEqual(bob.read(), [])
})

test('STEERING - the process is steered by its hooks, and a refused reload says why', async () => {
  const called: string[] = []
  const { steering } = scene({
    reload: () => Promise.resolve(['line 3: expected a list']),
    setLogLevel: (level) => called.push(level),
    stop: () => called.push('stop'),
    restart: () => called.push('restart'),
  })
  assert.equal(refused(await steering.reload(mina)), 'not possible: line 3: expected a list')
  assert.deepEqual(steering.setLogLevel('debug', mina), { done: true, target: 'debug' })
  assert.ok(steering.stop(mina).done && steering.restart(mina).done)
  assert.deepEqual(called, ['debug', 'stop', 'restart'])
  assert.deepEqual(await scene().steering.reload(mina), { done: true, target: 'configuration' })
})

test('STEERING - the log says who did what to whom, and never what was said', () => {
  const { world, steering, bob } = scene()
  steering.message(bob.connection, 'hunter2', mina)
  steering.announce('hunter2', mina)
  steering.kick('#art', 'bob', 'spam', mina)
  const who = { by: 'mina', from: '127.0.0.1', via: 'monitor' }
  assert.deepEqual(world.logged.slice(-3), [
    ['message to user', { ...who, to: BOB }],
    ['announced', { ...who, users: 3 }],
    ['kicked', { ...who, nick: BOB, channel: '#art', reason: 'spam' }],
  ])
})
