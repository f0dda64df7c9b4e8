import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ask, connectAs, joinAs, register } from '../support/account-people.ts'
import { asked, HISTORY_CAPS, textsOf } from '../support/history-world.ts'
import { World } from '../support/world.ts'

/** Anna and Ben are in #floor; Anna has an account, and stays when she goes. */
async function floor() {
  const world = new World({ history: 'strict' }, { log: true })
  await register(world, 'anna')
  const anna = await joinAs(world, 'anna')
  await ask(world, anna, 'NS SET ALWAYS-ON on')
  const ben = world.join('ben', ...HISTORY_CAPS)
  for (const each of [anna, ben]) await asked(world, each, 'JOIN #floor')
  world.passes(1000)
  await asked(world, ben, 'PRIVMSG #floor :while she was here', 'PRIVMSG anna :seen')
  world.passes(1000)
  for (const each of [anna, ben]) each.read()
  return { world, anna, ben }
}

async function readLater(world: World, caps: readonly string[] = []): Promise<string[]> {
  const again = await connectAs(world, 'anna', { caps: [...caps] })
  await world.settles()
  await world.settles()
  return again.read()
}

test('REPLAY - who comes back is told what they missed, in rooms and in private, and nothing else', async () => {
  const { world, anna, ben } = await floor()
  anna.vanishes()
  world.passes(1000)
  await asked(world, ben, 'PRIVMSG #floor :anna?', 'PRIVMSG anna :call me')
  const lines = await readLater(world)
  const texts = textsOf(lines).filter((text) => text.startsWith('['))
  assert.deepEqual(texts.sort(), ['[12:00] anna?', '[12:00] call me'])
  assert.ok(lines.some((line) => line.includes('PRIVMSG anna :[12:00] call me')))
  assert.ok(lines.some((line) => line.includes('NOTICE anna :*** Said before by you and ben')))
})

test('REPLAY - after a restart of the server it is the same', async () => {
  const { world, anna, ben } = await floor()
  anna.vanishes()
  world.passes(1000)
  await asked(world, ben, 'PRIVMSG anna :call me')
  const later = await world.restarts({ history: 'strict' })
  const texts = textsOf(await readLater(later)).filter((text) => text.startsWith('['))
  assert.deepEqual(texts, ['[12:00] call me'])
})

test('REPLAY - a further connection is shown the rooms as a newcomer is', async () => {
  const { world } = await floor()
  const texts = textsOf(await readLater(world)).filter((text) => text.startsWith('['))
  assert.deepEqual(texts, ['[12:00] while she was here'])
})

test('REPLAY - a connection that can ask is told nothing by itself, nor one of an account that wants none', async () => {
  const { world, anna } = await floor()
  const able = await readLater(world, ['draft/chathistory', 'batch'])
  assert.ok(able.every((line) => !line.includes('while she was here')))
  await asked(world, anna, 'HISTORY OFF')
  const unwilling = await readLater(world)
  assert.ok(unwilling.every((line) => !line.includes('while she was here')))
})

test('MARKREAD - a further connection is told the markers of the rooms, and of those that are joined later', async () => {
  const { world, anna } = await floor()
  await asked(world, anna, 'MARKREAD #floor timestamp=2025-01-01T00:00:00.000Z')
  const phone = await connectAs(world, 'anna', { caps: ['draft/read-marker'] })
  await world.settles()
  const lines = phone.read()
  const marker = lines.findIndex((line) =>
    line.endsWith(' MARKREAD #floor timestamp=2025-01-01T00:00:00.000Z'),
  )
  assert.ok(marker > 0 && marker < lines.findIndex((line) => line.includes(' 366 ')))
  await asked(world, anna, 'JOIN #wood')
  assert.deepEqual(
    phone.read().map((line) => line.split(' ')[1]),
    ['JOIN', 'MODE', 'MARKREAD', '353', '366'],
  )
})
