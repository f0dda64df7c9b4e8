import assert from 'node:assert/strict'
import { test } from 'node:test'
import { asked, HISTORY_CAPS, historyWorld, textsOf } from '../support/history-world.ts'
import type { Actor, World } from '../support/world.ts'

interface Scene {
  readonly world: World
  readonly root: Actor
  readonly anna: Actor
  readonly ben: Actor
}

/** Ben says `old 1` and, an hour later, `new 1` in both rooms; Anna `mine` in #one. */
async function scene(): Promise<Scene> {
  const world = historyWorld()
  const root = await world.joinAsOperator('root', 'root', 'standard-replies')
  const anna = world.join('anna', ...HISTORY_CAPS)
  const ben = world.join('ben')
  for (const actor of [anna, ben]) actor.sends('JOIN #one,#two')
  ben.sends('PRIVMSG #one,#two :old 1')
  world.passes(3_600_000)
  ben.sends('PRIVMSG #one,#two :new 1')
  anna.sends('PRIVMSG #one :mine')
  await world.settles()
  for (const actor of [root, anna, ben]) actor.read()
  return { world, root, anna, ben }
}

async function historyOf({ world, anna }: Scene, room: string): Promise<string[]> {
  return textsOf(await asked(world, anna, `CHATHISTORY LATEST ${room} * 50`))
}

test('EXPUNGE - what somebody said in a room in the last while is gone from its history, and nothing else', async () => {
  const all = await scene()
  assert.deepEqual(await asked(all.world, all.root, 'EXPUNGE 30m #one,BEN :spam 광고'), [
    ':irc.test NOTE EXPUNGE EXPUNGED #one,BEN :1 events are gone from the log (last 30m)',
  ])
  assert.deepEqual(await historyOf(all, '#one'), ['old 1', 'mine'])
  assert.deepEqual(await historyOf(all, '#two'), ['old 1', 'new 1'])
})

test('EXPUNGE - leaves a trace: who, what, why, how many', async () => {
  const { world, root } = await scene()
  await asked(world, root, 'EXPUNGE 30m #two :spam')
  assert.deepEqual(world.logged.at(-1), [
    'expunge',
    {
      by: 'root!~root@192-0-2-1.cloak',
      from: '192.0.2.1',
      operator: 'root',
      mask: '#two',
      reason: 'spam',
      lasts: 'last 30m',
      events: 1,
    },
  ])
})

test('EXPUNGE - all of a room needs the word FORCE', async () => {
  const all = await scene()
  assert.deepEqual(await asked(all.world, all.root, 'EXPUNGE #one :spam'), [
    ':irc.test FAIL EXPUNGE CONFIRM #one :This is all of it: if you mean it, say EXPUNGE FORCE …',
  ])
  assert.equal((await historyOf(all, '#one')).length, 3)
  await asked(all.world, all.root, 'EXPUNGE FORCE #one :spam')
  assert.deepEqual(await historyOf(all, '#one'), [])
  all.ben.sends('PRIVMSG #one :on we go')
  await all.world.settles()
  all.anna.read()
  assert.deepEqual(await historyOf(all, '#one'), ['on we go'])
})

test('EXPUNGE - an account is not the nick of somebody else', async () => {
  const all = await scene()
  assert.match(
    (await asked(all.world, all.root, 'EXPUNGE FORCE ~a:ben :spam'))[0] ?? '',
    / :0 events are gone/,
  )
  assert.equal((await historyOf(all, '#two')).length, 2)
})

test('EXPUNGE - refuses what it does not understand, and those who may not', async () => {
  const { world, root, ben } = await scene()
  const code = async (line: string): Promise<string | undefined> =>
    (await asked(world, root, line))[0]?.split(' ')[3]
  assert.equal(await code('EXPUNGE 1h #nowhere :spam'), 'INVALID_TARGET')
  assert.equal(await code('EXPUNGE 1h #one,#two :spam'), 'INVALID_TARGET')
  assert.equal(await code('EXPUNGE 1h ~x:ben :spam'), 'INVALID_TARGET')
  assert.equal(await code('EXPUNGE 1h #one'), 'NEED_REASON')
  assert.match((await asked(world, root, `EXPUNGE 1h #one :${'x'.repeat(201)}`))[0] ?? '', / 417 /)
  assert.match((await asked(world, ben, 'EXPUNGE 1h #one :spam'))[0] ?? '', / 481 /)
})

test('EXPUNGE - a log that fails is said so, and nothing is written down', async () => {
  const { world, root } = await scene()
  Object.assign(world.core.asks.history, { purge: () => Promise.reject(new Error('no disk')) })
  const before = world.logged.length
  assert.deepEqual(await asked(world, root, 'EXPUNGE 1h #one :spam'), [
    ":irc.test FAIL EXPUNGE TRY_AGAIN #one :The log can't be changed at the moment",
  ])
  assert.equal(world.logged.length, before)
})
