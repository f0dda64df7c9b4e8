import assert from 'node:assert/strict'
import { test } from 'node:test'
import { healthOf, worst } from './health.ts'

const QUIET = {
  atMs: 0,
  totals: {} as never,
  queuedBytes: 0,
  heldConnections: 0,
  residentBytes: 0,
  cpu: 0,
}
const NO_FACTS = { nowMs: 0 } as never

function signs(core: number, worker: number, refused = 0): ReturnType<typeof healthOf> {
  const thread = (name: string, p99: number) => ({
    name,
    heapBytes: 0,
    loopDelayMs: { p50: 0, p99, max: p99 },
  })
  const perSecond = { refused } as never
  const threads = [thread('core', core), thread('io 1', 1), thread('io 2', worker)]
  return healthOf({ ...QUIET, perSecond, threads }, NO_FACTS)
}

test('HEALTH - the slowest worker counts, and the core has its own line', () => {
  const levels = Object.fromEntries(signs(120, 500).map(({ what, level }) => [what, level]))
  assert.deepEqual([levels['loopDelayCore'], levels['loopDelayWorkers']], ['warn', 'bad'])
})

test('HEALTH - it is as good as its worst sign', () => {
  assert.equal(worst(signs(1, 1)), 'good')
  assert.equal(worst(signs(1, 1, 7)), 'warn')
  assert.equal(worst(signs(200, 1)), 'bad')
})

test('HEALTH - what has no figures says nothing', () => {
  const named = signs(1, 1).map(({ what }) => what)
  assert.ok(!named.includes('commitLatency') && !named.includes('certificateEnds'))
})

test('HEALTH - a certificate that is about to end is seen in time', () => {
  const days = (count: number) => ({
    nowMs: 0,
    certificate: { sha256: '', endsAtMs: count * 86_400_000 },
  })
  const figures = { ...QUIET, perSecond: { refused: 0 } as never, threads: [] }
  const level = (count: number) =>
    healthOf(figures, days(count) as never).find(({ what }) => what === 'certificateEnds')?.level
  assert.deepEqual([level(30), level(10), level(1)], ['good', 'warn', 'bad'])
})
