import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CAPABILITIES } from '../../src/protocol/capabilities.ts'
import { utf8Length } from '../../src/protocol/utf8.ts'
import { World, type Actor } from '../support/world.ts'

function listed(lines: readonly string[]): string[] {
  return lines.flatMap((line) =>
    line
      .split(/ :?/)
      .slice(4)
      .filter((word) => word !== '*'),
  )
}

function enabled(actor: Actor): string[] {
  return listed(actor.asks('CAP LIST')).filter(Boolean)
}

const sts = { plain: 'port=6697', secure: 'duration=300' }

test('CAP - LS 302 lists all, with values for those that have one', () => {
  const lines = new World({ history: 'strict' }).connect().asks('CAP LS 302')
  const words = listed(lines)
  const names = CAPABILITIES.filter((row) => row.name !== 'sts').map((row) => row.name)
  assert.deepEqual(
    words.map((word) => word.split('=')[0]),
    names,
  )
  assert.ok(words.includes('draft/multiline=max-bytes=4096,max-lines=100'))
  for (const line of lines.slice(0, -1)) assert.match(line, /^:irc\.test CAP \* LS \* :/)
  assert.match(lines.at(-1) ?? '', /^:irc\.test CAP \* LS :?/)
})

test('CAP - what speaks of history is neither offered nor given when nothing is kept', () => {
  const needing = CAPABILITIES.filter((row) => row.needsLog === true).map((row) => row.name)
  assert.ok(needing.includes('maru.chat/client-msgid'))
  for (const name of needing) {
    const actor = new World({ history: 'off' }).connect()
    assert.ok(!actor.asks('CAP LS 302').join().includes(name))
    assert.deepEqual(actor.asks(`CAP REQ ${name}`), [`:irc.test CAP * NAK ${name}`])
  }
})

test('CAP - without 302: one line, "MUST NOT send these new features to the client"', () => {
  for (const request of ['CAP LS', 'CAP LS 301', 'CAP LS abc']) {
    const lines = new World({ sts }).connect().asks(request)
    assert.equal(lines.length, 1)
    assert.doesNotMatch(lines[0] ?? '', /=| sts/)
  }
})

test('CAP - a lower version gets a reply of its own kind, "but keep storing the original (higher) version"', () => {
  const actor = new World({ sts }).connect()
  actor.sends('CAP LS 302')
  actor.read()
  assert.doesNotMatch(actor.asks('CAP LS')[0] ?? '', /=/)
  assert.deepEqual(actor.asks('CAP REQ :-cap-notify'), [':irc.test CAP * NAK -cap-notify'])
})

test('CAP - 307 is 302: "the server MUST enable the features it does support below the given version"', () => {
  const actor = new World().connect()
  assert.match(actor.asks('CAP LS 307').join(), /=/)
  assert.deepEqual(enabled(actor), ['cap-notify'])
})

test('CAP - the version may rise later, also after registration', () => {
  const actor = new World().join('alice', 'server-time')
  const old = new World().join('bob')
  assert.match(actor.asks('CAP LS 302')[0] ?? '', /CAP alice LS /)
  assert.doesNotMatch(old.asks('CAP LS').join(), /=/)
  assert.match(old.asks('CAP LS 302').join(), /=/)
  assert.deepEqual(enabled(old), ['cap-notify'])
  assert.deepEqual(old.asks('PING x'), [':irc.test PONG irc.test x'])
})

test('CAP - with every name at its longest, each line fits', () => {
  const world = new World({ name: `${'s'.repeat(59)}.org`, sts })
  const actor = world.join('가'.repeat(21))
  for (const request of ['CAP LS', 'CAP LS 302', 'CAP LIST', `CAP REQ :${'y'.repeat(490)}`]) {
    for (const line of actor.asks(request)) assert.ok(utf8Length(line) <= 510, line)
  }
  assert.equal(actor.asks(`CAP REQ :${'batch '.repeat(80)}`).length, 2)
})

test('CAP - what does not fit a single line for old clients is drafts', () => {
  const world = new World({ name: `${'s'.repeat(59)}.org` })
  const actor = world.join('가'.repeat(21))
  const lines = actor.asks('CAP LS')
  assert.equal(lines.length, 1)
  assert.match(lines[0] ?? '', / userhost-in-names$/)
})

