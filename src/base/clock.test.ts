import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createTurnClock, systemClock } from './clock.ts'

test('BASE - a turn clock stands still until the next turn', () => {
  let nowMs = 1000
  const clock = createTurnClock({ now: () => nowMs, monotonic: () => nowMs - 1000 })
  nowMs = 2500
  assert.deepEqual([clock.now(), clock.monotonic()], [1000, 0])
  clock.tick()
  assert.deepEqual([clock.now(), clock.monotonic()], [2500, 1500])
})

test('BASE - the system clock tells the time, and its durations never go back', () => {
  assert.ok(systemClock.now() > Date.UTC(2026, 0, 1))
  const first = systemClock.monotonic()
  assert.ok(systemClock.monotonic() >= first)
})
