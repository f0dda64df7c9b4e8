import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { formatTags, parseTags } from '../../src/protocol/tags.ts'
import { setUserModes, userOf } from '../support/facts.ts'
import { World, type Actor } from '../support/world.ts'

const ALICE = ':alice!~alice@192-0-2-1.cloak'

function inRoom(world: World, nick: string, ...caps: readonly string[]): Actor {
  const actor = world.join(nick, ...caps)
  actor.sends('JOIN #art')
  return actor
}

function fresh(...actors: readonly Actor[]): void {
  for (const actor of actors) actor.read()
}

test('message-tags - "servers MUST attach [client-only tags] as-is", and no other tag of a client', () => {
  const world = new World()
  const alice = inRoom(world, 'alice', 'message-tags')
  const bob = inRoom(world, 'bob', 'message-tags')
  const carol = inRoom(world, 'carol')
  const dave = inRoom(world, 'dave', 'server-time')
  fresh(alice, bob, carol, dave)
  alice.sends('@+baz=bat;fizz=buzz;+example.com/x=a\\:\\s\\\\ PRIVMSG #art :hi')
  assert.deepEqual(bob.read(), [
    `@msgid=id-0;+baz=bat;+example.com/x=a\\:\\s\\\\ ${ALICE} PRIVMSG #art :hi`,
  ])
  assert.deepEqual(carol.read(), [`${ALICE} PRIVMSG #art :hi`])
  assert.deepEqual(dave.read(), [`@time=2026-01-01T12:00:00.000Z ${ALICE} PRIVMSG #art :hi`])
})

test('message-tags - "Servers MUST NOT deliver TAGMSG to clients that haven\'t negotiated the message tags capability."', () => {
  const world = new World()
  const alice = inRoom(world, 'alice', 'message-tags', 'echo-message')
  const bob = inRoom(world, 'bob', 'message-tags')
  const [carol, dave] = [inRoom(world, 'carol'), inRoom(world, 'dave', 'server-time')]
  fresh(alice, bob, carol, dave)
  const line = `@msgid=id-0;+draft/react=👍 ${ALICE} TAGMSG #art`
  assert.deepEqual(alice.asks('@+draft/react=👍 TAGMSG #art'), [line])
  assert.deepEqual([bob.read(), carol.read(), dave.read()], [[line], [], []])
  alice.sends('@+typing=active TAGMSG bob', '@+typing=active TAGMSG carol')
  assert.equal(bob.read().length, 1)
  assert.deepEqual(carol.read(), [])
})

test('message-tags - 4,096 bytes of tags pass, one more is refused: "MUST NOT truncate tags"', () => {
  const world = new World()
  const alice = inRoom(world, 'alice', 'message-tags')
  const bob = inRoom(world, 'bob', 'message-tags')
  fresh(alice, bob)
  const value = 'a'.repeat(4081)
  alice.sends(`@foo=bar;+baz=${value} TAGMSG #art`)
  assert.deepEqual(bob.read(), [`@msgid=id-0;+baz=${value} ${ALICE} TAGMSG #art`])
  assert.deepEqual(alice.asks(`@foo=bar;+baz=${value}a TAGMSG #art`), [
    ':irc.test 417 alice :Input line was too long',
  ])
  assert.deepEqual(bob.read(), [])
})

test('message-tags - CLIENTTAGDENY: blocked tags "will be silently ignored", the message is not', () => {
  const world = new World({ clientTagDeny: ['*', '-draft/reply'] })
  const alice = inRoom(world, 'alice', 'message-tags')
  const bob = inRoom(world, 'bob', 'message-tags')
  fresh(alice, bob)
  alice.sends('@+typing=active;+draft/reply=x PRIVMSG #art :hi', '@+typing=active TAGMSG #art')
  assert.deepEqual(bob.read(), [`@msgid=id-0;+draft/reply=x ${ALICE} PRIVMSG #art :hi`])
})

test('message-tags - any value survives being sent on, and never makes a second tag', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (value) => {
      const clean = value.replaceAll('\0', '')
      const text = formatTags([['+x', clean]])
      assert.doesNotMatch(text, /[ ;\r\n]/)
      assert.deepEqual([...parseTags(text)], [['+x', clean]])
    }),
  )
})

test('server-time - "The value of the tag MUST have the following syntax: YYYY-MM-DDThh:mm:ss.sssZ", on all lines', () => {
  const world = new World()
  const alice = world.join('alice', 'server-time')
  for (const line of [...alice.asks('JOIN #art'), ...alice.asks('WHOIS alice')]) {
    assert.match(line, /^@time=\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z :/)
  }
})

test('message-ids - the same for the sender and all who receive it; never twice', () => {
  const world = new World()
  const alice = inRoom(world, 'alice', 'message-tags', 'echo-message')
  const bob = inRoom(world, 'bob', 'message-tags')
  fresh(alice, bob)
  const echoes = alice.asks('PRIVMSG #art :a', 'NOTICE #art :b', 'PRIVMSG bob :c')
  assert.deepEqual(echoes, bob.read())
  const ids = echoes.map((line) => /^@msgid=([^ ;]+) /.exec(line)?.[1])
  assert.equal(new Set(ids).size, 3)
  for (const id of ids) assert.match(id ?? '', /^[^:\s][^\s]*$/)
})

test('account-tag - "on all commands sent by a user (e.g. PRIVMSG, MODE, NOTICE, and all others)"', () => {
  const world = new World()
  const alice = inRoom(world, 'alice')
  const [bob, carol] = [inRoom(world, 'bob', 'account-tag'), inRoom(world, 'carol', 'message-tags')]
  userOf(world, 'alice').account = 'alice-account'
  fresh(bob, carol)
  alice.sends('PRIVMSG #art :hi', 'NICK alicia', 'PART #art')
  for (const line of bob.read()) assert.match(line, /^@account=alice-account :alic/)
  assert.ok(!carol.read().some((line) => line.includes('account=')))
})

test('bot-mode - "This tag MUST only be sent to users who have requested the message-tags capability."', () => {
  const world = new World()
  const alice = inRoom(world, 'alice', 'echo-message', 'message-tags')
  const [bob, carol] = [inRoom(world, 'bob', 'message-tags'), inRoom(world, 'carol', 'server-time')]
  setUserModes(world, 'alice', '+B')
  fresh(alice, bob, carol)
  const line = `@msgid=id-0;bot ${ALICE} PRIVMSG #art :beep`
  assert.deepEqual(alice.asks('PRIVMSG #art :beep'), [line])
  assert.deepEqual(bob.read(), [line])
  assert.ok(!carol.read().some((each) => each.includes('bot')))
  alice.sends('PART #art :bye')
  assert.deepEqual(bob.read(), [`@bot ${ALICE} PART #art :bye`])
})

test('echo-message - PRIVMSG and NOTICE come back as others get them; without it nothing does', () => {
  const world = new World()
  const alice = world.join('alice', 'echo-message')
  const bob = world.join('bob')
  for (const command of ['PRIVMSG', 'NOTICE']) {
    assert.deepEqual(alice.asks(`${command} bob :hi`), [`${ALICE} ${command} bob :hi`])
    bob.read()
    assert.deepEqual(bob.asks(`${command} alice :hi`), [])
    alice.read()
  }
})

test('echo-message - not of what was refused', () => {
  const world = new World()
  const alice = world.join('alice', 'echo-message')
  assert.deepEqual(alice.asks('PRIVMSG nobody :hi'), [':irc.test 401 alice nobody :No such nick'])
})
