import assert from 'node:assert/strict'
import { test } from 'node:test'
import { batchCommands } from '../../src/commands/batch.ts'
import { event, numeric } from '../../src/commands/effect.ts'
import { listEnd } from '../../src/protocol/replies.ts'
import { applyEffect } from '../../src/server/apply.ts'
import { openResponse } from '../../src/server/response.ts'
import { sendResponse } from '../../src/server/sessions.ts'
import { userOf } from '../support/facts.ts'
import { World } from '../support/world.ts'

const CAPS = ['batch', 'labeled-response'] as const
const ALICE = ':alice!~alice@192-0-2-1.cloak'

test('labeled-response - one line has the label itself, an error as well', () => {
  const alice = new World().join('alice', ...CAPS)
  assert.deepEqual(alice.asks('@label=a PING x'), ['@label=a :irc.test PONG irc.test x'])
  assert.deepEqual(alice.asks('@label=b NONSENSE'), [
    '@label=b :irc.test 421 alice NONSENSE :Unknown command',
  ])
})

test('labeled-response - "If a response consists of more than one message, a batch MUST be used"', () => {
  const alice = new World().join('alice', ...CAPS)
  const lines = alice.asks('@label=mGhe5V7RTV JOIN #art')
  assert.equal(lines[0], '@label=mGhe5V7RTV :irc.test BATCH +id-0 labeled-response')
  assert.ok(lines.length > 4)
  for (const line of lines.slice(1, -1)) assert.match(line, /^@batch=id-0 :/)
  assert.equal(lines.at(-1), ':irc.test BATCH -id-0')
})

test('labeled-response - "Servers MUST respond with a labeled ACK message when a client sends a labeled command that normally produces no response."', () => {
  const world = new World()
  const alice = world.join('alice', ...CAPS)
  world.join('bob')
  for (const line of ['PONG x', 'PRIVMSG bob :hi', 'MONITOR C', 'SETNAME x']) {
    assert.deepEqual(alice.asks(`@label=abc ${line}`), ['@label=abc :irc.test ACK'], line)
  }
})

test('labeled-response - the label is on the echo and never reaches anyone else', () => {
  const world = new World()
  const alice = world.join('alice', ...CAPS, 'echo-message')
  const bob = world.join('bob', ...CAPS)
  assert.deepEqual(alice.asks('@label=1 PRIVMSG bob :hi'), [`@label=1 ${ALICE} PRIVMSG bob :hi`])
  assert.deepEqual(bob.read(), [`${ALICE} PRIVMSG bob :hi`])
})

test('labeled-response - to several targets: one batch of echoes', () => {
  const world = new World()
  const alice = world.join('alice', ...CAPS, 'echo-message')
  for (const nick of ['bob', 'carl']) world.join(nick)
  assert.deepEqual(alice.asks('@label=1 PRIVMSG bob,carl :hi'), [
    '@label=1 :irc.test BATCH +id-2 labeled-response',
    `@batch=id-2 ${ALICE} PRIVMSG bob :hi`,
    `@batch=id-2 ${ALICE} PRIVMSG carl :hi`,
    ':irc.test BATCH -id-2',
  ])
})

test('labeled-response - "When a client sends a message to itself, the server MUST NOT include the label tag, except for" the echo', () => {
  const world = new World()
  const alice = world.join('alice', ...CAPS, 'echo-message', 'message-tags')
  for (const [line, text] of [
    ['PRIVMSG alice :hi', 'PRIVMSG alice :hi'],
    ['NOTICE alice :hi', 'NOTICE alice :hi'],
  ]) {
    const lines = alice.asks(`@label=12345 ${line}`)
    assert.equal(lines.length, 2)
    assert.equal(lines.filter((each) => each.startsWith('@label=12345;')).length, 1)
    for (const each of lines) assert.ok(each.endsWith(`${ALICE} ${text}`), each)
  }
  assert.equal(world.join('bob', ...CAPS).asks('@label=1 PRIVMSG bob :hi').length, 2)
})

