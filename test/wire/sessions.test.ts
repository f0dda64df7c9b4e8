import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ask, connectAs, joinAs, register } from '../support/account-people.ts'
import { assertInvariants } from '../support/invariants.ts'
import { World, type Actor } from '../support/world.ts'

/** Ben is in #floor and watches; Anna is there with two connections. */
async function scene(): Promise<{ world: World; ben: Actor; desk: Actor; phone: Actor }> {
  const world = new World()
  await register(world, 'anna')
  const ben = world.join('ben', 'away-notify')
  const desk = await joinAs(world, 'anna')
  for (const each of [ben, desk]) each.sends('JOIN #floor')
  const phone = await joinAs(world, 'anna', { caps: ['away-notify'] })
  for (const each of [ben, desk, phone]) each.read()
  return { world, ben, desk, phone }
}

const commands = (lines: readonly string[]) => lines.map((line) => line.split(' ')[1])

test('SESSIONS - a further connection is welcomed, and told of the rooms; nobody else hears of it', async () => {
  const { world, ben, desk } = await scene()
  ben.sends('TOPIC #floor :wood')
  ben.read()
  desk.read()
  const tablet = await connectAs(world, 'anna', { caps: ['extended-join'] })
  const lines = tablet.read()
  assert.equal(lines.filter((line) => line.includes(' 001 anna ')).length, 1)
  const from = lines.findIndex((line) => line.includes(' JOIN '))
  assert.match(lines[from] ?? '', /^:anna!\S+ JOIN #floor anna :anna real$/)
  assert.deepEqual(commands(lines.slice(from)), ['JOIN', '332', '333', '353', '366'])
  assert.deepEqual(ben.read(), [])
  assert.deepEqual(desk.read(), [])
  assert.equal(world.core.network.users.size, 2)
  assertInvariants(world)
})

test('SESSIONS - what is said to one is heard by all, and what one says by the others', async () => {
  const { ben, desk, phone } = await scene()
  ben.sends('PRIVMSG #floor :hey', 'PRIVMSG anna :psst')
  const heard = [
    ':ben!~ben@192-0-2-1.cloak PRIVMSG #floor :hey',
    ':ben!~ben@192-0-2-1.cloak PRIVMSG anna :psst',
  ]
  assert.deepEqual(desk.read(), heard)
  assert.deepEqual(phone.read(), heard)
  desk.sends('PRIVMSG #floor :hello', 'PRIVMSG ben :yes?')
  assert.deepEqual(desk.read(), [])
  const said = [
    ':anna!~anna@192-0-2-1.cloak PRIVMSG #floor :hello',
    ':anna!~anna@192-0-2-1.cloak PRIVMSG ben :yes?',
  ]
  assert.deepEqual(phone.read(), said)
  assert.deepEqual(ben.read(), said)
})

test('SESSIONS - a room that one joins, all are in; and out when one leaves', async () => {
  const { world, ben, desk, phone } = await scene()
  ben.sends('JOIN #wood', 'TOPIC #wood :oak')
  ben.read()
  desk.sends('JOIN #wood')
  assert.deepEqual(commands(phone.read()), ['JOIN', '332', '333', '353', '366'])
  assert.deepEqual(commands(desk.read()), ['JOIN', '332', '333', '353', '366'])
  phone.sends('PART #wood')
  assert.deepEqual(commands(desk.read()), ['PART'])
  desk.sends('NICK annika')
  assert.deepEqual(commands(phone.read()), ['PART', 'NICK'])
  assertInvariants(world)
})

test('SESSIONS - QUIT of one is no quit, that of the last is', async () => {
  const { world, ben, desk, phone } = await scene()
  desk.sends('QUIT :bye')
  assert.equal(desk.closedWith, 'Quit: bye')
  assert.deepEqual(ben.read(), [])
  assert.deepEqual(phone.read(), [])
  ben.sends('PRIVMSG #floor :still there?')
  assert.deepEqual(commands(phone.read()), ['PRIVMSG'])
  assertInvariants(world)
  phone.vanishes()
  assert.deepEqual(ben.read(), [':anna!~anna@192-0-2-1.cloak QUIT :Connection reset by peer'])
  assertInvariants(world)
})

test('SESSIONS - one is away when all are, and back when one is', async () => {
  const { world, ben, desk, phone } = await scene()
  assert.match(desk.asks('AWAY :lunch').join(), / 306 /)
  assert.deepEqual(ben.read(), [])
  assert.match(phone.asks('AWAY :train').join(), / 306 /)
  assert.match(ben.read().join('\n'), /^:anna!\S+ AWAY :?train$/)
  desk.sends('AWAY')
  assert.deepEqual(ben.read(), [':anna!~anna@192-0-2-1.cloak AWAY'])
  // Who was here goes: those who are left are away.
  desk.sends('QUIT')
  assert.match(ben.read().join('\n'), /^:anna!\S+ AWAY :?train$/)
  await joinAs(world, 'anna')
  assert.deepEqual(ben.read(), [':anna!~anna@192-0-2-1.cloak AWAY'])
})

test('SESSIONS - another account, or none, does not join', async () => {
  const { world } = await scene()
  await register(world, 'mallory')
  const other = await connectAs(world, 'anna', { account: 'mallory' })
  assert.match(other.read().join('\n'), / 433 /)
  const guest = world.connect()
  assert.match(guest.asks('NICK anna', 'USER a 0 * :a').join('\n'), / 433 /)
})

test('SESSIONS - the nick is free of the account’s name: what counts is who has it', async () => {
  const world = new World()
  await register(world, 'anna')
  await joinAs(world, 'painter', { account: 'anna' })
  await joinAs(world, 'painter', { account: 'anna' })
  assert.equal(world.core.network.users.get('painter')?.sessions.length, 2)
})

test('SESSIONS - there is a limit to them', async () => {
  const world = new World()
  const { accounts } = world.core.server
  if (accounts !== undefined) {
    world.core.server = { ...world.core.server, accounts: { ...accounts, sessionsPerUser: 2 } }
  }
  await register(world, 'anna')
  await joinAs(world, 'anna')
  await joinAs(world, 'anna')
  const third = await connectAs(world, 'anna')
  assert.match(third.read().join('\n'), / 433 \* anna :There are 2 connections/)
  assert.match((await ask(world, third, 'NICK anna_')).join('\n'), / 001 anna_ /)
})

test('SESSIONS - each hears as its own capabilities have it', async () => {
  const { world, ben, phone } = await scene()
  await ask(world, phone, 'CAP REQ :account-tag server-time message-tags')
  ben.sends('PRIVMSG #floor :hey')
  assert.match(phone.read()[0] ?? '', /^@time=\S+;msgid=\S+ :ben/)
  assertInvariants(world)
})

test('SESSIONS - a kick, a kill and a mode are of the user, not of a connection', async () => {
  const { world, desk, phone } = await scene()
  desk.sends('MODE anna +w')
  assert.deepEqual(commands(phone.read()), ['MODE'])
  assertInvariants(world)
  const root = await world.joinAsOperator('root')
  root.sends('KILL anna :out')
  assert.match(desk.closedWith ?? '', /^Killed/)
  assert.match(phone.closedWith ?? '', /^Killed/)
  assertInvariants(world)
})
