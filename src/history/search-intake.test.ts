import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import { after, test } from 'node:test'
import { createCorpus } from '../../test/support/search-corpus.ts'
import { createMemoryLog } from '../../test/support/memory-log.ts'
import type { Clock } from '../base/clock.ts'
import { openSearchDatabase } from './search-database.ts'
import { createSearchIntake } from './search-intake.ts'
import { createSearchTable } from './search-table.ts'

const folder = mkdtempSync(join(tmpdir(), 'maru-intake-'))
after(() => rmSync(folder, { recursive: true }))

/** A millisecond passes whenever somebody asks what time it is. */
function hurriedClock(nowMs: number): Clock {
  let monotonicMs = 0
  return { now: () => nowMs, monotonic: () => ++monotonicMs }
}

function corpusLog(messages: number) {
  const log = createMemoryLog()
  const corpus = createCorpus({ seed: 1, rooms: 3, people: 5 })
  const events = Array.from({ length: messages }, () => corpus.next())
  log.add(...events)
  return { log, events }
}

function count(database: DatabaseSync): number {
  return Number(database.prepare('SELECT count(*) AS n FROM message').get()?.['n'])
}

test('SEARCH - a slice ends when its time is over, and what was half taken in is not there twice', async () => {
  const { log, events } = corpusLog(100)
  const file = join(folder, 'slices.db')
  const first = openSearchDatabase(file)
  const begun = createSearchIntake({
    table: createSearchTable(first),
    store: log,
    clock: hurriedClock(0),
  })
  assert.equal(await begun.takeIn(), 'more')
  const inOneSlice = count(first)
  assert.ok(inOneSlice > 0 && inOneSlice < 20, String(inOneSlice))
  first.close()

  using database = openSearchDatabase(file)
  const table = createSearchTable(database)
  assert.equal(table.progress().position, '')
  const intake = createSearchIntake({ table, store: log, clock: hurriedClock(0) })
  let slices = 0
  while ((await intake.takeIn()) === 'more') slices++
  assert.ok(slices > 5, String(slices))
  assert.equal(count(database), events.length)
  const { position, events: known, last } = table.progress()
  assert.deepEqual([position, known, last?.msgid], ['100', 100, events.at(-1)?.msgid])
})

test('SEARCH - while there is much to index it says how much, and how old that is', async () => {
  const { log, events } = corpusLog(1200)
  using database = openSearchDatabase(join(folder, 'lag.db'))
  const lastMs = events.at(-1)?.timeMs ?? 0
  const clock = { now: () => lastMs + 5000, monotonic: () => 0 }
  const intake = createSearchIntake({ table: createSearchTable(database), store: log, clock })
  await intake.takeIn()
  assert.equal(intake.isFarBehind(), true)
  const indexedMs = events[499]?.timeMs ?? 0
  assert.deepEqual(intake.lag(), { events: 700, ms: lastMs + 5000 - indexedMs })
  while ((await intake.takeIn()) === 'more');
  assert.equal(intake.isFarBehind(), false)
  assert.deepEqual(intake.lag(), { events: 0, ms: 0 })
})
