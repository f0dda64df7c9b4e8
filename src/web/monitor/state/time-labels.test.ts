import assert from 'node:assert/strict'
import { test } from 'node:test'
import { TIME_STEPS, timeLabels } from './time-labels.ts'

/** Of this machine's clock, as a browser has it. */
const at = (hours: number, minutes = 0, seconds = 0): number =>
  new Date(2026, 10, 24, hours, minutes, seconds).getTime() / 1000

test('TIME LABELS - seconds are only said where the moments differ by them', () => {
  assert.deepEqual(timeLabels([at(9, 5, 0), at(9, 5, 30)], 30, 'en'), ['09:05:00', '09:05:30'])
  assert.deepEqual(timeLabels([at(9, 5), at(9, 10)], 300, 'ko'), ['09:05', '09:10'])
})

test('TIME LABELS - a lonely moment is written as its step says, and not by what is beside it', () => {
  assert.deepEqual(timeLabels([at(17, 45)], 300, 'en'), ['17:45'])
})

test('TIME LABELS - over days, midnight is the day that begins', () => {
  assert.deepEqual(timeLabels([at(12), at(24)], 12 * 3600, 'en'), ['12:00', 'Nov 25'])
  assert.deepEqual(timeLabels([at(0)], 12 * 3600, 'ko'), ['11월 24일'])
  assert.deepEqual(timeLabels([at(0)], 60, 'en'), ['00:00'])
})

test('TIME LABELS - the steps go up, and parts of a day meet its end', () => {
  assert.deepEqual(
    TIME_STEPS,
    [...TIME_STEPS].sort((a, b) => a - b),
  )
  assert.ok(TIME_STEPS.every((step) => 86_400 % step === 0))
})
