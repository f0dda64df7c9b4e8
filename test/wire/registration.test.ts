import assert from 'node:assert/strict'
import { test } from 'node:test'
import { utf8Length } from '../../src/protocol/utf8.ts'
import { World, type Actor } from '../support/world.ts'

/** The numerics and commands that it got, in order, each run of equal ones once. */
function heads(lines: readonly string[]): string[] {
  const words = lines.map((tagged) => {
    const line = tagged.replace(/^@\S+ /, '')
    const [first = '', second = ''] = line.split(' ')
    return first.startsWith(':') ? second : first
  })
  return words.filter((word, i) => word !== words[i - 1])
}

const WELCOME = [
  '001',
  '002',
  '003',
  '004',
  '005',
  '251',
  '255',
  '265',
  '266',
  '375',
  '372',
  '376',
  '221',
]

function hello(actor: Actor, nick: string): string[] {
  return actor.asks(`NICK ${nick}`, `USER ${nick} 0 * :real`)
}

test('REGISTRATION - NICK and USER in either order bring the welcome, in the order of the protocol', () => {
  const orders = [
    ['NICK alice', 'USER alice 0 * :Alice'],
    ['USER alice 0 * :Alice', 'NICK alice'],
  ]
  for (const lines of orders) assert.deepEqual(heads(new World().connect().asks(...lines)), WELCOME)
})

test('REGISTRATION - the welcome tells the nick, the source and the modes', () => {
  const lines = hello(new World().connect(), 'alice')
  assert.equal(
    lines[0],
    ':irc.test 001 alice :Welcome to the Test IRC Network alice!~alice@192-0-2-1.cloak',
  )
  assert.equal(lines.at(-1), ':irc.test 221 alice +i')
  assert.match(
    lines[3] ?? '',
    /^:irc\.test 004 alice irc\.test maru-test BRiow [A-Za-z]+ [A-Za-z]+$/,
  )
})

test('REGISTRATION - without a message of the day there is 422', () => {
  const lines = hello(new World({ motd: [] }).connect(), 'alice')
  assert.deepEqual(heads(lines).slice(-2), ['422', '221'])
})

test('REGISTRATION - "the server MUST not complete registration until the client sends a CAP END"', () => {
  const orders = [
    ['CAP LS 302', 'NICK alice', 'USER alice 0 * :Alice'],
    ['NICK alice', 'CAP LS 302', 'USER alice 0 * :Alice'],
    ['USER alice 0 * :Alice', 'CAP REQ :server-time', 'NICK alice'],
    ['CAP REQ :no-such-capability', 'NICK alice', 'USER alice 0 * :Alice'],
  ]
  for (const lines of orders) {
    const actor = new World().connect()
    assert.deepEqual(heads(actor.asks(...lines)), ['CAP'])
    assert.equal(heads(actor.asks('CAP END'))[0], '001')
  }
})

test('REGISTRATION - CAP END before NICK and USER just ends the negotiation', () => {
  const actor = new World().connect()
  actor.sends('CAP LS 302', 'CAP END')
  actor.read()
  assert.equal(heads(hello(actor, 'alice'))[0], '001')
})

test('REGISTRATION - until then nothing else is understood: 451', () => {
  const actor = new World().connect()
  for (const line of ['JOIN #art', 'PRIVMSG alice :hi', 'MOTD', 'OPER root secret', 'NOSUCH']) {
    assert.deepEqual(actor.asks(line), [':irc.test 451 * :You have not registered'])
  }
})

test('REGISTRATION - afterwards USER, PASS and WEBIRC are too late: 462', () => {
  const actor = new World().join('alice')
  for (const line of ['USER a 0 * :b', 'PASS secret', 'WEBIRC a b c d']) {
    assert.deepEqual(actor.asks(line), [':irc.test 462 alice :You may not reregister'])
  }
})

test('REGISTRATION - USER takes four parameters, and none of the names may be empty', () => {
  const actor = new World().connect()
  for (const line of ['USER', 'USER a', 'USER a 0 *', 'USER a 0 * :', 'USER']) {
    assert.deepEqual(actor.asks(line), [':irc.test 461 * USER :Not enough parameters'])
  }
  assert.deepEqual(actor.asks('USER a 0 * :b', 'USER c 0 * :d'), [
    ':irc.test 462 * :You may not reregister',
  ])
})

