import assert from 'node:assert/strict'
import { test } from 'node:test'
import { assertInvariants, assertLine } from '../support/invariants.ts'
import { World, type Actor } from '../support/world.ts'

interface Scene {
  readonly world: World
  readonly root: Actor
  /** In #room with `good`, and muted from elsewhere than the others. */
  readonly bad: Actor
  readonly good: Actor
}

function from(world: World, address: string, nick: string, ...first: readonly string[]): Actor {
  const actor = world.connect({ address })
  const caps = 'standard-replies message-tags draft/pre-away setname'
  actor.sends(`CAP REQ :${caps}`, ...first, `NICK ${nick}`, `USER ${nick} 0 * :x`, 'CAP END')
  actor.read()
  return actor
}

async function muted(): Promise<Scene> {
  const world = new World()
  const root = from(world, '198.51.100.7', 'root')
  root.sends('OPER root secret')
  await world.settles()
  const bad = from(world, '203.0.113.5', 'bad')
  const good = from(world, '192.0.2.1', 'good')
  for (const actor of [good, bad]) actor.sends('JOIN #room')
  root.sends('MUTE 1h *@203.0.113.5 :spam 광고')
  for (const actor of [root, bad, good]) actor.read()
  return { world, root, bad, good }
}

test('MUTE - leaves them connected, tells them with its time and reason, and says whom it hit', async () => {
  const world = new World()
  const root = from(world, '198.51.100.7', 'root')
  root.sends('OPER root secret')
  await world.settles()
  root.read()
  const [bad, good] = [from(world, '203.0.113.5', 'bad'), from(world, '192.0.2.1', 'good')]
  assert.deepEqual(root.asks('MUTE 1h30m *@203.0.113.* :spam'), [
    ':irc.test NOTE MUTE BAN_ADDED *@203.0.113.* :Muted for 1h 30m; 1 connected: spam',
  ])
  assert.deepEqual(bad.read(), [':irc.test NOTICE bad :You have been muted for 1h 30m: spam'])
  assert.deepEqual(good.read(), [])
  assert.equal(bad.closedWith, undefined)
})

test('MUTE - nothing that they say reaches a channel or a person, in any way', async () => {
  const { bad, good } = await muted()
  const inRoom = ':irc.test 404 bad #room :Cannot send to channel (muted: spam 광고)'
  const lines: readonly (readonly [line: string, answer: readonly string[]])[] = [
    ['PRIVMSG #room :hi', [inRoom]],
    ['PRIVMSG @#room :hi', [inRoom]],
    ['@+typing=active TAGMSG #room', [inRoom]],
    // "automatic replies must never be sent in response to a NOTICE"
    ['NOTICE #room :hi', []],
    ['NOTICE good :hi', []],
    ['PRIVMSG good :hi', [':irc.test FAIL PRIVMSG MUTED good :You are muted: spam 광고']],
    ['@+typing=active TAGMSG good', [':irc.test FAIL TAGMSG MUTED good :You are muted: spam 광고']],
    ['TOPIC #room :buy', [inRoom]],
    ['KNOCK #other :buy', [':irc.test 403 bad #other :No such channel']],
    ['INVITE good #room', [':irc.test FAIL INVITE MUTED #room :You are muted: spam 광고']],
    ['AWAY :buy', [':irc.test FAIL AWAY MUTED :You are muted: spam 광고']],
    ['SETNAME :buy', [':irc.test FAIL SETNAME MUTED :You are muted: spam 광고']],
    ['NICK buy', [':irc.test 447 bad :Cannot change nickname: You are muted: spam 광고']],
  ]
  for (const [line, answer] of lines) {
    assert.deepEqual(bad.asks(line), answer, line)
    assert.deepEqual(good.read(), [], line)
  }
})

test('MUTE - in a channel of their own they have no say either', async () => {
  const { bad, good } = await muted()
  bad.sends('JOIN #own')
  good.sends('JOIN #own')
  bad.read()
  good.read()
  assert.deepEqual(bad.asks('TOPIC #own :buy'), [
    ':irc.test 404 bad #own :Cannot send to channel (muted: spam 광고)',
  ])
  assert.deepEqual(bad.asks('RENAME #own #buy :buy'), [
    ':irc.test FAIL RENAME MUTED #own :You are muted: spam 광고',
  ])
  bad.sends('KICK #own good :buy')
  assert.deepEqual(good.read(), [':bad!~bad@203-0-113-5.cloak KICK #own good :bad'])
  assert.equal(bad.read()[0], ':irc.test WARN KICK REASON_NOT_SHOWN :You are muted')
})

