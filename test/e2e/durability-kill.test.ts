import assert from 'node:assert/strict'
import { test } from 'node:test'
import { crashRandom } from '../support/crash-random.ts'
import { crashAgainAndAgain, withFolder, type CrashReport } from '../support/crash.ts'

/** `DURABILITY_KILLS=50` for all of them. */
const KILLS = Number(process.env['DURABILITY_KILLS'] ?? 8)
const TALKERS = 8

test('DURABILITY - a server that is killed at any moment loses nothing, repeats nothing, and has shown nothing that it does not know', async () => {
  const { verdict } = await killed(KILLS, 'never')
  assert.deepEqual(verdict.faults.slice(0, 5), [])
  assert.ok(verdict.acknowledged > 0)
  assert.equal(verdict.refused, 0)
})

test('DURABILITY - who sends again after every kill has said everything exactly once', async () => {
  const { verdict } = await killed(Math.ceil(KILLS / 2), 'always')
  assert.deepEqual(verdict.faults.slice(0, 5), [])
  assert.ok(verdict.acknowledged > 0)
  assert.deepEqual([verdict.refused, verdict.unknown], [0, 0])
})

async function killed(kills: number, resends: 'never' | 'always'): Promise<CrashReport> {
  const random = crashRandom(`kills, resends ${resends}`)
  const report = await withFolder((folder) =>
    crashAgainAndAgain({ server: { folder }, kills, talkers: TALKERS, resends, random }),
  )
  const { verdict, readyMs } = report
  console.log(JSON.stringify({ ...verdict, readyMs: readyMs.map(Math.round) }))
  return report
}
