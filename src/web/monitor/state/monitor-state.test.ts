import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { FeedEntry, FeedFrame, Head, Snapshot } from '../../../feed/feed.ts'
import type { Figures, Totals } from '../../../feed/figures.ts'
import {
  MAX_LOG_LINES,
  MAX_POINTS,
  NOTHING_KNOWN,
  reduce,
  type MonitorState,
} from './monitor-state.ts'

const HEAD: Head = {
  connections: 2,
  peakConnections: 5,
  people: 1,
  peakPeople: 4,
  rooms: 3,
  operators: 0,
}
const NO_TOTALS: Totals = {
  accepted: 0,
  refused: 0,
  closed: 0,
  registered: 0,
  messages: 0,
  deliveries: 0,
  linesIn: 0,
  bytesIn: 0,
  bytesOut: 0,
  slowed: 0,
  failedLogins: 0,
}

function figures(atMs: number): Figures {
  return {
    atMs,
    totals: NO_TOTALS,
    perSecond: NO_TOTALS,
    queuedBytes: 0,
    heldConnections: 0,
    residentBytes: 1,
    cpu: 0,
    threads: [],
  }
}

function entry(seq: number): FeedEntry {
  return { seq, atMs: seq, event: { kind: 'stopping', restart: false } }
}

function snapshot(epoch: string, entries: readonly FeedEntry[]): Snapshot {
  return {
    version: 1,
    epoch,
    seq: entries.at(-1)?.seq ?? 0,
    head: HEAD,
    entries,
    facts: {
      version: '1',
      serverName: 'irc.test',
      network: 'Test',
      startedAtMs: 5,
      nowMs: 10_000,
      listening: [],
      workers: 0,
      processId: 1,
      runtime: '',
      platform: '',
      logLevel: 'info',
      isStopping: false,
      limits: {},
    },
  }
}

function after(frames: readonly FeedFrame[], start: MonitorState = NOTHING_KNOWN): MonitorState {
  return frames.reduce((state, frame) => reduce(state, { type: 'frame', frame, atMs: 4000 }), start)
}

const seqs = ({ log }: MonitorState): (number | string)[] =>
  log.map((line) => (line.kind === 'entry' ? line.entry.seq : line.kind))

test('MONITOR STATE - a snapshot says everything; the clocks may differ', () => {
  const state = after([{ type: 'snapshot', snapshot: snapshot('a', [entry(7), entry(8)]) }])
  assert.deepEqual(state.position, { epoch: 'a', seq: 8 })
  assert.deepEqual(seqs(state), [7, 8])
  assert.equal(state.head, HEAD)
  assert.equal(state.clockAheadMs, 6000)
  assert.equal(state.heardAtMs, 4000)
})

test('MONITOR STATE - however entries come again, each is in the log once and in order', () => {
  const slices = fc.array(fc.tuple(fc.nat(30), fc.integer({ min: 1, max: 10 })), { maxLength: 20 })
  fc.assert(
    fc.property(slices, (cuts) => {
      let known = 0
      const frames = cuts.map(([back, length]): FeedFrame => {
        const first = Math.max(1, known + 1 - back)
        const entries = Array.from({ length }, (_, index) => entry(first + index))
        known = Math.max(known, first + length - 1)
        return { type: 'entries', entries, head: HEAD }
      })
      const state = after([{ type: 'snapshot', snapshot: snapshot('a', []) }, ...frames])
      assert.deepEqual(
        seqs(state),
        Array.from({ length: known }, (_, index) => index + 1),
      )
    }),
  )
})

test('MONITOR STATE - a gap stands where it was; a new start begins to count anew', () => {
  const state = after([
    { type: 'snapshot', snapshot: snapshot('a', [entry(50)]) },
    { type: 'gap', missed: 9 },
    { type: 'snapshot', snapshot: snapshot('a', [entry(50), entry(60)]) },
    { type: 'gap', missed: 'unknown' },
    { type: 'snapshot', snapshot: snapshot('b', [entry(1), entry(2)]) },
  ])
  assert.deepEqual(seqs(state), [50, 'gap', 60, 'gap', 'started', 1, 2])
  assert.equal(new Set(state.log.map(({ key }) => key)).size, 7)
  assert.deepEqual(state.position, { epoch: 'b', seq: 2 })
})

test('MONITOR STATE - a tick renews the head and the figures, and is a point of the graphs', () => {
  const state = after([{ type: 'tick', figures: figures(3000), head: { ...HEAD, people: 9 } }])
  assert.equal(state.head?.people, 9)
  assert.equal(state.figures?.atMs, 3000)
  assert.deepEqual(
    state.points.map(({ atMs, values }) => [atMs, values.people]),
    [[3000, 9]],
  )
})

test('MONITOR STATE - nothing grows for ever', () => {
  const many = Array.from({ length: MAX_LOG_LINES + 10 }, (_, index) => entry(index + 1))
  const full = after([{ type: 'entries', entries: many, head: HEAD }])
  assert.equal(full.log.length, MAX_LOG_LINES)
  assert.equal(seqs(full).at(-1), MAX_LOG_LINES + 10)
  const point = after([{ type: 'tick', figures: figures(0), head: HEAD }]).points[0]
  assert.ok(point)
  const points = Array.from({ length: MAX_POINTS }, () => point)
  const ticked = after([{ type: 'tick', figures: figures(1), head: HEAD }], { ...full, points })
  assert.equal(ticked.points.length, MAX_POINTS)
})

test('MONITOR STATE - a view is kept as it came, until another table is turned to', () => {
  const view = { of: 'rooms', rows: [], total: 3, matching: 2, from: 0 } as const
  const state = after([{ type: 'view', ...view }])
  assert.deepEqual(state.view, view)
  assert.equal(reduce(state, { type: 'turned' }).view, undefined)
})

test('MONITOR STATE - that the server stops is known before it is gone', () => {
  const state = after([
    { type: 'snapshot', snapshot: snapshot('a', []) },
    { type: 'entries', entries: [entry(1)], head: HEAD },
  ])
  assert.equal(state.facts?.isStopping, true)
})

test('MONITOR STATE - the log level is what an operator has just set, and nothing that is no level', () => {
  const set = (seq: number, target: string): FeedEntry => ({
    seq,
    atMs: seq,
    event: { kind: 'operator', by: 'mina', action: 'log level', target, via: 'monitor' },
  })
  const state = after([
    { type: 'snapshot', snapshot: snapshot('a', []) },
    { type: 'entries', entries: [set(1, 'debug'), set(2, 'loud')], head: HEAD },
  ])
  assert.equal(state.facts?.logLevel, 'debug')
  const facts = { ...snapshot('a', []).facts, logLevel: 'warn' } as const
  assert.equal(reduce(state, { type: 'facts', facts }).facts?.logLevel, 'warn')
})

test('MONITOR STATE - what the server refuses is known until it takes something again', () => {
  const refused = after([{ type: 'refused', reason: 'sort: there is no such column' }])
  assert.equal(refused.refusal, 'sort: there is no such column')
  const view = { of: 'rooms', rows: [], total: 0, matching: 0, from: 0 } as const
  assert.equal(after([{ type: 'view', ...view }], refused).refusal, undefined)
  assert.equal(reduce(refused, { type: 'turned' }).refusal, undefined)
})