test('REGISTRATION - a user name without a fit letter becomes one, and a long real name is told to be cut', () => {
  const world = new World()
  const [actor, other] = [world.connect(), world.connect()]
  actor.sends('NICK alice', 'USER 😊😊 0 * :Alice')
  assert.match(actor.read()[0] ?? '', / alice!~user@/)
  const [warning] = other.asks('NICK bob', `USER bob 0 * :${'각'.repeat(60)}`)
  assert.equal(
    warning,
    ':irc.test WARN USER REALNAME_TOO_LONG 150 :Your real name was cut to 150 bytes',
  )
})

test('PASS - the right password lets in', async () => {
  const world = new World({ passwordHash: 'open sesame' })
  const actor = world.connect()
  actor.sends('PASS :open sesame', 'NICK alice', 'USER alice 0 * :Alice')
  await world.settles()
  assert.equal(heads(actor.read())[0], '001')
})

test('PASS - a wrong one: "SHOULD send ERR_PASSWDMISMATCH and MUST close the connection with ERROR"', async () => {
  const world = new World({ passwordHash: 'open sesame' })
  const actor = world.connect()
  actor.sends('PASS sesame', 'NICK alice', 'USER alice 0 * :Alice')
  await world.settles()
  assert.deepEqual(actor.read(), [
    ':irc.test 464 * :Password incorrect',
    'ERROR :Password incorrect',
  ])
  assert.equal(world.core.network.users.size, 0)
})

test('PASS - none at all, or only after NICK and USER, is the same as a wrong one', async () => {
  const world = new World({ passwordHash: 'open sesame' })
  const actor = world.connect()
  actor.sends('NICK alice', 'USER alice 0 * :Alice', 'PASS :open sesame')
  await world.settles()
  assert.deepEqual(heads(actor.read()), ['464', 'ERROR'])
  assert.equal(actor.closedWith, 'A password is needed')
})

test('PASS - lines that come while the password is checked are carried out after it, in order', async () => {
  const world = new World({ passwordHash: 'secret' })
  const actor = world.connect()
  actor.sends('PASS secret', 'NICK alice', 'USER alice 0 * :Alice', 'PING 1', 'JOIN #art')
  assert.deepEqual(actor.read(), [])
  await world.settles()
  const got = heads(actor.read())
  assert.equal(got[0], '001')
  assert.deepEqual(got.slice(-4), ['PONG', 'JOIN', '353', '366'])
})

test('PASS - whose nick is taken while the password is checked goes on with another, without a new PASS', async () => {
  const world = new World({ passwordHash: 'secret' })
  const [slow, fast] = [world.connect(), world.connect()]
  slow.sends('PASS secret', 'NICK alice')
  fast.sends('PASS secret', 'NICK alice')
  fast.sends('USER fast 0 * :Fast')
  slow.sends('USER slow 0 * :Slow')
  await world.settles()
  assert.equal(heads(fast.read())[0], '001')
  assert.deepEqual(heads(slow.read()), ['433'])
  slow.sends('NICK bob')
  await world.settles()
  assert.equal(heads(slow.read())[0], '001')
})

test('NICK - a registered nick is refused, and the next try goes on', () => {
  const world = new World()
  world.join('alice')
  const actor = world.connect()
  assert.deepEqual(hello(actor, 'Alice'), [':irc.test 433 * Alice :Nickname is already in use'])
  assert.equal(heads(actor.asks('NICK bob'))[0], '001')
})

test('NICK - of two who want the same nick, the first to finish has it', () => {
  const world = new World()
  const [first, second] = [world.connect(), world.connect()]
  first.sends('NICK alice')
  second.sends('NICK alice')
  assert.equal(heads(second.asks('USER b 0 * :b'))[0], '001')
  assert.deepEqual(heads(first.asks('USER a 0 * :a')), ['433'])
})

test('NICK - is free again after a change, a QUIT, or a broken connection', () => {
  const world = new World()
  const alice = world.join('alice')
  alice.sends('NICK malice')
  const second = world.join('alice')
  second.sends('QUIT')
  const third = world.join('ALICE')
  third.vanishes()
  assert.equal(heads(hello(world.connect(), 'alice'))[0], '001')
})

