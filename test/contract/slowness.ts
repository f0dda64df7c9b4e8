import assert from 'node:assert/strict'
import { readConnectionFigures } from '../../src/io/connection-figures.ts'
import type { Slowed } from '../../src/io/engine.ts'
import { becomes } from '../support/hostile.ts'
import { fact, type Contract, type Stage } from './stage.ts'

const KIB = 1024

export function slownessFacts(contract: Contract): void {
  fact(
    contract,
    'who goes over the budget is held, counted, and told of once',
    async (stage) => {
      const [hasty, other] = await stage.meet(await stage.listen(), 2)
      assert.ok(hasty && other)
      hasty.caller.send(...Array.from({ length: 16 }, (_, i) => `line ${i}`))
      await becomes(() => slowingsOf(stage).length === 1, 'a slowing')
      assert.deepEqual(slowingsOf(stage), [{ kind: 'slowed', connection: hasty.id, why: 'budget' }])
      // The burst, and what little the time since then has added to it: not all.
      const heard = stage.linesOf(hasty.id).length
      assert.ok(heard >= 10 && heard < 16, String(heard))
      const held = readConnectionFigures(await stage.engine.connectionFigures())
      assert.deepEqual([held.get(hasty.id)?.isHeld, held.get(other.id)?.isHeld], [true, false])
      assert.ok((held.get(hasty.id)?.budgetLines ?? 1) < 1)
      assert.deepEqual(await heldAndSlowed(stage), [1, 1])
      await stage.hears(hasty.id, 'line 15')
      assert.deepEqual(await heldAndSlowed(stage), [0, 1])
      hasty.caller.send('more', 'and more', 'and more yet')
      await stage.hears(hasty.id, 'and more yet')
      assert.deepEqual(await heldAndSlowed(stage), [0, 2])
      assert.equal(slowingsOf(stage).length, 1)
    },
    { lineBurst: 10, linesPerSecond: 2 },
  )

  fact(
    contract,
    'a reader whose queue grows long is told of before it is closed',
    async (stage) => {
      const [slow, quick] = await stage.meet(await stage.listen(), 2)
      assert.ok(slow && quick)
      slow.caller.socket.pause()
      const text = `${'x'.repeat(500)}\r\n`.repeat(2 * KIB)
      for (let i = 0; slowingsOf(stage).length === 0 && i < 100; i++) {
        stage.engine.send(slow.id, text)
        await stage.told(quick)
        await new Promise((resolve) => setTimeout(resolve, 20))
      }
      assert.deepEqual(slowingsOf(stage), [{ kind: 'slowed', connection: slow.id, why: 'queue' }])
      assert.equal((await stage.closed(slow.id)).reason, 'Reading too slowly')
      const kinds = stage.heard.filter((e) => e.connection === slow.id).map(({ kind }) => kind)
      assert.deepEqual([kinds.at(0), kinds.at(-1)], ['opened', 'closed'])
      assert.deepEqual(await heldAndSlowed(stage), [0, 0])
    },
    { slowReaderBytes: 64 * KIB, slowReaderMs: 400 },
  )

  fact(
    contract,
    'nothing is told of one who is being closed',
    async (stage) => {
      const port = await stage.listen()
      const guest = await stage.met(await stage.dial(port, { allowHalfOpen: true }))
      stage.engine.classify(guest.id, 1)
      stage.engine.close(guest.id, 'ERROR :bye\r\n', 'enough')
      await guest.caller.receives('ERROR :bye\r\n')
      guest.caller.send(...Array.from({ length: 100 }, (_, i) => `line ${i}`))
      guest.caller.socket.end()
      await stage.closed(guest.id)
      assert.deepEqual(
        stage.heard.map(({ kind }) => kind),
        ['opened', 'closed'],
      )
    },
    { lineBurst: 10 },
  )
}

function slowingsOf(stage: Stage): Slowed[] {
  return stage.heard.filter((completion) => completion.kind === 'slowed')
}

async function heldAndSlowed(stage: Stage): Promise<number[]> {
  const figures = await stage.engine.figures()
  return [
    figures.reduce((sum, { heldConnections }) => sum + heldConnections, 0),
    figures.reduce((sum, { slowed }) => sum + slowed, 0),
  ]
}
