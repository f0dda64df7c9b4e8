import assert from 'node:assert/strict'
import { test } from 'node:test'
import { EventFeed, type EntriesFrame } from './event-feed.ts'
import type { FeedEvent } from '../feed/feed.ts'

const HEAD = {
  connections: 1,
  peakConnections: 2,
  people: 1,
  peakPeople: 2,
  rooms: 0,
  operators: 0,
}

function feedOf(kept = 8) {
  const feed = new EventFeed({ epoch: 'e1', now: () => 1000, head: () => HEAD, kept })
  return { feed, put: (count: number) => repeat(count, () => feed.put(event(++said))) }
}

let said = 0

function event(number: number): FeedEvent {
  return { kind: 'log', level: 'info', text: `${number}`, fields: {} }
}

function repeat(count: number, work: () => void): void {
  for (let i = 0; i < count; i++) work()
}

test('FEED - numbers go up by one, and the newest come oldest first', () => {
  const { feed, put } = feedOf()
  put(5)
  assert.deepEqual(
    feed.latest(3).map(({ seq }) => seq),
    [3, 4, 5],
  )
  assert.equal(feed.latest(100).length, 5)
  assert.deepEqual(feed.position, { epoch: 'e1', seq: 5 })
})

test('FEED - who comes back gets what it missed, each entry once', () => {
  const { feed, put } = feedOf()
  put(6)
  const after = feed.after({ epoch: 'e1', seq: 4 })
  assert.ok(after.kind === 'entries')
  assert.deepEqual(
    after.entries.map(({ seq }) => seq),
    [5, 6],
  )
  assert.deepEqual(feed.after({ epoch: 'e1', seq: 6 }), { kind: 'entries', entries: [] })
})

test('FEED - what is gone is a gap of so many, and another epoch or the future one of unknown size', () => {
  const { feed, put } = feedOf(8)
  put(20)
  assert.deepEqual(feed.after({ epoch: 'e1', seq: 3 }), { kind: 'gap', missed: 9 })
  assert.equal(feed.after({ epoch: 'e1', seq: 12 }).kind, 'entries')
  assert.deepEqual(feed.after({ epoch: 'e0', seq: 12 }), { kind: 'gap', missed: 'unknown' })
  assert.deepEqual(feed.after({ epoch: 'e1', seq: 21 }), { kind: 'gap', missed: 'unknown' })
})

test('FEED - a listener hears all that comes after it began, once, in shared frames', () => {
  const { feed, put } = feedOf(100)
  const first: EntriesFrame[] = []
  const second: EntriesFrame[] = []
  put(2)
  feed.subscribe((frame) => first.push(frame))
  put(3)
  const late = feed.subscribe((frame) => second.push(frame))
  put(1)
  feed.flush()
  put(1)
  late[Symbol.dispose]()
  feed.flush()
  const seqs = (frames: EntriesFrame[]) =>
    frames.map(({ entries }) => entries.map(({ seq }) => seq))
  assert.deepEqual(seqs(first), [[3, 4, 5], [6], [7]])
  assert.deepEqual(seqs(second), [[6]])
  assert.equal(first[1], second[0])
  assert.deepEqual(first[0]?.head, HEAD)
})

test('FEED - it tells by itself, soon after the first of them', async () => {
  const { feed, put } = feedOf()
  const told = new Promise<EntriesFrame>((resolve) => feed.subscribe(resolve))
  put(2)
  // The feed's own timer keeps no process alive; this one waits for it.
  const patience = setTimeout(() => {}, 10_000)
  assert.equal((await told).entries.length, 2)
  clearTimeout(patience)
})