test('NICK - what can be no nick is 432 with the reason, and what is not there 431', () => {
  const world = new World()
  const actor = world.connect()
  const cases = [
    ['*', 'it starts with a character that no nick may start with'],
    ['#art', 'it starts with a character that no nick may start with'],
    ['9lives', 'it starts with a character that no nick may start with'],
    ['-dash', 'it starts with a character that no nick may start with'],
    ['a'.repeat(33), 'it is longer than 32 characters'],
    ['a\u200bb', 'it has a character that no nick may have'],
    ['a!b', 'it has a character that no nick may have'],
  ]
  for (const [nick = '', why] of cases) {
    assert.deepEqual(actor.asks(`NICK ${nick}`), [
      `:irc.test 432 * ${nick} :Erroneous nickname: ${why}`,
    ])
  }
  for (const line of ['NICK', 'NICK :']) {
    assert.deepEqual(actor.asks(line), [':irc.test 431 * :No nickname given'])
  }
  assert.match(actor.asks(`NICK ${'x'.repeat(480)}`)[0] ?? '', /^:irc\.test 432 \* x{160} :/)
})

test("NICK - services' names and what looks like them are reserved", () => {
  const actor = new World().connect()
  for (const nick of ['NickServ', 'nickserv', 'N1ckServ', 'ChаnServ']) {
    assert.match(
      actor.asks(`NICK ${nick}`)[0] ?? '',
      / 432 \* \S+ :Erroneous nickname: it is reserved/,
    )
  }
})

test('NICK - nobody may look like somebody who is here', () => {
  const world = new World()
  world.join('alice')
  for (const nick of ['аlice', 'alicе', 'ａlice']) {
    assert.match(hello(world.connect(), nick)[0] ?? '', / 433 /, nick)
  }
})

test('NICK - a change is seen by oneself and by others; to the same spelling it is nothing', () => {
  const world = new World()
  const [alice, bob] = world.joinAll(['alice', 'bob'], '#art')
  assert.deepEqual(bob?.asks('NICK Alice'), [':irc.test 433 bob Alice :Nickname is already in use'])
  assert.deepEqual(alice?.asks('NICK Alice'), [':alice!~alice@192-0-2-1.cloak NICK Alice'])
  assert.deepEqual(bob?.read(), [':alice!~alice@192-0-2-1.cloak NICK Alice'])
  assert.deepEqual(alice?.asks('NICK Alice'), [])
  assert.deepEqual(bob?.read(), [])
})

test('NICK - the label stands on the change itself, which comes from the old nick', () => {
  const alice = new World().join('alice', 'batch', 'labeled-response')
  assert.deepEqual(alice.asks('@label=abc NICK alice2'), [
    '@label=abc :alice!~alice@192-0-2-1.cloak NICK alice2',
  ])
})

test('REGISTRATION - every line of the welcome fits, with the longest names and a wide MOTD', () => {
  const name = `${'s'.repeat(59)}.org`
  const world = new World({ name, motd: ['안녕 '.repeat(200), 'x'.repeat(2000), ''] })
  const lines = hello(world.connect(), '가'.repeat(21))
  assert.equal(heads(lines).at(-1), '221')
  for (const line of lines) assert.ok(utf8Length(line) <= 510, `${utf8Length(line)}: ${line}`)
  const motd = lines.filter((line) => line.includes(' 372 ')).map((line) => line.split(':- ')[1])
  assert.equal(motd.join('').replaceAll(/[^x]/g, '').length, 2000)
})

test('REGISTRATION - a web page that makes its visitors speak to the port is turned away at its first word', () => {
  for (const request of [
    'GET / HTTP/1.1',
    'POST / HTTP/1.1',
    'OPTIONS * HTTP/1.1',
    'put /x HTTP/1.0',
  ]) {
    const world = new World()
    const actor = world.connect()
    actor.sends(request, 'NICK alice', 'USER alice 0 * :x')
    assert.deepEqual(actor.read(), ['ERROR :This is a chat server, not a web server'])
    assert.equal(world.core.network.users.size, 0)
  }
})

test('REGISTRATION - a user may call GET by mistake and stays', () => {
  assert.deepEqual(new World().join('alice').asks('GET / HTTP/1.1'), [
    ':irc.test 421 alice GET :Unknown command',
  ])
})
