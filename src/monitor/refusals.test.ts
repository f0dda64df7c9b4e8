import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Refusals } from './refusals.ts'

test('REFUSALS - the same from the same address are told as one', () => {
  const refusals = new Refusals()
  for (const address of ['192.0.2.1', '192.0.2.1', '192.0.2.2'])
    refusals.add({ listener: 'tls', address, reason: 'handshake failed' })
  assert.deepEqual(
    refusals.take().map(({ address, times }) => [address, times]),
    [
      ['192.0.2.1', 2],
      ['192.0.2.2', 1],
    ],
  )
  assert.deepEqual(refusals.take(), [])
})

test('REFUSALS - a flood from everywhere is told in few entries, and all are counted', () => {
  const refusals = new Refusals()
  for (let i = 0; i < 5000; i++)
    refusals.add({ listener: 'plain', address: `198.51.100.${i}`, reason: 'barred' })
  const told = refusals.take()
  assert.equal(told.length, 21)
  assert.equal(
    told.reduce((sum, { times }) => sum + times, 0),
    5000,
  )
  assert.equal(told.at(-1)?.address, undefined)
})
