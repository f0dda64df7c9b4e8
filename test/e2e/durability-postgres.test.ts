import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { openPostgresStore } from '../../src/history/postgres-store.ts'
import { crashRandom } from '../support/crash-random.ts'
import {
  becomes,
  comeAndTalk,
  countOf,
  crashAgainAndAgain,
  createTalkers,
  startUnlimited,
  untilAcknowledged,
  verdictAfter,
  withFolder,
  type SecondOpinion,
} from '../support/crash.ts'
import { readByStore } from '../support/history-checker-reader.ts'
import { startPostgres, type PostgresServer } from '../support/postgres.ts'

/** `DURABILITY_KILLS=20` for all of them. */
const KILLS = Number(process.env['DURABILITY_KILLS'] ?? 3)

let postgres: PostgresServer
before(async () => {
  postgres = await startPostgres()
})
after(() => postgres[Symbol.asyncDispose]())

for (const resends of ['never', 'always'] as const) {
  test(`DURABILITY (PostgreSQL) - a server that is killed at any moment loses nothing and repeats nothing; lost answers are asked for ${resends}`, () =>
    withFolder(async (folder) => {
      const url = await postgres.database()
      const random = crashRandom(`kills with PostgreSQL, resends ${resends}`)
      const { verdict, readyMs } = await crashAgainAndAgain({
        server: { folder, keys: databaseAt(url) },
        kills: KILLS,
        talkers: 8,
        resends,
        random,
        opinion: opinionOf(url),
      })
      console.log(JSON.stringify({ ...verdict, readyMs: readyMs.map(Math.round) }))
      assert.deepEqual(verdict.faults.slice(0, 5), [])
      assert.ok(verdict.acknowledged > 0)
      if (resends === 'always') assert.deepEqual([verdict.refused, verdict.unknown], [0, 0])
    }))
}

test('DURABILITY (PostgreSQL) - a database that crashes and comes back takes nothing of what was acknowledged', () =>
  withFolder(async (folder) => {
    const url = await postgres.database()
    await using server = await startUnlimited({ folder, keys: databaseAt(url) })
    const talkers = createTalkers({ talkers: 8, resends: 'never' })
    await comeAndTalk(talkers, server.portOf('plain'))
    for (let crash = 0; crash < 2; crash++) {
      await untilAcknowledged(talkers, countOf(talkers, 'acknowledged') + 300)
      const refused = countOf(talkers, 'refused')
      await postgres.crash()
      await becomes(() => countOf(talkers, 'refused') > refused, 'something is refused')
      await sleep(500)
      await postgres.start()
    }
    const startMs = performance.now()
    await untilAcknowledged(talkers, countOf(talkers, 'acknowledged') + 300)
    const recoveredMs = Math.round(performance.now() - startMs)
    const verdict = await verdictAfter(talkers, server, opinionOf(url))
    console.log(JSON.stringify({ ...verdict, recoveredMs }))
    assert.deepEqual(verdict.faults.slice(0, 5), [])
  }))

function databaseAt(url: string): string {
  return `database = ${JSON.stringify(url)}`
}

function opinionOf(url: string): SecondOpinion {
  return async (rooms) => {
    await using store = await openPostgresStore({ url, durability: 'strict', role: 'read' })
    return await readByStore(store, rooms)
  }
}
