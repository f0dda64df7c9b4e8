import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import test from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { MessageChannel } from 'node:worker_threads'
import { doorbell } from './doorbell.ts'

test('doorbell - either end wakes the other, in a turn of its own', async () => {
  const { port1, port2 } = new MessageChannel()
  const first = Promise.withResolvers<void>()
  const second = Promise.withResolvers<void>()
  const rung: string[] = []
  const one = doorbell(port1, () => {
    rung.push('one')
    first.resolve()
  })
  const two = doorbell(port2, () => {
    rung.push('two')
    two.ring()
    second.resolve()
  })
  one.ref()
  two.ref()
  one.ring()
  assert.deepEqual(rung, [])
  await Promise.all([first.promise, second.promise])
  assert.deepEqual(rung, ['two', 'one'])
  one.close()
})

test('doorbell - after a close nothing happens', async () => {
  const { port1, port2 } = new MessageChannel()
  let rings = 0
  const one = doorbell(port1, () => rings++)
  const two = doorbell(port2, () => rings++)
  two.close()
  await once(port1, 'close')
  one.ring()
  two.ring()
  await sleep(20)
  assert.equal(rings, 0)
})

test('doorbell - waiting for it keeps no thread alive unless it is asked to', async () => {
  const here = JSON.stringify(new URL('./doorbell.ts', import.meta.url).href)
  const start = `import { MessageChannel } from 'node:worker_threads'
    import { doorbell } from ${here}
    const { port1, port2 } = new MessageChannel()
    const door = doorbell(port1, () => { console.log('rung'); door.unref() })
    const other = doorbell(port2, () => {})
    setTimeout(() => other.ring(), 50).unref()`
  assert.equal(await outputOf(start), '')
  assert.equal(await outputOf(`${start}\ndoor.ref()`), 'rung\n')
})

async function outputOf(program: string): Promise<string> {
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
  const [code] = (await once(child, 'close')) as [number | null]
  assert.equal(code, 0)
  return output
}
