import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { ThreadLoad } from './thread-load.ts'

test('LOAD - the delay of the loop is that since it was last asked for', async () => {
  using load = new ThreadLoad()
  assert.equal(load.read().loopDelayMs, undefined)
  await sleep(50)
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200)
  await sleep(50)
  const stood = load.read().loopDelayMs
  assert.ok(stood !== undefined && stood.max > 150 && stood.p50 <= stood.p99, String(stood?.max))
  await sleep(100)
  const since = load.read().loopDelayMs
  assert.ok(since !== undefined && since.max < stood.max)
  assert.ok(since.p50 >= 0)
})

test('LOAD - the heap is this thread’s, and its processor time goes on', () => {
  using load = new ThreadLoad()
  const before = load.read()
  assert.ok(before.heapBytes > 1024 * 1024)
  for (const until = performance.now() + 30; performance.now() < until;);
  const { cpuMs } = load.read()
  if (before.cpuMs === undefined) assert.equal(cpuMs, undefined)
  else assert.ok(cpuMs !== undefined && cpuMs > before.cpuMs)
})

test('LOAD - nobody is kept alive by being measured', () => {
  const url = JSON.stringify(join(import.meta.dirname, 'thread-load.ts'))
  const script = `import { ThreadLoad } from ${url}; new ThreadLoad().read(); console.log('read')`
  const args = ['--input-type=module', '--eval', script]
  const said = execFileSync(process.execPath, args, { timeout: 30_000, encoding: 'utf8' })
  assert.equal(said, 'read\n')
})