test('CAP - REQ "must be accepted as a whole, or rejected entirely", in the words of the client', () => {
  const actor = new World().connect()
  actor.sends('CAP LS')
  actor.read()
  for (const words of [
    'foo',
    'foo qux bar baz qux quux',
    'foo multi-prefix bar',
    'multi-prefix bar',
  ]) {
    const trailing = words.includes(' ') ? `:${words}` : words
    assert.deepEqual(actor.asks(`CAP REQ :${words}`), [`:irc.test CAP * NAK ${trailing}`])
  }
  assert.deepEqual(enabled(actor), [])
  assert.deepEqual(actor.asks('CAP REQ :multi-prefix userhost-in-names'), [
    ':irc.test CAP * ACK :multi-prefix userhost-in-names',
  ])
  assert.deepEqual(enabled(actor), ['multi-prefix', 'userhost-in-names'])
})

test('CAP - "already enabled, or tries to disable a capability which is not enabled" is a success', () => {
  const actor = new World().join('alice', 'server-time')
  assert.match(actor.asks('CAP REQ :server-time')[0] ?? '', /CAP alice ACK server-time$/)
  assert.match(actor.asks('CAP REQ :-away-notify')[0] ?? '', /CAP alice ACK -away-notify$/)
})

test('CAP - taken away, it has no effect any more', () => {
  const actor = new World().join('alice', 'server-time')
  assert.match(actor.asks('PING x')[0] ?? '', /^@time=/)
  actor.sends('CAP REQ :-server-time')
  actor.read()
  assert.deepEqual(actor.asks('PING x'), [':irc.test PONG irc.test x'])
})

test('CAP - sts is announced with its value, and "servers MUST reply with NAK" to a request', () => {
  const world = new World({ sts })
  const [plain, secure] = [world.connect(), world.connect({ transport: 'tls' })]
  assert.ok(listed(plain.asks('CAP LS 302')).includes('sts=port=6697'))
  assert.ok(listed(secure.asks('CAP LS 302')).includes('sts=duration=300'))
  assert.deepEqual(plain.asks('CAP REQ :sts'), [':irc.test CAP * NAK sts'])
})

test('CAP - nothing enabled: "an empty parameter must be sent"', () => {
  assert.deepEqual(new World().connect().asks('CAP LIST'), [':irc.test CAP * LIST :'])
})

test('CAP - an unknown subcommand is 410, and none is 461', () => {
  const actor = new World().connect()
  assert.deepEqual(actor.asks('CAP NOTACOMMAND'), [
    ':irc.test 410 * NOTACOMMAND :Invalid CAP command',
  ])
  assert.deepEqual(actor.asks('CAP'), [':irc.test 461 * CAP :Not enough parameters'])
})

test('CAP - END "if the client is already registered, MUST be ignored"', () => {
  assert.deepEqual(new World().join('alice').asks('CAP END'), [])
})

test('ISUPPORT - before registration for those with draft/extended-isupport, in its batch', () => {
  const actor = new World().connect()
  assert.deepEqual(actor.asks('ISUPPORT'), [':irc.test 451 * :You have not registered'])
  actor.sends('CAP REQ :batch draft/extended-isupport')
  actor.read()
  const lines = actor.asks('ISUPPORT')
  assert.match(lines[0] ?? '', /^:irc\.test BATCH \+(\S+) draft\/isupport$/)
  for (const line of lines.slice(1, -1)) assert.match(line, /^@batch=\S+ :irc\.test 005 \* /)
  assert.match(lines.at(-1) ?? '', /^:irc\.test BATCH -\S+$/)
  assert.ok(lines.length > 3)
})

test('ISUPPORT - "at most 13 tokens", and the same ones as in the welcome', () => {
  const world = new World()
  const actor = world.connect()
  const isSupport = (line: string) => line.includes(' 005 ')
  const welcome = actor.asks('NICK alice', 'USER alice 0 * :x').filter(isSupport)
  assert.deepEqual(actor.asks('ISUPPORT'), welcome)
  for (const line of welcome) {
    const tokens = line.split(' :')[0]?.split(' ').slice(3) ?? []
    assert.ok(tokens.length >= 1 && tokens.length <= 13)
    assert.match(line, / :are supported by this server$/)
  }
  assert.ok(welcome.some((line) => line.includes(' UTF8ONLY ')))
})

test('CAP - the ACK is still written as before, what follows it as agreed', () => {
  const actor = new World().connect()
  assert.deepEqual(actor.asks('CAP REQ :server-time', 'PING x'), [
    ':irc.test CAP * ACK server-time',
    '@time=2026-01-01T12:00:00.000Z :irc.test PONG irc.test x',
  ])
})
