import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { AccountPolicy } from '../../src/commands/account-policy.ts'
import { ask, connectAs, joinAs, register } from '../support/account-people.ts'
import { assertInvariants } from '../support/invariants.ts'
import { TEST_SERVER, World, type Actor } from '../support/world.ts'

const DAY_MS = 24 * 3_600_000

function policy(changes: Partial<AccountPolicy>): { accounts: AccountPolicy } {
  if (TEST_SERVER.accounts === undefined) throw new Error('the test server has accounts')
  return { accounts: { ...TEST_SERVER.accounts, ...changes } }
}

/** Anna stays on in #floor, where Ben is. */
async function scene(world: World): Promise<{ anna: Actor; ben: Actor }> {
  await register(world, 'anna')
  const anna = await joinAs(world, 'anna')
  await ask(world, anna, 'NS SET ALWAYS-ON on', 'JOIN #floor')
  const ben = world.join('ben', 'away-notify')
  await ask(world, ben, 'JOIN #floor')
  await ask(world, anna)
  return { anna, ben }
}

async function names(world: World, actor: Actor, room = '#floor'): Promise<string> {
  const line = (await ask(world, actor, `NAMES ${room}`)).find((each) => each.includes(' 353 '))
  return line?.split(`${room} `)[1]?.replace(/^:/, '') ?? ''
}

