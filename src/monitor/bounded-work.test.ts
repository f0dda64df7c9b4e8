import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createBoundedWork } from './bounded-work.ts'

test('WORK - so many run at once, so many wait, and then there is no room', async () => {
  const work = createBoundedWork(2, 3)
  const gates = Array.from({ length: 5 }, () => Promise.withResolvers<number>())
  const started: number[] = []
  const results = gates.map(({ promise }, index) => {
    assert.equal(work.hasRoom(), true)
    return work.run(() => {
      started.push(index)
      return promise
    })
  })
  assert.equal(work.hasRoom(), false)
  assert.deepEqual(started, [0, 1])
  gates[1]?.resolve(11)
  assert.equal(await results[1], 11)
  assert.equal(work.hasRoom(), true)
  // One that fails gives its place on, too.
  gates[0]?.reject(new Error('no memory'))
  await assert.rejects(results[0] ?? Promise.resolve(), /no memory/)
  for (const { resolve } of gates.slice(2)) resolve(0)
  await Promise.all(results.slice(2))
  assert.deepEqual(started, [0, 1, 2, 3, 4])
})
