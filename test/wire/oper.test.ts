import assert from 'node:assert/strict'
import { test } from 'node:test'
import { World } from '../support/world.ts'

const WRONG = ':irc.test 464 alice :Password incorrect'

test('OPER - the right password: 381, one MODE, and a trace in the log', async () => {
  const world = new World()
  const alice = world.join('alice')
  alice.sends('OPER root secret')
  await world.settles()
  assert.deepEqual(alice.read(), [
    ':irc.test 381 alice :You are now an IRC operator',
    ':alice!~alice@192-0-2-1.cloak MODE alice +o',
  ])
  assert.deepEqual(world.logged.at(-1), [
    'operator logged in',
    {
      by: 'alice!~alice@192-0-2-1.cloak',
      from: '192.0.2.1',
      operator: 'root',
      operatorClass: 'admin',
    },
  ])
})

test('OPER - a second time changes the class without another MODE', async () => {
  const world = new World()
  const alice = await world.joinAsOperator('alice', 'guard')
  alice.sends('OPER root secret')
  await world.settles()
  assert.deepEqual(alice.read(), [':irc.test 381 alice :You are now an IRC operator'])
  assert.equal(world.core.network.counts.operators, 1)
  assert.match(alice.asks('KILL nobody')[0] ?? '', / 401 /)
})

test('OPER - a wrong name and a wrong password are refused alike, and each costs a password check', async () => {
  const world = new World()
  const checked: string[] = []
  const checkPassword = (hash: string, password: string) => {
    checked.push(hash)
    return Promise.resolve(hash === password)
  }
  Object.assign(world.core.asks, { checkPassword })
  const alice = world.join('alice')
  alice.sends('OPER root wrong')
  await world.settles()
  alice.sends('OPER nobody secret')
  await world.settles()
  assert.deepEqual(alice.read(), [WRONG, WRONG])
  assert.equal(checked[0], 'secret')
  assert.match(checked[1] ?? '', /^\$scrypt\$ln=15,r=8,p=3\$/)
})

test('OPER - the stand-in for a hash lets nobody in, even one who knows it', async () => {
  const world = new World()
  Object.assign(world.core.asks, { checkPassword: () => Promise.resolve(true) })
  const alice = world.join('alice')
  alice.sends('OPER nobody x')
  await world.settles()
  assert.deepEqual(alice.read(), [WRONG])
  assert.equal(world.core.network.counts.operators, 0)
})

test('OPER - without a password is 461', () => {
  assert.deepEqual(new World().join('alice').asks('OPER root'), [
    ':irc.test 461 alice OPER :Not enough parameters',
  ])
})

test('OPER - the fifth wrong password closes the connection, and reconnecting does not help', async () => {
  const world = new World()
  const alice = world.join('alice')
  for (let i = 0; i < 5; i++) {
    alice.sends('OPER root wrong')
    await world.settles()
  }
  assert.deepEqual(alice.read(), [
    WRONG,
    WRONG,
    WRONG,
    WRONG,
    WRONG,
    'ERROR :Too many wrong passwords',
  ])
  const again = world.join('alice', 'standard-replies')
  assert.deepEqual(again.asks('OPER root secret'), [
    ':irc.test FAIL OPER RATE_LIMITED 2 :Too many wrong passwords from your address: try again in 2 s',
  ])
  world.passes(2000)
  again.sends('OPER root secret')
  await world.settles()
  assert.match(again.read()[0] ?? '', / 381 /)
  assert.equal(world.core.network.loginFailures.size, 0)
})

test('OPER - no password ever comes into the log', async () => {
  const world = new World()
  const alice = world.join('alice')
  alice.sends('OPER root hunter2', 'OPER nobody hunter2')
  await world.settles()
  alice.sends('OPER root secret')
  await world.settles()
  const log = JSON.stringify(world.logged)
  assert.match(log, /operator login refused.*operator logged in/)
  assert.doesNotMatch(log, /hunter2|secret/)
})

