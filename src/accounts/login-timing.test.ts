import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  sampleTimes,
  TELLING_T,
  timePlainLogins,
  timeScramLogins,
  timingT,
  welchT,
} from '../../test/support/login-timing.ts'

test('LOGIN TIMING - t is what Welch says', () => {
  // Means 2 and 5, variances 1 and 20/3: -3 / sqrt(1/3 + 5/3).
  assert.ok(Math.abs(welchT([1, 2, 3], [2, 4, 6, 8]) - -3 / Math.SQRT2) < 1e-12)
  assert.ok(Math.abs(welchT([2, 4, 6, 8], [1, 2, 3]) - 3 / Math.SQRT2) < 1e-12)
  assert.equal(welchT([1, 2, 3], [3, 2, 1]), 0)
  assert.equal(welchT([1, 1], [2, 2]), -Infinity)
})

/** Tries that take 10 to 20 ms, and one of them in twenty 500; those for the unknown name `moreMs` more. */
function timesWith(moreMs: number) {
  let nowMs = 0
  let n = 0
  return sampleTimes({ tries: 4000, stopwatch: () => nowMs }, (name) => {
    n += 1
    nowMs += (n * 7919) % 20 === 0 ? 500 : 10 + ((n * 104_729) % 101) / 10
    if (name !== 'anna') nowMs += moreMs
  })
}

test('LOGIN TIMING - it tells a difference of a tenth from none, whatever else comes between', async () => {
  assert.ok(Math.abs(timingT(await timesWith(0))) < TELLING_T)
  assert.ok(timingT(await timesWith(1.5)) < -TELLING_T)
})

test('LOGIN TIMING - both ways in can be timed, for names that there are and are not', async () => {
  let reads = 0
  const stopwatch = () => reads++
  for (const times of [
    await timePlainLogins({ tries: 3, stopwatch }),
    await timeScramLogins({ tries: 40, stopwatch }),
  ]) {
    assert.ok([...times.known, ...times.unknown].every((time) => time === 1))
  }
  assert.equal(reads, 2 * (3 + 40))
})
