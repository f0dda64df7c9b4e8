import assert from 'node:assert/strict'
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import {
  comeAndTalk,
  createTalkers,
  startUnlimited,
  untilAcknowledged,
  verdictAfter,
  withFolder,
} from '../support/crash.ts'
import { linesOfTrace, proveOrder, traced } from '../support/crash-trace.ts'

const MESSAGES = 10_000

for (const workers of [0, 1]) {
  test(`DURABILITY - each of 10,000 messages is shown after a sync that covers it has succeeded, as the system calls say (${workers} I/O threads)`, () =>
    withFolder((folder) => proveOrderWith(workers, folder)))
}

async function proveOrderWith(workers: number, folder: string): Promise<void> {
  const trace = join(folder, 'trace')
  await using server = await startUnlimited({ folder, workers, through: traced(trace) })
  const talkers = createTalkers({ talkers: 8, resends: 'never', window: 8 })
  await comeAndTalk(talkers, server.portOf('plain'))
  await untilAcknowledged(talkers, MESSAGES)
  const { faults, acknowledged } = await verdictAfter(talkers, server)
  assert.deepEqual(faults.slice(0, 5), [])
  server.signal('SIGTERM')
  await server.exited

  const { shown, syncs, failedSyncs, early } = await proveOrder(linesOfTrace(trace))
  console.log(JSON.stringify({ workers, acknowledged, syncs, bytes: statSync(trace).size }))
  assert.deepEqual(early.slice(0, 5), [])
  assert.equal(shown, acknowledged)
  assert.ok(acknowledged >= MESSAGES)
  assert.ok(syncs > 0)
  assert.equal(failedSyncs, 0)
}
