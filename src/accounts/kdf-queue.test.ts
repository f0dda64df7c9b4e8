import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setImmediate } from 'node:timers/promises'
import fc from 'fast-check'
import { createKdfQueue, type KdfQueue } from './kdf-queue.ts'

/** Work that ends when it is told to. */
function createBench(queue: KdfQueue) {
  const running: { readonly name: string; readonly end: () => void }[] = []
  const ended: string[] = []
  const begun: string[] = []
  const busy: string[] = []
  let most = 0
  return {
    begun,
    busy,
    running,
    most: () => most,
    async ask(key: string, name = key): Promise<void> {
      void queue
        .run(key, async () => {
          const { promise, resolve } = Promise.withResolvers<void>()
          running.push({ name, end: resolve })
          begun.push(name)
          most = Math.max(most, running.length)
          await promise
          return name
        })
        .then((done) => {
          if (done === 'busy') busy.push(name)
          else ended.push(done.result)
        })
      await setImmediate()
    },
    async endOne(): Promise<void> {
      running.shift()?.end()
      await setImmediate()
    },
    ended,
  }
}

test('KDF QUEUE - so many at once, so many in line, and the rest is told to come later', async () => {
  const bench = createBench(createKdfQueue({ atOnce: 2, inLine: 3 }))
  for (const name of ['a', 'b', 'c', 'd', 'e', 'f', 'g']) await bench.ask(name)
  assert.deepEqual(bench.begun, ['a', 'b'])
  assert.deepEqual(bench.busy, ['f', 'g'])
  for (let i = 0; i < 5; i++) await bench.endOne()
  assert.deepEqual(bench.ended, ['a', 'b', 'c', 'd', 'e'])
  await bench.ask('h')
  assert.equal(bench.running.length, 1)
})

test('KDF QUEUE - turns go round among the accounts, whoever asked more often', async () => {
  const bench = createBench(createKdfQueue({ atOnce: 1, inLine: 10 }))
  const asked = ['x', 'anna1', 'anna2', 'anna3', 'ben1', 'ben2', 'cleo1']
  for (const name of asked) await bench.ask(name.replace(/\d/, ''), name)
  for (let i = 0; i < asked.length; i++) await bench.endOne()
  assert.deepEqual(bench.begun, ['x', 'anna1', 'ben1', 'cleo1', 'anna2', 'ben2', 'anna3'])
})

test('KDF QUEUE - an account that fills the line makes room for another one', async () => {
  const bench = createBench(createKdfQueue({ atOnce: 1, inLine: 3 }))
  for (const name of ['anna1', 'anna2', 'anna3', 'anna4', 'anna5']) await bench.ask('anna', name)
  assert.deepEqual(bench.busy, ['anna5'])
  await bench.ask('ben')
  assert.deepEqual(bench.busy, ['anna5', 'anna4'])
  // Two of one are not better than one and one.
  await bench.ask('cleo')
  assert.deepEqual(bench.busy, ['anna5', 'anna4', 'anna3'])
  await bench.ask('dora')
  assert.deepEqual(bench.busy, ['anna5', 'anna4', 'anna3', 'dora'])
})

test('KDF QUEUE - work that fails gives its place to the next, and fails for its asker alone', async () => {
  const queue = createKdfQueue({ atOnce: 1, inLine: 1 })
  const failing = queue.run('a', () => Promise.reject(new Error('out of memory')))
  const next = queue.run('b', () => Promise.resolve(1))
  await assert.rejects(failing, /out of memory/)
  assert.deepEqual(await next, { result: 1 })
})

test('KDF QUEUE - in any order of askers and ends, the bounds hold and everybody is answered once', async () => {
  const keys = fc.constantFrom('a', 'b', 'c', 'end')
  await fc.assert(
    fc.asyncProperty(fc.array(keys, { maxLength: 40 }), async (steps) => {
      const bench = createBench(createKdfQueue({ atOnce: 2, inLine: 4 }))
      let asked = 0
      const answered = () => bench.ended.length + bench.busy.length
      for (const step of steps) {
        if (step === 'end') await bench.endOne()
        else await bench.ask(step, `${step}${asked++}`)
        assert.ok(asked - answered() <= 2 + 4)
      }
      while (bench.running.length > 0) await bench.endOne()
      assert.ok(bench.most() <= 2)
      assert.equal(answered(), asked)
      assert.equal(new Set([...bench.ended, ...bench.busy]).size, asked)
    }),
  )
})
