import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { FeedEntry, FeedFrame, Head, Snapshot } from '../feed/feed.ts'
import { createDashboardState, updateDashboard } from './dashboard-state.ts'
import type { DashboardEvent, DashboardState, LogItem } from './dashboard-state.ts'

const HEAD: Head = {
  connections: 1,
  peakConnections: 1,
  people: 1,
  peakPeople: 1,
  rooms: 1,
  operators: 0,
}

function entry(seq: number): FeedEntry {
  return { seq, atMs: seq, event: { kind: 'stopping', restart: false } }
}

function snapshot(epoch: string, ...seqs: number[]): FeedFrame {
  const entries = seqs.map(entry)
  const seq = seqs.at(-1) ?? 0
  // The reducer hands the facts on as they are.
  const facts = { nowMs: 5 } as Snapshot['facts']
  return { type: 'snapshot', snapshot: { version: 1, epoch, seq, facts, head: HEAD, entries } }
}

function entries(...seqs: number[]): FeedFrame {
  return { type: 'entries', entries: seqs.map(entry), head: HEAD }
}

function after(...frames: FeedFrame[]): DashboardState {
  const events = frames.map((frame): DashboardEvent => ({ kind: 'frame', frame, nowMs: 1000 }))
  return events.reduce(updateDashboard, createDashboardState(0))
}

function shown({ log }: DashboardState): (number | string)[] {
  return log.map(({ what }: LogItem) => (what.kind === 'entry' ? what.entry.seq : what.kind))
}

test('DASHBOARD - entries go on where the snapshot ends, and none is shown twice', () => {
  const state = after(snapshot('a', 3, 4), entries(5), entries(5, 6), snapshot('a', 4, 5, 6, 7))
  assert.deepEqual(shown(state), [3, 4, 5, 6, 7])
  assert.deepEqual(state.position, { epoch: 'a', seq: 7 })
})

test('DASHBOARD - a gap is said where it is', () => {
  const state = after(snapshot('a', 1), { type: 'gap', missed: 40 }, snapshot('a', 42))
  assert.deepEqual(shown(state), [1, 'gap', 42])
})

test('DASHBOARD - a new epoch is a new start: low numbers are new again', () => {
  const state = after(
    snapshot('a', 8, 9),
    { type: 'gap', missed: 'unknown' },
    snapshot('b', 1, 2),
    entries(3),
  )
  assert.deepEqual(shown(state), [8, 9, 'gap', 'new start', 1, 2, 3])
  assert.deepEqual(state.position, { epoch: 'b', seq: 3 })
})

test('DASHBOARD - the log is bounded, and its keys go up', () => {
  const seqs = Array.from({ length: 6000 }, (_, i) => i + 1)
  const { log } = after(snapshot('a'), entries(...seqs), entries(6001))
  assert.equal(log.length, 5000)
  assert.deepEqual(
    log.map(({ key }) => key),
    Array.from({ length: 5000 }, (_, i) => i + 1001),
  )
})

test('DASHBOARD - while it is away, the first moment counts, and the newest reason', () => {
  const away = (sinceMs: number, reason: string): DashboardEvent => ({
    kind: 'link',
    link: { kind: 'away', sinceMs, reason },
  })
  const state = [away(5, 'closed'), away(9, 'ECONNREFUSED')].reduce(
    updateDashboard,
    createDashboardState(0),
  )
  assert.deepEqual(state.link, { kind: 'away', sinceMs: 5, reason: 'ECONNREFUSED' })
})
