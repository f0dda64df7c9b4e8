import assert from 'node:assert/strict'
import { test } from 'node:test'
import { silentLog } from '../../base/log.ts'
import { FakeSource } from '../../../test/support/monitor-doubles.ts'
import type { FeedFrame } from '../../feed/feed.ts'
import { FeedReader, MAX_WAITING_BYTES, type CloseReason } from './feed-reader.ts'

/** A sink whose other side reads when the test says so. */
function slowSink() {
  const frames: FeedFrame[] = []
  const closed: CloseReason[] = []
  let waiting = 0
  let most = 0
  return {
    frames,
    closed,
    most: () => most,
    drain: () => (waiting = 0),
    send(frame: FeedFrame) {
      frames.push(frame)
      waiting += JSON.stringify(frame).length
      most = Math.max(most, waiting)
    },
    waitingBytes: () => waiting,
    close: (reason: CloseReason) => void closed.push(reason),
  }
}

function stage(kept: number) {
  const source = new FakeSource(kept)
  const sink = slowSink()
  const reader = new FeedReader({ source, sink, log: silentLog })
  return { source, sink, reader }
}

const seqs = (frames: readonly FeedFrame[]): number[] =>
  frames.flatMap((frame) => (frame.type === 'entries' ? frame.entries.map(({ seq }) => seq) : []))

const BIG = 'x'.repeat(10_000)

test('FEED - what waits for one reader has a bound, and a frame more', () => {
  const { source, sink, reader } = stage(100)
  reader.start(undefined)
  for (let i = 0; i < 1000; i++) source.put(1, BIG)
  assert.ok(sink.most() <= MAX_WAITING_BYTES + 11_000, String(sink.most()))
  reader.everySecond()
  assert.ok(sink.most() <= MAX_WAITING_BYTES + 11_000, String(sink.most()))
})

test('FEED - who has caught up goes on without a gap as long as the entries are there', () => {
  const { source, sink, reader } = stage(1000)
  reader.start(undefined)
  for (let i = 0; i < 300; i++) source.put(1, BIG)
  sink.drain()
  source.put(1, 'while it is behind')
  reader.everySecond()
  sink.drain()
  source.put(1, 'live again')
  assert.deepEqual(
    seqs(sink.frames),
    Array.from({ length: 302 }, (_, i) => i + 1),
  )
})

test('FEED - catching up stops at the bound, too', () => {
  const { source, sink, reader } = stage(10_000)
  source.put(4000, 'x'.repeat(1000))
  reader.start({ epoch: source.epoch, seq: 0 })
  const chunk = 500 * 1200
  assert.ok(sink.most() <= MAX_WAITING_BYTES + chunk, String(sink.most()))
  while (seqs(sink.frames).length < 4000) {
    const { length } = sink.frames
    sink.drain()
    reader.everySecond()
    assert.ok(sink.frames.length > length)
  }
  assert.deepEqual(
    seqs(sink.frames),
    Array.from({ length: 4000 }, (_, i) => i + 1),
  )
})

test('FEED - a gap is told with what is missing, and the snapshot after it', () => {
  const { source, sink, reader } = stage(10)
  reader.start(undefined)
  for (let i = 0; i < 300; i++) source.put(1, BIG)
  const last = seqs(sink.frames).at(-1) ?? 0
  sink.frames.length = 0
  sink.drain()
  reader.everySecond()
  assert.deepEqual(sink.frames[0], { type: 'gap', missed: 300 - 10 - last })
  assert.equal(sink.frames[1]?.type, 'snapshot')
})

test('FEED - who reads nothing for half a minute is given up, with the reason', () => {
  const { source, sink, reader } = stage(10)
  reader.start(undefined)
  for (let i = 0; i < 300; i++) source.put(1, BIG)
  for (let second = 0; second < 29; second++) reader.everySecond()
  assert.deepEqual(sink.closed, [])
  for (let second = 0; second < 5; second++) reader.everySecond()
  assert.deepEqual(sink.closed, ['reads too slowly'])
  assert.equal(source.listeners, 0)
})
