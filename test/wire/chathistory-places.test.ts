import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  asked,
  HISTORY_CAPS,
  inBatch,
  textsOf,
  timeOf,
  twoInArt,
  withoutTags,
} from '../support/history-world.ts'

test("CHATHISTORY - rooms are for their members: others can't tell a room from none, operators neither", async () => {
  const { world, alice } = await twoInArt(3)
  await asked(world, alice, 'MODE #art +s')
  const carol = world.join('carol', ...HISTORY_CAPS)
  const root = await world.joinAsOperator('root', 'root', ...HISTORY_CAPS)
  for (const each of [carol, root]) {
    const [answer = ''] = await asked(world, each, 'CHATHISTORY LATEST #art * 10')
    const [none = ''] = await asked(world, each, 'CHATHISTORY LATEST #arx * 10')
    assert.match(answer, /FAIL CHATHISTORY INVALID_TARGET LATEST #art :/)
    assert.equal(answer.replace('#art', '#arx'), none)
  }
})

test('CHATHISTORY - who leaves while the answer is on its way sees nothing of it', async () => {
  const { world, alice, bob } = await twoInArt(3)
  bob.sends('CHATHISTORY LATEST #art * 10')
  alice.sends('KICK #art bob :out')
  await world.settles()
  await world.settles()
  const lines = bob.read()
  assert.ok(lines.some((line) => line.includes(' KICK #art bob ')))
  assert.deepEqual(textsOf(lines), [])
  assert.match(lines.at(-1) ?? '', /INVALID_TARGET LATEST #art/)
})

test('CHATHISTORY - what was said to operators is for operators', async () => {
  const { world, alice, bob } = await twoInArt(0)
  await asked(world, alice, 'PRIVMSG @#art :ops only', 'PRIVMSG #art :all', 'PRIVMSG +#art :voices')
  bob.read()
  const latest = 'CHATHISTORY LATEST #art * 10'
  assert.deepEqual(textsOf(await asked(world, bob, latest)), ['all'])
  await asked(world, alice, 'MODE #art +v bob')
  bob.read()
  assert.deepEqual(textsOf(await asked(world, bob, latest)), ['all', 'voices'])
  await asked(world, alice, 'MODE #art +o bob')
  bob.read()
  const all = await asked(world, bob, latest)
  assert.deepEqual(textsOf(all), ['ops only', 'all', 'voices'])
  assert.match(all.join('\n'), / PRIVMSG @#art :ops only$/m)
})

test('CHATHISTORY - two people: both halves, whatever they are called by now', async () => {
  const { world, alice, bob } = await twoInArt(0)
  await asked(world, alice, 'PRIVMSG bob :hello')
  await asked(world, bob, 'PRIVMSG alice :hi')
  await asked(world, alice, 'NICK alicia')
  await asked(world, bob, 'NICK bobby')
  alice.read()
  bob.read()
  const seen = inBatch(
    await asked(world, alice, 'CHATHISTORY LATEST bobby * 10'),
    'chathistory bobby',
  )
  assert.deepEqual(seen.map(withoutTags), [
    ':alicia!~alice@192-0-2-1.cloak PRIVMSG bobby :hello',
    ':bobby!~bob@192-0-2-1.cloak PRIVMSG alicia :hi',
  ])
  const other = inBatch(
    await asked(world, bob, 'CHATHISTORY LATEST Alicia * 10'),
    'chathistory Alicia',
  )
  assert.deepEqual(other.map(withoutTags), seen.map(withoutTags))
})

test('CHATHISTORY - a nick that somebody else takes is not the past of who had it', async () => {
  const { world, alice, bob } = await twoInArt(0)
  await asked(world, alice, 'PRIVMSG bob :a secret')
  await asked(world, bob, 'QUIT')
  alice.read()
  // They are gone: what was said is still found by the name.
  assert.deepEqual(textsOf(await asked(world, alice, 'CHATHISTORY LATEST bob * 10')), ['a secret'])
  const mallory = world.join('bob', ...HISTORY_CAPS)
  assert.deepEqual(textsOf(await asked(world, mallory, 'CHATHISTORY LATEST alice * 10')), [])
  assert.deepEqual(textsOf(await asked(world, alice, 'CHATHISTORY LATEST bob * 10')), [])
  const [answer = ''] = await asked(world, mallory, 'CHATHISTORY LATEST nobody * 10')
  assert.match(answer, /INVALID_TARGET/)
})

test('CHATHISTORY - to oneself', async () => {
  const { world, alice } = await twoInArt(0)
  await asked(world, alice, 'PRIVMSG alice :note')
  assert.deepEqual(textsOf(await asked(world, alice, 'CHATHISTORY LATEST alice * 10')), ['note'])
})

test('CHATHISTORY TARGETS - rooms and people by their last message, both ends excluded', async () => {
  const { world, alice, bob, said } = await twoInArt(2)
  world.passes(1000)
  const [, second = ''] = await asked(world, alice, 'PRIVMSG bob :psst', 'PRIVMSG #art :last')
  alice.read()
  bob.read()
  const from = 'timestamp=2026-01-01T00:00:00.000Z'
  const targets = async (ends: string): Promise<string[]> =>
    inBatch(
      await asked(world, bob, `CHATHISTORY TARGETS ${ends} 10`),
      'draft/chathistory-targets',
    ).map((line) => withoutTags(line).replace(':irc.test CHATHISTORY TARGETS ', ''))
  const time = /time=([^; ]+)/.exec(second)?.[1] ?? ''
  assert.deepEqual((await targets(`${from} timestamp=2099-01-01T00:00:00.000Z`)).sort(), [
    `#art ${time}`,
    `alice ${time}`,
  ])
  assert.deepEqual(await targets(`${from} timestamp=${time}`), [])
  // "a target is not returned if its latest message is outside of the selection parameters"
  assert.deepEqual(await targets(`${from} ${`timestamp=${timeOf(said[1])}`}`), [])
  await asked(world, bob, 'PART #art')
  assert.deepEqual(await targets(`${from} timestamp=2099-01-01T00:00:00.000Z`), [`alice ${time}`])
})

test('CHATHISTORY - a renamed room keeps its past', async () => {
  const { world, alice, bob } = await twoInArt(2)
  await asked(world, alice, 'RENAME #art #design :wider')
  bob.read()
  const lines = await asked(world, bob, 'CHATHISTORY LATEST #design * 10')
  assert.deepEqual(textsOf(inBatch(lines, 'chathistory #design')), ['m0', 'm1'])
  assert.match(lines.join('\n'), / PRIVMSG #design :m0$/m)
  const [old = ''] = await asked(world, bob, 'CHATHISTORY LATEST #art * 10')
  assert.match(old, /INVALID_TARGET/)
  // A room that takes the old name has a past of its own.
  const carol = world.join('carol', ...HISTORY_CAPS)
  await asked(world, carol, 'JOIN #art')
  assert.deepEqual(textsOf(await asked(world, carol, 'CHATHISTORY LATEST #art * 10')), [])
})
