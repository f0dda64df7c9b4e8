import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import fc from 'fast-check'
import { createCorpus } from '../../test/support/search-corpus.ts'
import type { SearchQuery } from '../state/history-query.ts'
import type { StoredEvent } from '../state/record.ts'
import { openSearchDatabase } from './search-database.ts'
import { foldText } from './search-fold.ts'
import { isWanted, planSearch } from './search-plan.ts'
import { createSearchTable, type SearchTable } from './search-table.ts'

const folder = mkdtempSync(join(tmpdir(), 'maru-search-table-'))
after(() => rmSync(folder, { recursive: true }))

const ROOMS = 4
const STEPS = fc.array(
  fc.record({ add: fc.nat({ max: 30 }), remove: fc.array(fc.nat(), { maxLength: 12 }) }),
  { minLength: 1, maxLength: 12 },
)
let files = 0

// Sixteen messages a volume: every query goes through many, and messages leave volumes of every age.
test('SEARCH - over many volumes, whatever was added, removed and merged, what is there is found once', () => {
  fc.assert(
    fc.property(fc.nat(), STEPS, (seed, steps) => {
      using database = openSearchDatabase(join(folder, `${++files}.db`))
      const table = createSearchTable(database, 4)
      const corpus = createCorpus({ seed, rooms: ROOMS, people: 5 })
      const present: StoredEvent[] = []
      for (const { add, remove } of steps) {
        table.write(() => {
          for (let count = 0; count < add; count++) {
            const event = corpus.next()
            present.push(event)
            table.add(event)
          }
          for (const at of remove) {
            const [event] = present.splice(at % Math.max(1, present.length), 1)
            if (event !== undefined) table.remove(event.buffer, event.seq)
          }
        })
        while (table.tidy());
      }
      assert.deepEqual(msgidsOf(table, []), present.map(({ msgid }) => msgid).toReversed())
      const [word = ''] = present.at(present.length >> 1)?.body.split(' ') ?? []
      const having = present.filter(({ body }) => foldText(body).includes(foldText(word)))
      assert.deepEqual(msgidsOf(table, [word]), having.map(({ msgid }) => msgid).toReversed())
      for (const { name } of database
        .prepare(`SELECT name FROM sqlite_schema WHERE sql LIKE 'CREATE VIRTUAL TABLE%'`)
        .all()) {
        database.exec(`INSERT INTO ${String(name)} (${String(name)}) VALUES ('integrity-check')`)
      }
    }),
    { numRuns: 40 },
  )
})

test('SEARCH - a commit that is undone takes its volumes with it', () => {
  using database = openSearchDatabase(join(folder, 'undone.db'))
  const table = createSearchTable(database, 2)
  const corpus = createCorpus({ seed: 1, rooms: 1, people: 1 })
  const events = Array.from({ length: 9 }, () => corpus.next())
  const addAll = () => events.forEach((event) => table.add(event))
  assert.throws(
    () =>
      table.write(() => {
        addAll()
        throw new Error('no more room')
      }),
    /no more room/,
  )
  assert.deepEqual(msgidsOf(table, []), [])
  table.write(addAll)
  assert.deepEqual(msgidsOf(table, []), events.map(({ msgid }) => msgid).toReversed())
})

test('SEARCH - times that go back between rooms hide nothing', () => {
  using database = openSearchDatabase(join(folder, 'times.db'))
  const table = createSearchTable(database)
  const corpus = createCorpus({ seed: 1, rooms: 1, people: 1 })
  const events = Array.from({ length: 3000 }, (_, index) => ({
    ...corpus.next(),
    buffer: (index % 2) + 1,
    timeMs: index % 2 === 0 ? 1000 + index : 900_000 + index,
  }))
  table.write(() => events.forEach((event) => table.add(event)))
  const found = msgidsOf(table, [], { afterMs: 1500, beforeMs: 900_500 })
  const wanted = events.filter(({ timeMs }) => timeMs > 1500 && timeMs < 900_500)
  assert.deepEqual(found, wanted.map(({ msgid }) => msgid).toReversed())
})

function msgidsOf(
  table: SearchTable,
  words: readonly string[],
  rest: Partial<SearchQuery> = {},
): readonly string[] {
  const sight = { lines: 'messages', ranks: 0, sinceMs: 0 } as const
  const buffers = Array.from({ length: ROOMS }, (_, index) => ({ buffer: index + 1, sight }))
  const plan = planSearch({ buffers, words, limit: 10_000, ...rest })
  return [...table.candidates(plan)].filter((row) => isWanted(plan, row)).map(({ msgid }) => msgid)
}