test('MUTE - they may look, come and go, and do not have the last word', async () => {
  const { bad, good } = await muted()
  assert.match(bad.asks('TOPIC #room').join(), / 331 bad #room /)
  assert.match(bad.asks('AWAY').join(), / 305 bad /)
  bad.sends('PART #room :buy')
  assert.deepEqual(good.read(), [':bad!~bad@203-0-113-5.cloak PART #room'])
  bad.sends('JOIN #room', 'QUIT :buy')
  assert.deepEqual(good.read(), [
    ':bad!~bad@203-0-113-5.cloak JOIN #room',
    ':bad!~bad@203-0-113-5.cloak QUIT :Client quit',
  ])
})

test('MUTE - a knock is not heard', async () => {
  const { bad, good } = await muted()
  good.sends('JOIN #closed', 'MODE #closed +i')
  good.read()
  assert.deepEqual(bad.asks('KNOCK #closed :buy'), [
    ':irc.test 404 bad #closed :Cannot send to channel (muted: spam 광고)',
  ])
  assert.deepEqual(good.read(), [])
})

test('MUTE - who comes later is told after the welcome, and what they set before is not shown', async () => {
  const { world, good } = await muted()
  const late = world.connect({ address: '203.0.113.5' })
  late.sends('CAP REQ :draft/pre-away', 'AWAY :buy', 'NICK late', 'USER late 0 * :x', 'CAP END')
  assert.equal(late.read().at(-1), ':irc.test NOTICE late :You have been muted for 1h: spam 광고')
  late.sends('PRIVMSG #room :hi', 'PRIVMSG good :hi')
  assert.deepEqual(good.asks('PRIVMSG late :well?'), [])
})

test('MUTE - ends by its time, and is told to be over', async () => {
  const { world, root, bad, good } = await muted()
  root.sends('MUTE 30s *@203.0.113.5 :spam')
  bad.read()
  world.passes(29_000)
  assert.match(bad.asks('PRIVMSG #room :hi').join(), / 404 /)
  world.passes(1000)
  assert.deepEqual(
    bad.read().filter((line) => line.includes('NOTICE')),
    [':irc.test NOTICE bad :You are no longer muted'],
  )
  good.read()
  bad.sends('PRIVMSG #room :hi')
  assert.deepEqual(good.read(), ['@msgid=id-0 :bad!~bad@203-0-113-5.cloak PRIVMSG #room :hi'])
  assert.deepEqual(world.savedBans, [])
})

test('MUTE - UNMUTE ends it; under two mutes, both must end', async () => {
  const { world, root, bad } = await muted()
  root.sends('MUTE *@203.0.113.0/24 :more')
  root.read()
  assert.deepEqual(bad.read(), [])
  assert.deepEqual(root.asks('UNMUTE *@203.0.113.5'), [
    ':irc.test NOTE UNMUTE BAN_REMOVED *@203.0.113.5 :The mute has ended',
  ])
  assert.deepEqual(bad.read(), [':irc.test NOTICE bad :You have been muted: more'])
  assertInvariants(world)
  root.sends('UNMUTE *@203.0.113.0/24')
  assert.deepEqual(bad.read(), [':irc.test NOTICE bad :You are no longer muted'])
  assert.deepEqual(root.asks('UNKLINE *@203.0.113.5').slice(-1), [
    ':irc.test FAIL UNKLINE NO_SUCH_BAN *@203.0.113.5 :There is no such ban; STATS k, STATS d and STATS s list them',
  ])
})

test('MUTE - follows the host that others see', async () => {
  const { world, root, good } = await muted()
  root.sends('MUTE *@muted.example :x')
  root.sends('CHGHOST good muted.example')
  assert.deepEqual(
    good.read().filter((line) => line.includes('NOTICE')),
    [':irc.test NOTICE good :You have been muted: x'],
  )
  assertInvariants(world)
  root.sends('CHGHOST good free.example')
  assertInvariants(world)
  assert.deepEqual(
    good.read().filter((line) => line.includes('NOTICE')),
    [':irc.test NOTICE good :You are no longer muted'],
  )
})

test('MUTE - operators are heard', async () => {
  const { world, root, bad, good } = await muted()
  assert.match(root.asks('MUTE *@198.51.100.7 :x')[0] ?? '', /:Muted for ever; 0 connected: x$/)
  root.sends('PRIVMSG good :hi')
  assert.equal(good.read().length, 1)
  bad.sends('OPER guard secret')
  await world.settles()
  bad.sends('PRIVMSG good :hi')
  assert.equal(good.read().length, 1)
  bad.sends('MODE bad -o')
  bad.read()
  assert.match(bad.asks('PRIVMSG good :hi').join(), / FAIL PRIVMSG MUTED good /)
})

test('MUTE - STATS s lists them, for those who may set them', async () => {
  const { root, bad } = await muted()
  assert.deepEqual(root.asks('STATS s'), [
    ':irc.test 223 root S *@203.0.113.5 root 2026-01-01T12:00:00.000Z 1h :spam 광고',
    ':irc.test 219 root s :End of /STATS report',
  ])
  assert.match(bad.asks('STATS s')[0] ?? '', / 481 bad /)
  assert.match(bad.asks('MUTE *@192.0.2.1')[0] ?? '', / 481 bad /)
})

test('MUTE - several lines as one message are one refusal', async () => {
  const { world, root, good } = await muted()
  const many = world.connect({ address: '192.0.2.77' })
  many.sends('CAP REQ :batch draft/multiline standard-replies', 'NICK many', 'USER many 0 * :x')
  many.sends('CAP END', 'JOIN #room')
  root.sends('MUTE *@192.0.2.77 :x')
  many.read()
  good.read()
  const answer = many.asks(
    'BATCH +1 draft/multiline #room',
    '@batch=1 PRIVMSG #room :one',
    '@batch=1 PRIVMSG #room :two',
    'BATCH -1',
  )
  assert.deepEqual(answer, [':irc.test 404 many #room :Cannot send to channel (muted: x)'])
  assert.deepEqual(good.read(), [])
})

test('MUTE - the longest reason and names fit in a line for every client', async () => {
  const { world, root } = await muted()
  const long = world.connect({ address: '192.0.2.9' })
  const nick = '가'.repeat(21)
  long.sends(`NICK ${nick}`, `USER ${'u'.repeat(20)} 0 * :x`)
  long.sends(`JOIN #${'나'.repeat(42)}`)
  long.read()
  root.sends(`MUTE *@192.0.2.9 :${'r'.repeat(200)}`)
  const answers = long.asks(
    `PRIVMSG ${nick} :hi`,
    `PRIVMSG #${'나'.repeat(42)} :hi`,
    `INVITE ${nick} #${'나'.repeat(42)}`,
    'NICK other',
  )
  assert.equal(answers.length, 5, answers.join('\n'))
  for (const line of answers) assertLine(line)
})
