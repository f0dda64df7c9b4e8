import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DEFAULT_LIMITS } from '../../src/protocol/limits.ts'
import {
  asked,
  HISTORY_CAPS,
  historyWorld,
  inBatch,
  textsOf,
  twoInArt,
} from '../support/history-world.ts'
import { World } from '../support/world.ts'

const HEADER =
  ':irc.test NOTICE #art :*** Said before (times are UTC; HISTORY OFF: not to be shown this)'

test('REPLAY - a client that knows nothing of history is told the last lines when it joins, with their times', async () => {
  const { world, alice } = await twoInArt(25)
  await asked(
    world,
    alice,
    'PRIVMSG #art :\u0001ACTION waves\u0001',
    'PRIVMSG #art :\u0001VERSION\u0001',
  )
  world.passes(1000)
  const dave = world.join('dave')
  const lines = (await asked(world, dave, 'JOIN #art')).slice(3)
  assert.equal(lines[0], HEADER)
  // Of the last 20, what would make a program answer is left out.
  assert.equal(lines.length, 20)
  assert.equal(lines[1], ':alice!~alice@192-0-2-1.cloak PRIVMSG #art :[12:00] m7')
  assert.equal(
    lines.at(-1),
    ':alice!~alice@192-0-2-1.cloak PRIVMSG #art :\u0001ACTION [12:00] waves\u0001',
  )
})

test('REPLAY - with server-time the text is as it was said', async () => {
  const { world, said } = await twoInArt(2)
  const dave = world.join('dave', 'server-time', 'message-tags', 'batch')
  const lines = (await asked(world, dave, 'JOIN #art')).slice(3)
  assert.deepEqual(inBatch(lines, 'chathistory #art'), said)
})

