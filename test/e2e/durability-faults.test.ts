import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import {
  becomes,
  comeAndTalk,
  countOf,
  createTalkers,
  startUnlimited,
  untilAcknowledged,
  verdictAfter,
  withFolder,
} from '../support/crash.ts'
import { linesOfTrace, proveOrder, STRACE, traced } from '../support/crash-trace.ts'

test('DURABILITY - a sync that failed is not believed the next time: nothing is shown before it was written anew', () =>
  withFolder(async (folder) => {
    const trace = join(folder, 'trace')
    const through = traced(trace, 'fsync,fdatasync:error=EIO:when=40+45')
    await using server = await startUnlimited({ folder, through })
    const talkers = createTalkers({ talkers: 8, resends: 'never' })
    await comeAndTalk(talkers, server.portOf('plain'))
    await untilAcknowledged(talkers, 3000)
    const { faults, acknowledged, refused } = await verdictAfter(talkers, server)
    assert.deepEqual(faults.slice(0, 5), [])
    server.signal('SIGTERM')
    assert.equal((await server.exited).code, 0)

    const { early, failedSyncs, shown } = await proveOrder(linesOfTrace(trace))
    console.log(JSON.stringify({ acknowledged, refused, failedSyncs }))
    assert.deepEqual(early.slice(0, 5), [])
    assert.equal(shown, acknowledged)
    assert.ok(failedSyncs >= 1)
  }))

test('DURABILITY - while no sync succeeds nothing is acknowledged; then all goes on by itself', () =>
  withFolder(async (folder) => {
    await using server = await startUnlimited({ folder })
    const talkers = createTalkers({ talkers: 8, resends: 'never' })
    await comeAndTalk(talkers, server.portOf('plain'))
    await untilAcknowledged(talkers, 500)

    const faults = [
      '-e',
      'trace=fsync,fdatasync',
      '-e',
      'inject=fsync,fdatasync:error=EIO',
      '-o',
      '/dev/null',
    ]
    const strace = spawn(STRACE, ['-f', '-p', String(server.processId), ...faults])
    const isGone = once(strace, 'close')
    await becomes(() => countOf(talkers, 'refused') > 0, 'something is refused')
    const before = countOf(talkers, 'acknowledged')
    await sleep(2000)
    assert.equal(countOf(talkers, 'acknowledged'), before)
    strace.kill('SIGINT')
    await isGone
    const endedMs = performance.now()
    await untilAcknowledged(talkers, before + 500)
    const recoveredMs = Math.round(performance.now() - endedMs)

    const verdict = await verdictAfter(talkers, server)
    console.log(JSON.stringify({ ...verdict, recoveredMs }))
    assert.deepEqual(verdict.faults.slice(0, 5), [])
    assert.ok(verdict.refused > 0)
    await server.until('history is kept again')
  }))

test('DURABILITY - a database that another program holds for 3 seconds makes everybody wait, and for 10 seconds is refused; nothing is lost', () =>
  withFolder(async (folder) => {
    await using server = await startUnlimited({ folder })
    const talkers = createTalkers({ talkers: 8, resends: 'never' })
    await comeAndTalk(talkers, server.portOf('plain'))
    await untilAcknowledged(talkers, 500)

    const other = new DatabaseSync(join(folder, 'data/history.db'), { timeout: 10_000 })
    for (const [heldMs, isRefused] of [
      [3000, false],
      [10_000, true],
    ] as const) {
      other.exec('BEGIN IMMEDIATE')
      await sleep(heldMs)
      assert.equal(countOf(talkers, 'refused') > 0, isRefused)
      other.exec('ROLLBACK')
      await untilAcknowledged(talkers, countOf(talkers, 'acknowledged') + 500)
    }
    other.close()
    const verdict = await verdictAfter(talkers, server)
    console.log(JSON.stringify(verdict))
    assert.deepEqual(verdict.faults.slice(0, 5), [])
  }))

test('DURABILITY - a second server on the same folder is refused, and the first is unharmed', () =>
  withFolder(async (folder) => {
    await using server = await startUnlimited({ folder })
    const talkers = createTalkers({ talkers: 4, resends: 'never' })
    await comeAndTalk(talkers, server.portOf('plain'))
    const maru = join(import.meta.dirname, '../../src/bin/maru.ts')
    for (let again = 0; again < 3; again++) {
      const { status, stderr } = spawnSync(process.execPath, [maru, 'serve'], {
        cwd: folder,
        encoding: 'utf8',
      })
      assert.equal(status, 1)
      const pid = server.processId
      assert.match(stderr, new RegExp(`data is in use by another Maru \\(process ${pid}\\)\\n$`))
      await untilAcknowledged(talkers, countOf(talkers, 'acknowledged') + 100)
    }
    const { faults, refused } = await verdictAfter(talkers, server)
    assert.deepEqual([faults.slice(0, 5), refused], [[], 0])
  }))