test('ALWAYS-ON - who stays on is away and in the rooms when the last connection ends, and comes back', async () => {
  const world = new World()
  const { anna, ben } = await scene(world)
  anna.sends('QUIT :bye')
  assert.equal(anna.closedWith, 'Quit: bye')
  assert.deepEqual(ben.read(), [':anna!~anna@192-0-2-1.cloak AWAY :Not connected'])
  assert.equal(await names(world, ben), '@anna ben')
  assert.match((await ask(world, ben, 'PRIVMSG anna :psst')).join(), / 301 ben anna :Not connected/)
  assert.match((await ask(world, ben, 'WHOIS anna')).join('\n'), / 311 [^]* 330 [^]* 318 /)
  assertInvariants(world)
  const back = await connectAs(world, 'anna')
  assert.match(back.read().join('\n'), /:anna!\S+ JOIN #floor\r?\n/)
  assert.deepEqual(ben.read(), [':anna!~anna@192-0-2-1.cloak AWAY'])
  ben.sends('PRIVMSG #floor :hello')
  assert.match(back.read().join(), /PRIVMSG #floor hello|PRIVMSG #floor :hello/)
  assertInvariants(world)
})

test('ALWAYS-ON - nobody else gets the nick meanwhile', async () => {
  const world = new World()
  const { anna } = await scene(world)
  anna.vanishes()
  const thief = world.connect()
  assert.match((await ask(world, thief, 'NICK anna', 'USER a 0 * :a')).join(), / 433 /)
})

test('ALWAYS-ON - without it people leave; and it can be taken back', async () => {
  const world = new World()
  const { anna, ben } = await scene(world)
  await ask(world, anna, 'NS SET ALWAYS-ON off')
  anna.sends('QUIT')
  assert.deepEqual(ben.read(), [':anna!~anna@192-0-2-1.cloak QUIT :Client quit'])
  assert.equal(await names(world, ben), 'ben')
})

test('ALWAYS-ON - it survives the end of the server, with rooms, ranks and modes', async () => {
  const before = new World({}, { log: true })
  const { anna, ben } = await scene(before)
  await ask(before, anna, 'MODE anna +R', 'JOIN #wood', 'PART #wood', 'SETNAME :Anna of Wood')
  await ask(before, ben, 'PART #floor', 'JOIN #floor')
  const world = await before.restarts()
  assertInvariants(world)
  const clara = world.join('clara')
  await ask(world, clara, 'JOIN #floor')
  assert.equal(await names(world, clara), '@anna clara')
  const whois = (await ask(world, clara, 'WHOIS anna')).join('\n')
  assert.match(whois, / 311 clara anna ~anna \S+ \* :Anna of Wood/)
  assert.match(whois, / 301 clara anna :Not connected/)
  assert.ok(!whois.includes('#wood'))
  const back = await connectAs(world, 'anna')
  const lines = back.read().join('\n')
  assert.match(lines, / 221 anna \+Ri\n/)
  assert.match(lines, /:anna!\S+ JOIN #floor\n/)
  assertInvariants(world)
})

test('ALWAYS-ON - who has left, been kicked or killed is not there again', async () => {
  const before = new World({}, { log: true })
  const { anna, ben } = await scene(before)
  const root = await before.joinAsOperator('root')
  anna.vanishes()
  await ask(before, root, 'KILL anna :out')
  await ask(before, ben)
  const world = await before.restarts()
  assert.equal(world.core.network.users.size, 0)
  await joinAs(world, 'anna')
})

test('ALWAYS-ON - a K-line ends who stays on without a connection, for those who are there and for good', async () => {
  const world = new World({}, { log: true })
  const { anna, ben } = await scene(world)
  anna.vanishes()
  ben.read()
  const root = await world.joinAsOperator('root')
  root.sends('MUTE 1h ~anna@* :hush', 'DLINE 192.0.2.9')
  assert.equal(await names(world, ben), '@anna ben')
  root.read()
  assert.match(
    (await ask(world, root, 'KLINE ~anna@* :spam')).join(),
    /BAN_ADDED ~anna@\*: Banned for ever; 0 connected and 1 who stays on: spam$/,
  )
  assert.match((await ask(world, ben)).join('\n'), /^:anna!\S+ QUIT :Banned: spam$/m)
  assert.equal(await names(world, ben), 'ben')
  assertInvariants(world)
  const later = await world.restarts()
  assert.equal(later.core.network.users.size, 0)
})

test('ALWAYS-ON - a K-line counts people, whatever they are connected with', async () => {
  const world = new World()
  const { anna } = await scene(world)
  const second = await joinAs(world, 'anna')
  const root = await world.joinAsOperator('root')
  const others = Array.from({ length: 7 }, (_, i) => world.join(`other${i}`))
  assert.match(root.asks('KLINE ~anna@* :spam').join(), /; 2 connected: spam$/)
  for (const device of [anna, second]) assert.equal(device.closedWith, 'Banned: spam')
  assert.ok(others.every(({ closedWith }) => closedWith === undefined))
  assertInvariants(world)
})

test('ALWAYS-ON - what is kept of somebody and can not be read is left out, and named', async () => {
  const before = new World({}, { log: true })
  const { anna } = await scene(before)
  await ask(before, anna)
  before.core.ledger.keep([{ kind: 'keep', table: 'presence', key: 'anna', value: '{"nick":1}' }])
  before.core.ledger.keep([{ kind: 'keep', table: 'account', key: 'x', value: '{' }])
  const world = await before.restarts()
  assert.equal(world.core.network.users.size, 0)
  const named = world.logged
    .filter(([event]) => event === 'not restored')
    .map(([, { what }]) => what)
  assert.deepEqual(new Set(named), new Set(['account x', 'presence of anna']))
  await joinAs(world, 'anna')
})

test('ALWAYS-ON - nobody stays for ever', async () => {
  const world = new World()
  const { anna } = await scene(world)
  anna.vanishes()
  world.passes(29 * DAY_MS)
  assert.equal(world.core.network.users.has('anna'), true)
  world.passes(2 * DAY_MS)
  assert.equal(world.core.network.users.has('anna'), false)
})

test('ALWAYS-ON - opt-out and mandatory need no word, off hears none', async () => {
  for (const [alwaysOn, said, stays] of [
    ['off', 'on', false],
    ['opt-in', '', false],
    ['opt-out', '', true],
    ['opt-out', 'off', false],
    ['mandatory', 'off', true],
  ] as const) {
    const world = new World(policy({ alwaysOn }))
    await register(world, 'ben')
    const ben = await joinAs(world, 'ben')
    if (said !== '') await ask(world, ben, `NS SET ALWAYS-ON ${said}`)
    ben.vanishes()
    assert.equal(world.core.network.users.has('ben'), stays, `${alwaysOn} ${said}`)
  }
})

test('ALWAYS-ON - it is for nicks of the account, and follows the nick', async () => {
  const world = new World(policy({ alwaysOn: 'mandatory' }))
  await register(world, 'anna')
  const anna = await joinAs(world, 'anna')
  await ask(world, anna, 'NICK painter')
  anna.vanishes()
  assert.equal(world.core.network.users.has('painter'), false)
})

test('ALWAYS-ON - an operator who goes is none when they come back', async () => {
  const world = new World()
  const { anna } = await scene(world)
  assert.match((await ask(world, anna, 'OPER root secret')).join(), / 381 /)
  anna.vanishes()
  assertInvariants(world)
  const back = await joinAs(world, 'anna')
  assert.match((await ask(world, back, 'KILL ben :out')).join(), / 481 /)
})

test('ALWAYS-ON - a guest never does, and who logs out is one', async () => {
  const world = new World()
  const { anna } = await scene(world)
  await ask(world, anna, 'NS LOGOUT')
  anna.vanishes()
  assert.equal(world.core.network.users.size, 1)
  assertInvariants(world)
})
