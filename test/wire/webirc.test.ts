import assert from 'node:assert/strict'
import { test } from 'node:test'
import { World, type Actor } from '../support/world.ts'

const gateways = [{ name: 'Kiwi', passwordHash: 'hunter2', networks: ['192.0.2.0/24'] }]

async function speaks(
  world: World,
  line: string,
  facts: Parameters<World['connect']>[0] = {},
): Promise<Actor> {
  const actor = world.connect(facts)
  actor.sends(line)
  await world.settles()
  return actor
}

function sessionOf(world: World, actor: Actor) {
  const session = world.core.network.sessions.get(actor.connection)
  assert.ok(session)
  return session
}

const tls = { version: 'TLSv1.3', cipher: 'x', certificateFingerprint: 'a'.repeat(64) }

test('WEBIRC - the user is the one the gateway names', async () => {
  const world = new World({ gateways })
  const actor = await speaks(
    world,
    'WEBIRC hunter2 Kiwi host.example 198.51.100.3 :remote-port=21726',
  )
  actor.sends('NICK alice', 'USER alice 0 * :Alice')
  assert.match(actor.read()[0] ?? '', /alice!~alice@198-51-100-3\.cloak$/)
  const user = world.core.network.users.get('alice')
  assert.equal(user?.realHost, 'host.example')
  assert.equal(user?.address, '198.51.100.3')
  const { origin, gateway } = sessionOf(world, actor)
  assert.deepEqual(origin, {
    transport: 'tcp',
    address: '198.51.100.3',
    port: 21_726,
    listener: 'plain',
  })
  assert.equal(gateway, 'Kiwi')
})

test('WEBIRC - "an IPv6 address beginning with a colon MUST be sent with a preceding zero"', async () => {
  const world = new World({ gateways })
  const actor = await speaks(world, 'WEBIRC hunter2 Kiwi 0::1234 0::1234')
  assert.equal(sessionOf(world, actor).origin.address, '::1234')
  assert.equal(sessionOf(world, actor).realHost, '::1234')
})

test('WEBIRC - a host name that is none is not shown', async () => {
  const world = new World({ gateways })
  for (const host of ['bad!host', 'a@b', '203.0.113.99', 'x'.repeat(64)]) {
    const actor = await speaks(world, `WEBIRC hunter2 Kiwi ${host} 198.51.100.3`)
    assert.equal(sessionOf(world, actor).realHost, '198.51.100.3', host)
  }
})

test('WEBIRC - "secure" counts only "if the connection from the gateway to the server is also secure"', async () => {
  const world = new World({ gateways })
  const print = 'B'.repeat(64)
  const line = 'WEBIRC hunter2 Kiwi h.example 198.51.100.3'
  const origin = async (options: string, facts: object) =>
    sessionOf(world, await speaks(world, `${line}${options}`, facts)).origin
  assert.equal((await origin(' secure', {})).transport, 'tcp')
  assert.equal((await origin('', { transport: 'tls', tls })).transport, 'tcp')
  assert.equal((await origin('', { transport: 'tls', tls })).tls, undefined)
  for (const options of [' secure', ' :secure=examplevalue local-port=6697']) {
    const secure = await origin(options, { transport: 'tls', tls })
    assert.equal(secure.transport, 'tls')
    assert.deepEqual(secure.tls, { version: 'TLSv1.3', cipher: 'x' })
  }
  const certified = await origin(` :secure certfp-sha-256=${print}`, { transport: 'tls', tls })
  assert.equal(certified.tls?.certificateFingerprint, print.toLowerCase())
  const claimed = await origin(` :certfp-sha-256=${print}`, { transport: 'tls', tls })
  assert.equal(claimed.tls, undefined)
})

test('WEBIRC - a wrong password, name, place or address closes the connection with ERROR', async () => {
  const cases = [
    ['WEBIRC wrong Kiwi h.example 198.51.100.3', {}, 'Invalid WEBIRC password'],
    ['WEBIRC hunter2 Other h.example 198.51.100.3', {}, 'WEBIRC is not for you'],
    [
      'WEBIRC hunter2 Kiwi h.example 198.51.100.3',
      { address: '203.0.113.1' },
      'WEBIRC is not for you',
    ],
    ['WEBIRC hunter2 Kiwi h.example 198.51.100', {}, 'Invalid WEBIRC address'],
  ] as const
  for (const [line, facts, reason] of cases) {
    const world = new World({ gateways })
    const actor = await speaks(world, line, facts)
    assert.deepEqual(actor.read(), [`ERROR :${reason}`])
    const [event, fields] = world.logged.at(-1) ?? []
    assert.equal(event, 'gateway refused')
    assert.doesNotMatch(JSON.stringify(fields), /hunter2|wrong/)
  }
})

test('WEBIRC - "MUST be the first command": not after NICK or USER, and not twice', async () => {
  const line = 'WEBIRC hunter2 Kiwi h.example 198.51.100.3'
  for (const before of ['NICK alice', 'USER a 0 * :b', line]) {
    const world = new World({ gateways })
    const actor = await speaks(world, before)
    actor.sends(line)
    await world.settles()
    assert.deepEqual(actor.read(), ['ERROR :WEBIRC must be the first command'])
  }
})

test('WEBIRC - lines that follow in the same packet wait for the answer', async () => {
  const world = new World({ gateways })
  const actor = world.connect()
  actor.sends('WEBIRC hunter2 Kiwi h.example 198.51.100.3', 'NICK alice', 'USER alice 0 * :Alice')
  await world.settles()
  assert.match(actor.read()[0] ?? '', /@198-51-100-3\.cloak$/)
})

test('WEBIRC - the address it names is looked up among the bans', async () => {
  const world = new World({ gateways })
  const root = await world.joinAsOperator('root')
  root.sends('DLINE 198.51.100.0/24 :scan')
  const actor = await speaks(world, 'WEBIRC hunter2 Kiwi h.example 198.51.100.3')
  assert.deepEqual(actor.read(), ['ERROR :Banned: scan'])
  root.sends('KLINE *@*.bad.example :spam')
  const other = await speaks(world, 'WEBIRC hunter2 Kiwi x.bad.example 203.0.113.3')
  assert.match(other.asks('NICK alice', 'USER a 0 * :b')[0] ?? '', / 465 \* :.*spam$/)
})