test('labeled-response - no label without the capability, none that is empty or too long', () => {
  const world = new World()
  assert.deepEqual(world.join('bob').asks('@label=a PING x'), [':irc.test PONG irc.test x'])
  const alice = world.join('alice', ...CAPS)
  for (const label of ['', 'x'.repeat(65), '가'.repeat(22)]) {
    assert.deepEqual(alice.asks(`@label=${label} PING x`), [':irc.test PONG irc.test x'])
  }
  const longest = 'x'.repeat(64)
  assert.match(alice.asks(`@label=${longest} PING x`)[0] ?? '', /^@label=x{64} /)
})

test('labeled-response - the label comes back as it was sent', () => {
  const alice = new World().join('alice', ...CAPS)
  const label = 'a\\sb\\:c\\\\d'
  assert.equal(alice.asks(`@label=${label} PING x`)[0], `@label=${label} :irc.test PONG irc.test x`)
})

test('batch - "Start and end messages of one batch MAY refer to another batch": an inner one stays whole', () => {
  const world = new World()
  const alice = world.join('alice', ...CAPS, 'draft/multiline', 'message-tags', 'echo-message')
  const user = userOf(world, 'alice')
  const [session] = user.sessions
  assert.ok(session)
  const lines = [
    { text: 'a', concat: false },
    { text: 'b', concat: true },
  ]
  const response = openResponse(session, 'L')
  const said = event({
    kind: 'said',
    command: 'PRIVMSG',
    by: user,
    session,
    target: { kind: 'user', user },
    lines,
    multiline: true,
    msgid: 'm1',
    clientTags: '',
  })
  const effects = [said, numeric(listEnd())]
  applyEffect(world.core, { kind: 'batch', type: 'outer', params: [], effects }, response)
  alice.read()
  sendResponse(world.core, response)
  assert.deepEqual(alice.read(), [
    '@label=L :irc.test BATCH +id-0 outer',
    `@batch=id-0;msgid=m1 ${ALICE} BATCH +m1 draft/multiline alice`,
    `@batch=m1 ${ALICE} PRIVMSG alice :a`,
    `@batch=m1;draft/multiline-concat ${ALICE} PRIVMSG alice :b`,
    `@batch=id-0 ${ALICE} BATCH -m1`,
    '@batch=id-0 :irc.test 323 alice :End of /LIST',
    ':irc.test BATCH -id-0',
  ])
})

test('batch - those without it get the lines alone', () => {
  const alice = new World().join('alice', 'labeled-response')
  const lines = alice.asks('@label=a WHOIS alice')
  assert.ok(lines.length > 3)
  assert.ok(!lines.some((line) => line.includes('BATCH')))
})

test('standard-replies - FAIL for those who asked for it, and for those whose extension has it; a NOTICE for others', () => {
  const world = new World()
  const line = 'MONITOR X'
  assert.match(
    world.join('alice', 'standard-replies').asks(line)[0] ?? '',
    /^:irc\.test FAIL MONITOR /,
  )
  assert.match(
    world.join('bob').asks(line)[0] ?? '',
    /^:irc\.test NOTICE bob :\*\*\* FAIL MONITOR /,
  )
  assert.match(world.join('carol', 'setname').asks('SETNAME :')[0] ?? '', / FAIL SETNAME /)
  assert.match(world.join('dave', 'draft/multiline').asks('BATCH -1')[0] ?? '', / FAIL BATCH /)
  assert.ok('BATCH' in batchCommands)
})

test('standard-replies - "This message SHOULD also be given a label"', () => {
  const alice = new World().join('alice', ...CAPS, 'standard-replies')
  assert.match(alice.asks('@label=a MONITOR X')[0] ?? '', /^@label=a :irc\.test FAIL MONITOR /)
})
