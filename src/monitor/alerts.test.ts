import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { FULL_FIGURES } from '../../test/support/monitor-source.ts'
import type { AlertFacts, AlertThresholds } from './alert-rules.ts'
import { Alerts } from './alerts.ts'
import type { Figures } from '../feed/figures.ts'

const THRESHOLDS: AlertThresholds = {
  loopDelayMs: 200,
  commitMs: 500,
  refusedPerSecond: 10,
  diskFreePercent: 10,
  certificateDays: 14,
}

const DAY_MS = 86_400_000
const NOW_MS = Date.UTC(2026, 0, 1, 12)

const QUIET: AlertFacts = {
  nowMs: NOW_MS,
  figures: undefined,
  certificateEndsAtMs: undefined,
  disk: undefined,
}

/** Checks every second, the facts of each being the next; says in which second what changed. */
function history(
  seconds: readonly AlertFacts[],
  thresholds: AlertThresholds = THRESHOLDS,
): readonly string[] {
  const alerts = new Alerts()
  return seconds.flatMap((facts, second) =>
    alerts
      .check(facts, thresholds, second * 1000)
      .map(({ raised, text }) => `${second} ${raised ? '+' : '-'} ${text}`),
  )
}

function times(count: number, facts: AlertFacts): readonly AlertFacts[] {
  return Array.from({ length: count }, () => facts)
}

function figures(change: Partial<Figures>): AlertFacts {
  return { ...QUIET, figures: { ...FULL_FIGURES, ...change } }
}

function loop(p99: number): AlertFacts {
  const thread = (name: string, ms: number) => {
    return { name, heapBytes: 0, loopDelayMs: { p50: 0, p99: ms, max: ms } }
  }
  return figures({ threads: [thread('core', 1), thread('io 1', p99), thread('io 2', 2)] })
}

function refused(perSecond: number): AlertFacts {
  return figures({ perSecond: { ...FULL_FIGURES.perSecond, refused: perSecond } })
}

function commit(p99: number): AlertFacts {
  return figures({ commitMs: { p50: 1, p99, max: p99 } })
}

test('ALERTS - a late thread is named once it has been late for 5 s, and cleared after 30 s on time', () => {
  const seconds = [...times(10, loop(250)), ...times(40, loop(20))]
  assert.deepEqual(history(seconds), [
    '5 + The thread io 1 is late by 250 ms (p99, the limit is 200 ms)',
    '40 - All threads are on time again',
  ])
})

test('ALERTS - what is bad for less than its time is not told', () => {
  const seconds = [...times(5, loop(900)), loop(20), ...times(5, loop(900)), ...times(40, loop(20))]
  assert.deepEqual(history(seconds), [])
})

test('ALERTS - what goes to and fro at the threshold is told once', () => {
  const seconds = Array.from({ length: 200 }, (_, i) => loop(i < 6 || i % 2 === 0 ? 210 : 190))
  assert.equal(history(seconds).length, 1)
})

test('ALERTS - commits and refusals', () => {
  assert.deepEqual(history([...times(6, commit(800)), ...times(31, commit(250))]), [
    '5 + Messages wait 800 ms for the disk (p99, the limit is 500 ms)',
    '36 - Messages are stored in time again',
  ])
  assert.deepEqual(history([...times(6, refused(40.25)), ...times(61, refused(5))]), [
    '5 + 40.3 connections a second are refused (the limit is 10)',
    '66 - Few connections are refused again',
  ])
})

test('ALERTS - a disk is told when it is nearly full, and good with a fifth more than that', () => {
  const disk = (percent: number): AlertFacts => {
    return { ...QUIET, disk: { freeBytes: percent * 1e9, totalBytes: 1e11 } }
  }
  const seconds = [disk(10), disk(9.9), ...times(90, disk(11.9)), ...times(61, disk(12))]
  assert.deepEqual(history(seconds), [
    '1 + The disk of the data folder has 9.9 % left (the limit is 10 %)',
    '152 - The disk of the data folder has 12 % left again',
  ])
})

test('ALERTS - a certificate is told when it is about to end, and when another takes its place', () => {
  const ends = (days: number): AlertFacts => {
    return { ...QUIET, certificateEndsAtMs: NOW_MS + days * DAY_MS }
  }
  assert.deepEqual(history([ends(14), ends(13.9), ends(0.5), ends(-1), ends(90)]), [
    '1 + The TLS certificate ends in 13 days',
    '4 - The TLS certificate lasts for 90 days again',
  ])
  assert.deepEqual(history([ends(0.5)]), ['0 + The TLS certificate ends in less than a day'])
  assert.deepEqual(history([ends(-1)]), ['0 + The TLS certificate has ended'])
})

test('ALERTS - a threshold of 0 is none, and taking one away clears its alert', () => {
  const none = { ...THRESHOLDS, loopDelayMs: 0 }
  assert.deepEqual(history(times(60, loop(5000)), none), [])
  const alerts = new Alerts()
  for (let second = 0; second < 6; second++) alerts.check(loop(5000), THRESHOLDS, second * 1000)
  const after = Array.from({ length: 40 }, (_, i) =>
    alerts.check(loop(5000), none, 6000 + i * 1000),
  )
  assert.deepEqual(
    after.flat().map(({ raised }) => raised),
    [false],
  )
})

test('ALERTS - without anything to measure, nothing is wrong', () => {
  assert.deepEqual(history(times(120, QUIET)), [])
  assert.deepEqual(history([...times(6, commit(800)), ...times(40, QUIET)]).length, 2)
})

test('ALERTS - raised and cleared take turns, never faster than their times', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 300 }), (delays) => {
      const changes = history(delays.map(loop)).map((line) => line.split(' ', 2))
      for (const [i, [second = '', sign]] of changes.entries()) {
        assert.equal(sign, i % 2 === 0 ? '+' : '-')
        const before = Number(changes[i - 1]?.[0] ?? -1)
        assert.ok(Number(second) - before > (sign === '+' ? 5 : 30))
      }
    }),
  )
})