test('OPER - commands of operators are 481 to others, and 723 to operators without the privilege', async () => {
  const world = new World()
  const alice = world.join('alice')
  const guard = await world.joinAsOperator('guard', 'guard')
  const lines = [
    'KILL alice :x',
    'WALLOPS :x',
    'REHASH',
    'DIE irc.test',
    'RESTART irc.test',
    'KLINE a@b.example',
    'UNKLINE a@b.example',
    'DLINE 192.0.2.1',
    'UNDLINE 192.0.2.1',
  ]
  for (const line of lines) {
    assert.deepEqual(alice.asks(line), [
      ":irc.test 481 alice :Permission Denied- You're not an IRC operator",
    ])
    assert.match(
      guard.asks(line)[0] ?? '',
      /^:irc\.test 723 guard \S+ :Insufficient oper privileges$/,
    )
  }
  assert.deepEqual(world.operations, [])
  assert.equal(world.core.network.users.size, 2)
})

test('KILL - ends the user at once, with who did it and why, for everyone to see', async () => {
  const world = new World()
  const root = await world.joinAsOperator('root')
  const [alice, bob] = world.joinAll(['alice', 'bob'], '#art')
  assert.deepEqual(root.asks('KILL alice :spam, a lot'), [])
  assert.deepEqual(alice?.read(), ['ERROR :Killed (root (spam, a lot))'])
  assert.deepEqual(bob?.read(), [':alice!~alice@192-0-2-1.cloak QUIT :Killed (root (spam, a lot))'])
  assert.match(bob?.asks('PRIVMSG alice :hi')[0] ?? '', / 401 /)
  const [event, fields] = world.logged.at(-1) ?? []
  assert.equal(event, 'killed')
  assert.deepEqual(fields, {
    by: 'root!~root@192-0-2-1.cloak',
    from: '192.0.2.1',
    operator: 'root',
    victim: 'alice!~alice@192-0-2-1.cloak',
    address: '192.0.2.1',
    reason: 'spam, a lot',
  })
})

test('KILL - works without a reason, on oneself, and says who is not there', async () => {
  const world = new World()
  const root = await world.joinAsOperator('root')
  world.join('alice')
  assert.deepEqual(root.asks('KILL alice'), [])
  assert.deepEqual(root.asks('KILL alice'), [':irc.test 401 root alice :No such nick'])
  assert.deepEqual(root.asks(`KILL root :${'x'.repeat(201)}`), [
    ':irc.test 417 root :The reason is longer than 200 bytes',
  ])
  assert.deepEqual(root.asks('KILL root :bye'), ['ERROR :Killed (root (bye))'])
  assert.equal(world.core.network.users.size, 0)
})

test('WALLOPS - reaches those with +w and nobody else', async () => {
  const world = new World()
  const root = await world.joinAsOperator('root')
  const alice = world.join('alice')
  world.join('bob')
  const { network } = world.core
  const user = network.users.get('alice')
  assert.ok(user)
  const { applyEvent } = await import('../../src/server/apply-event.ts')
  applyEvent(world.core, { kind: 'userModesChanged', user, changes: [{ sign: '+', mode: 'w' }] })
  alice.read()
  assert.deepEqual(root.asks('WALLOPS :hi everyone'), [])
  assert.deepEqual(alice.read(), [':root!~root@192-0-2-1.cloak WALLOPS :hi everyone'])
  assert.deepEqual(root.asks('WALLOPS :'), [':irc.test 461 root WALLOPS :Not enough parameters'])
  assert.match(root.asks(`WALLOPS :${'x'.repeat(480)}`)[0] ?? '', / 417 /)
})

test('REHASH - is acknowledged and done', async () => {
  const world = new World()
  const root = await world.joinAsOperator('root')
  assert.deepEqual(root.asks('REHASH'), [':irc.test 382 root configuration Rehashing'])
  assert.deepEqual(world.operations, ['rehash'])
})

test("DIE - needs the server's name, so that it can't happen by mistake; RESTART as well", async () => {
  const world = new World()
  const root = await world.joinAsOperator('root')
  for (const command of ['DIE', 'RESTART']) {
    assert.match(root.asks(command)[0] ?? '', / 461 /)
    for (const name of ['*', 'irc.other', 'root']) {
      assert.match(root.asks(`${command} ${name}`)[0] ?? '', / 402 /)
    }
  }
  assert.deepEqual(world.operations, [])
  root.sends('DIE IRC.test', 'RESTART irc.test')
  assert.deepEqual(world.operations, ['die', 'restart'])
})
