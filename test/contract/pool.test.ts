import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { test } from 'node:test'
import { PooledEngine } from '../../src/io/pool.ts'
import { engineContract } from './engine.ts'
import { Stage } from './stage.ts'

// Elsewhere threads can't share a port, and Maru has none unless it is told to.
if (process.platform === 'linux') poolFacts()

test('POOL - every thread answers before there is a listener', async () => {
  await using stage = new Stage((options) => new PooledEngine({ ...options, workers: 2 }))
  const figures = await stage.engine.figures()
  assert.deepEqual(
    figures.map(({ connections, queuedBytes, deliveries }) => [
      connections,
      queuedBytes,
      deliveries,
    ]),
    [
      [0, 0, 0],
      [0, 0, 0],
    ],
  )
  const bad = { key: '', certificate: '' }
  await assert.rejects(stage.engine.useTls(bad), /the TLS key cannot be read/)
})

function poolFacts(): void {
  for (const workers of [1, 3]) {
    engineContract(
      workers === 1 ? 'with one I/O thread' : `with ${workers} I/O threads`,
      (options) => new PooledEngine({ ...options, workers }),
    )
  }

  test('POOL - the system deals connections out among all threads', async () => {
    await using stage = new Stage((options) => new PooledEngine({ ...options, workers: 3 }))
    await stage.meet(await stage.listen(), 300)
    const figures = await stage.engine.figures()
    assert.equal(figures.length, 3)
    for (const { connections } of figures) assert.ok(connections > 30, `${connections} of 300`)
  })

  test('POOL - a thread that dies takes the process with it, and says why', async () => {
    const child = spawn(process.execPath, [join(import.meta.dirname, 'dying-pool-worker.ts')], {
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    let errors = ''
    child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text))
    const [code] = (await once(child, 'close')) as [number | null]
    assert.equal(code, 1)
    assert.match(errors, /not an address or CIDR network: nonsense/)
  })
}