test('REPLAY - of another day, the date', async () => {
  const { world } = await twoInArt(1)
  world.passes(24 * 60 * 60_000)
  const dave = world.join('dave')
  const lines = await asked(world, dave, 'JOIN #art')
  assert.match(lines.at(-1) ?? '', / PRIVMSG #art :\[2026-01-01 12:00\] m0$/)
})

test('REPLAY - nothing older than a week, and nothing at all when that is set', async () => {
  const { world } = await twoInArt(1)
  world.passes(DEFAULT_LIMITS.chat.replayMs + 2000)
  const dave = world.join('dave')
  assert.equal((await asked(world, dave, 'JOIN #art')).length, 3)
  const limits = { ...DEFAULT_LIMITS, chat: { ...DEFAULT_LIMITS.chat, replayLines: 0 } }
  const quiet = new World({ history: 'strict', limits }, { log: true })
  const [alice, bob] = [quiet.join('alice'), quiet.join('bob')]
  await asked(quiet, alice, 'JOIN #art', 'PRIVMSG #art :hi')
  assert.equal((await asked(quiet, bob, 'JOIN #art')).length, 3)
})

test('REPLAY - "the server SHOULD NOT play back any history" to those who can ask, nor to programs', async () => {
  const { world } = await twoInArt(2)
  for (const [nick, cap] of [
    ['carol', 'draft/chathistory'],
    ['dora', 'znc.in/playback'],
  ] as const) {
    assert.equal((await asked(world, world.join(nick, cap), 'JOIN #art')).length, 3, cap)
  }
  const robot = world.join('robot')
  await asked(world, robot, 'MODE robot +B')
  assert.equal((await asked(world, robot, 'JOIN #art')).length, 3)
})

test('REPLAY - HISTORY OFF ends it, HISTORY ON brings it back', async () => {
  const { world } = await twoInArt(2)
  const dave = world.join('dave')
  assert.match(
    (await asked(world, dave, 'HISTORY OFF')).join(),
    /NOTICE dave :\*\*\* You are not shown/,
  )
  assert.equal((await asked(world, dave, 'JOIN #art')).length, 3)
  await asked(world, dave, 'PART #art', 'history on')
  assert.deepEqual(textsOf(await asked(world, dave, 'JOIN #art')).slice(1), [
    '[12:00] m0',
    '[12:00] m1',
  ])
})

test('REPLAY - what is said after the JOIN comes once, live', async () => {
  const { world, alice } = await twoInArt(1)
  const dave = world.join('dave')
  alice.sends('PRIVMSG #art :before')
  dave.sends('JOIN #art')
  alice.sends('PRIVMSG #art :after')
  dave.sends('PRIVMSG #art :I can speak at once')
  await world.settles()
  await world.settles()
  const texts = textsOf(dave.read())
  assert.deepEqual(
    texts.sort(),
    [HEADER.slice(HEADER.indexOf('***')), '[12:00] before', '[12:00] m0', 'after'].sort(),
  )
})

test("REPLAY - who is out again before it comes isn't shown it", async () => {
  const { world } = await twoInArt(3)
  const dave = world.join('dave')
  dave.sends('JOIN #art', 'PART #art')
  await world.settles()
  await world.settles()
  assert.deepEqual(textsOf(dave.read()), [])
})

test('REPLAY - the answer to a labelled JOIN has its label; what follows is no part of it', async () => {
  const { world } = await twoInArt(1)
  const dave = world.join('dave', 'labeled-response', 'batch', 'message-tags')
  const lines = await asked(world, dave, '@label=j JOIN #art')
  const end = lines.findIndex((line) => line.includes(' BATCH -'))
  assert.match(lines[0] ?? '', /^@label=j :irc\.test BATCH \+\S+ labeled-response$/)
  assert.ok(textsOf(lines.slice(0, end)).length === 0 && textsOf(lines.slice(end)).length === 2)
})

test("HISTORY - the last lines, for people; who asks for what isn't theirs is told no more than that", async () => {
  const { world, alice } = await twoInArt(5)
  await asked(world, alice, 'PRIVMSG bob :psst')
  const dave = world.join('dave')
  await asked(world, dave, 'JOIN #art')
  const texts = textsOf(await asked(world, dave, 'HISTORY #art 2'))
  assert.deepEqual(texts.slice(1), ['[12:00] m3', '[12:00] m4'])
  for (const target of ['bob', '#none', 'nobody']) {
    const answer = (await asked(world, dave, `HISTORY ${target}`)).join()
    assert.match(answer, /INVALID_TARGET|Nothing has been said/)
    assert.doesNotMatch(answer, /psst/)
  }
  assert.match((await asked(world, dave, 'HISTORY #art many')).join(), /INVALID_PARAMS many/)
})

test('ZNC - PLAY by seconds: everything, from a time on, between two, one target', async () => {
  const { world, alice, bob, said } = await twoInArt(4)
  world.passes(1000)
  await asked(world, alice, 'PRIVMSG bob :psst')
  bob.read()
  const start = Date.UTC(2026, 0, 1, 12) / 1000
  const play = async (text: string): Promise<string[]> =>
    textsOf(await asked(world, bob, `PRIVMSG *playback :${text}`))
  assert.deepEqual(await play('play *'), ['m0', 'm1', 'm2', 'm3', 'psst'])
  assert.deepEqual(await play(`PLAY * ${start + 3}`), ['m2', 'm3', 'psst'])
  assert.deepEqual(await play(`PLAY #ART ${start + 1.001} ${start + 4}`), ['m1', 'm2'])
  assert.deepEqual(await play('PLAY ALICE 0'), ['psst'])
  assert.deepEqual(await play('PLAY #none 0'), [])
  const [line] = inBatch(await asked(world, bob, 'ZNC *playback PLAY #art 0'), 'chathistory #art')
  assert.equal(line, said[0])
  assert.deepEqual(await play('LIST'), [`#art 0 ${start + 4}`, `alice 0 ${start + 5}`])
  assert.match((await play('PLAY * soon')).join(), /seconds since 1970/)
  assert.match((await play('CLEAR #art')).join(), /nothing was cleared/)
})

test('ZNC - when it is too much, the newest are played', async () => {
  const limits = { ...DEFAULT_LIMITS, chat: { ...DEFAULT_LIMITS.chat, historyLines: 3 } }
  const world = new World({ history: 'strict', limits }, { log: true })
  const alice = world.join('alice', ...HISTORY_CAPS)
  await asked(world, alice, 'JOIN #a,#b')
  for (const text of ['#a :1', '#b :2', '#a :3', '#b :4', '#a :5']) {
    world.passes(1000)
    await asked(world, alice, `PRIVMSG ${text}`)
  }
  alice.read()
  assert.deepEqual(textsOf(await asked(world, alice, 'PRIVMSG *playback :PLAY * 0')), [
    '1',
    '3',
    '5',
  ])
})

test('ZNC - without a log *playback is nobody', () => {
  const world = new World()
  const alice = world.join('alice')
  assert.match(alice.asks('PRIVMSG *playback :PLAY *').join(), / 401 /)
  assert.ok(historyWorld().join('bob').asks('ZNC *status').join().includes(' 421 '))
})
