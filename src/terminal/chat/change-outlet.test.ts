import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Change } from '../../client/change.ts'
import { ChangeOutlet } from './change-outlet.ts'

const change = (n: number): Change => ({ kind: 'mentions', mentions: [], n }) as unknown as Change
const outcome = (ref: string): Change => ({ kind: 'outcome', ref, outcome: { kind: 'unknown' } })
const SNAPSHOT = { kind: 'snapshot' } as unknown as Change

test('OUTLET - the next changes go when those before were taken, and all of them then', () => {
  const sent: (readonly Change[])[] = []
  const outlet = new ChangeOutlet({
    send: (changes) => sent.push(changes),
    snapshot: () => SNAPSHOT,
  })
  outlet.put([change(1)])
  outlet.put([change(2)])
  outlet.put([change(3)])
  assert.deepEqual(sent, [[change(1)]])
  outlet.taken()
  assert.deepEqual(sent[1], [change(2), change(3)])
  outlet.taken()
  assert.equal(sent.length, 2)
  outlet.put([change(4)])
  assert.deepEqual(sent[2], [change(4)])
})

test('OUTLET - of too much that was not taken there is a snapshot, and every outcome', () => {
  const sent: (readonly Change[])[] = []
  const outlet = new ChangeOutlet({
    send: (changes) => sent.push(changes),
    snapshot: () => SNAPSHOT,
  })
  outlet.put([change(0)])
  outlet.put([outcome('before')])
  for (let i = 0; i < 5000; i++) outlet.put([change(i)])
  outlet.put([outcome('after')])
  outlet.taken()
  assert.deepEqual(sent[1], [SNAPSHOT, outcome('before'), outcome('after')])
})
