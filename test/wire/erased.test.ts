import assert from 'node:assert/strict'
import { test } from 'node:test'
import { applyEvent } from '../../src/server/apply-event.ts'
import { asked, HISTORY_CAPS, textsOf } from '../support/history-world.ts'
import { logIn } from '../support/log-in.ts'
import { WorldLog } from '../support/world-log.ts'
import { World } from '../support/world.ts'

/** As an operator has it done. */
async function erase({ world, log }: { world: World; log: WorldLog }, person: string) {
  await world.settles()
  await log.upkeep.erasePerson(person)
  applyEvent(world.core, { kind: 'personErased', person })
}

/** Anna and ben, logged in, who have talked to each other. */
async function scene() {
  const log = new WorldLog()
  const world = new World({ history: 'strict' }, { log })
  const anna = world.join('anna', ...HISTORY_CAPS)
  const ben = world.join('ben', ...HISTORY_CAPS)
  for (const nick of ['anna', 'ben']) logIn(world, nick)
  ben.sends('PRIVMSG anna :my secret')
  anna.sends('PRIVMSG ben :I will keep it')
  await world.settles()
  for (const actor of [anna, ben]) actor.read()
  return { world, log, anna, ben }
}

test('ERASED - what the other one said stays theirs, and names nobody', async () => {
  const { world, log, anna } = await scene()
  await erase({ world, log }, 'a:ben')
  const lines = await asked(world, anna, 'CHATHISTORY LATEST erased * 10')
  assert.deepEqual(textsOf(lines), ['I will keep it'])
  assert.doesNotMatch(lines.join('\n'), /ben|secret/)
})

test('ERASED - what both say from now on is another conversation, also after a restart', async () => {
  const { world, log, anna, ben } = await scene()
  await erase({ world, log }, 'a:ben')
  ben.sends('PRIVMSG anna :hello again')
  await world.settles()
  anna.read()
  const texts = async (other: World, nick: string) => {
    const actor = other.join('asker', ...HISTORY_CAPS)
    logIn(other, 'asker', nick)
    actor.read()
    return textsOf(await asked(other, actor, 'CHATHISTORY LATEST ben * 10'))
  }
  assert.deepEqual(textsOf(await asked(world, anna, 'CHATHISTORY LATEST ben * 10')), [
    'hello again',
  ])
  const again = await world.restarts({ history: 'strict' })
  assert.deepEqual(await texts(again, 'anna'), ['hello again'])
})
