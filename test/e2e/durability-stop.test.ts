import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { crashRandom } from '../support/crash-random.ts'
import {
  comeAndTalk,
  createTalkers,
  startUnlimited,
  verdictAfter,
  withFolder,
} from '../support/crash.ts'

const STOPS = 4

test('DURABILITY - a server that is stopped while people talk ends in order, and history goes on where it ended', () =>
  withFolder(async (folder) => {
    const random = crashRandom('stops')
    const talkers = createTalkers({ talkers: 8, resends: 'never', window: 8 })
    for (let stop = 0; stop < STOPS; stop++) {
      await using server = await startUnlimited({ folder })
      await comeAndTalk(talkers, server.portOf('plain'))
      await sleep(random() * 500)
      server.signal('SIGTERM')
      assert.deepEqual(await server.exited, { code: 0, errors: '' })
      const closed = server.log.find(({ event }) => event === 'history closed')
      assert.equal(closed?.['refusals'], 0)
      await Promise.all(talkers.map((talker) => talker.gone))
    }
    await using server = await startUnlimited({ folder })
    await comeAndTalk(talkers, server.portOf('plain'))
    const verdict = await verdictAfter(talkers, server)
    console.log(JSON.stringify(verdict))
    assert.deepEqual(verdict.faults.slice(0, 5), [])
    assert.ok(verdict.acknowledged > 0)
  }))
