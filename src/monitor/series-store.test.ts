import assert from 'node:assert/strict'
import { test } from 'node:test'
import { SeriesStore } from './series-store.ts'

const NOON_MS = Date.UTC(2026, 0, 1, 12)

test('SERIES - seconds are kept as they were, and one that was left out is empty', () => {
  const store = new SeriesStore()
  store.add(NOON_MS, { people: 1 })
  store.add(NOON_MS + 1020, { people: 2, fanOutP99Ms: 0.12345 })
  store.add(NOON_MS + 3990, { people: 4 })
  const { startMs, columns } = store.of(1000)
  assert.equal(startMs, NOON_MS)
  assert.deepEqual(columns.people, [1, 2, null, 4])
  assert.deepEqual(columns.fanOutP99Ms, [null, 0.123, null, null])
  assert.deepEqual(columns.commitP50Ms, [null, null, null, null])
})

test('SERIES - a minute is the average of its seconds, and the worst of what has a peak', () => {
  const store = new SeriesStore()
  for (let second = 0; second <= 120; second++) {
    store.add(NOON_MS + second * 1000, { people: second % 60, coreLoopP99Ms: second % 60 })
  }
  const { startMs, columns } = store.of(60_000)
  assert.equal(startMs, NOON_MS)
  assert.deepEqual(columns.people, [29.5, 29.5])
  assert.deepEqual(columns.coreLoopP99Ms, [59, 59])
})

test('SERIES - two hours of seconds and two days of minutes are kept, and no more', () => {
  const store = new SeriesStore()
  const days = 3
  for (let second = 0; second < days * 86_400; second++) {
    store.add(NOON_MS + second * 1000, { people: second })
  }
  const seconds = store.of(1000)
  assert.equal(seconds.columns.people.length, 7200)
  assert.equal(seconds.columns.people.at(-1), days * 86_400 - 1)
  assert.equal(seconds.startMs, NOON_MS + (days * 86_400 - 7200) * 1000)
  const minutes = store.of(60_000)
  assert.equal(minutes.columns.people.length, 2880)
  assert.equal(minutes.startMs + 2880 * 60_000, NOON_MS + days * 86_400_000 - 60_000)
})

test('SERIES - a clock that is set back changes nothing that is there', () => {
  const store = new SeriesStore()
  store.add(NOON_MS, { people: 1 })
  store.add(NOON_MS + 1000, { people: 2 })
  store.add(NOON_MS - 3_600_000, { people: 99 })
  store.add(NOON_MS + 2000, { people: 3 })
  assert.deepEqual(store.of(1000).columns.people, [1, 2, 3])
})

test('SERIES - a standstill longer than all that is kept leaves only the new', () => {
  const store = new SeriesStore()
  store.add(NOON_MS, { people: 1 })
  store.add(NOON_MS + 86_400_000, { people: 2 })
  const { columns } = store.of(1000)
  assert.equal(columns.people.length, 7200)
  assert.deepEqual(
    columns.people.filter((value) => value !== null),
    [2],
  )
})
