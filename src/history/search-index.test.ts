import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { after, test, type TestContext } from 'node:test'
import fc from 'fast-check'
import { createMemoryLog, type MemoryLog } from '../../test/support/memory-log.ts'
import { systemClock } from '../base/clock.ts'
import type { SearchQuery, Sight } from '../state/history-query.ts'
import type { StoredEvent } from '../state/record.ts'
import { foldText } from './search-fold.ts'
import { openSearchIndex, type SearchIndex, type SearchOptions } from './search-index.ts'

const folder = mkdtempSync(join(tmpdir(), 'maru-search-'))
after(() => rmSync(folder, { recursive: true }))

const ALL: Sight = { lines: 'messages', ranks: 0, sinceMs: 0 }
let files = 0

test('SEARCH - text is found without case, inside words, down to one character', async (t) => {
  const { log, index } = open(t)
  say(
    log,
    'Deadline is TOMORROW',
    '오늘회의실에서 봐요',
    '좋아요👍🏽',
    '我们明天见',
    'call 010-1234-5678',
  )
  for (const [word, seqs] of [
    ['deadline', [1]],
    ['morr', [1]],
    ['회의', [2]],
    ['회', [2]],
    ['👍', [3]],
    ['👍🏿', [3]],
    ['见', [4]],
    ['1234', [5]],
    ['0-1', [5]],
    ['요', [3, 2]],
    ['nowhere', []],
    ['🦊', []],
  ] as const) {
    assert.deepEqual(await seqsOf(index, { words: [word] }), seqs, word)
  }
})

test('SEARCH - an index that is asked to rest goes on, and a search finds what was said before it all the same', async (t) => {
  const { log, index } = open(t)
  const rests = setInterval(() => index.rest(), 20)
  t.after(() => clearInterval(rests))
  index.rest()
  say(log, 'one fox', 'two foxes')
  assert.deepEqual(await seqsOf(index, { words: ['fox'] }), [2, 1])
  say(log, 'three foxes')
  await index.caughtUp()
  assert.equal(index.lag().events, 0)
})

test('SEARCH - all words must be in it, in any order, and one with a space is found with its space', async (t) => {
  const { log, index } = open(t)
  say(log, 'the quick brown fox', 'brown bread, quick!', 'quick  brown')
  assert.deepEqual(await seqsOf(index, { words: ['brown', 'QUICK'] }), [3, 2, 1])
  assert.deepEqual(await seqsOf(index, { words: ['bread', 'quick'] }), [2])
  assert.deepEqual(await seqsOf(index, { words: ['quick brown'] }), [3, 1])
})

test('SEARCH - what is syntax elsewhere is text here', async (t) => {
  const { log, index } = open(t)
  const texts = ['a "quoted" word', 'f(x)*y', 'NEAR(a b, 2) AND NOT c', `it's 100%_`, '^tokens:x']
  say(log, ...texts)
  for (const [place, text] of texts.entries()) {
    assert.deepEqual(await seqsOf(index, { words: [text] }), [place + 1], text)
    assert.deepEqual(await seqsOf(index, { words: text.split(' ') }), [place + 1], text)
  }
  assert.deepEqual(await seqsOf(index, { words: ['"'] }), [1])
  assert.deepEqual(await seqsOf(index, { words: ['*'] }), [2])
  assert.deepEqual(await seqsOf(index, { words: ['AND'] }), [3])
  assert.deepEqual(await seqsOf(index, { words: ['OR'] }), [1])
})

// What is known of a message has tokens of its own, which nobody may find as text.
test('SEARCH - a room, a nick and a link are not found as words', async (t) => {
  const { log, index } = open(t)
  say(log, 'https://maru.example')
  for (const word of ['room1', 'fromann', 'link']) {
    assert.deepEqual(await seqsOf(index, { words: [word] }), [], word)
  }
})

test('SEARCH - who, when, a link: all that is asked for must be so', async (t) => {
  const { log, index } = open(t)
  log.add(
    message({ seq: 1, source: 'Ann[m]!a@h', body: 'see http://a.example', timeMs: 100 }),
    message({ seq: 2, source: 'bob!b@h', body: 'see www.b.example', timeMs: 200 }),
    message({ seq: 3, source: 'ann[m]2!a@h', body: 'see', timeMs: 300 }),
    message({ seq: 4, source: 'maru.example', body: 'see', timeMs: 300 }),
  )
  const words = ['see']
  assert.deepEqual(await seqsOf(index, { words, from: 'ann[m]' }), [1])
  assert.deepEqual(await seqsOf(index, { words, from: 'maru.example' }), [4])
  assert.deepEqual(await seqsOf(index, { words, hasLink: true }), [2, 1])
  assert.deepEqual(await seqsOf(index, { words, hasLink: true, from: 'bob' }), [2])
  assert.deepEqual(await seqsOf(index, { words, afterMs: 100, beforeMs: 300 }), [2])
  assert.deepEqual(await seqsOf(index, { words: [], afterMs: 200 }), [4, 3])
  assert.deepEqual(await seqsOf(index, { words: [], from: 'nobody' }), [])
})

test('SEARCH - only the rooms asked for, and in each only what may be seen there', async (t) => {
  const { log, index } = open(t)
  log.add(
    message({ seq: 1, timeMs: 100 }),
    message({ seq: 2, timeMs: 200, least: 4 }),
    message({ buffer: 2, seq: 3, timeMs: 300 }),
    message({ buffer: 12, seq: 4, timeMs: 400 }),
  )
  const asked = async (...buffers: SearchQuery['buffers']) => seqsOf(index, { buffers })
  assert.deepEqual(await asked({ buffer: 1, sight: ALL }), [1])
  assert.deepEqual(await asked({ buffer: 1, sight: { ...ALL, ranks: 4 } }), [2, 1])
  assert.deepEqual(await asked({ buffer: 1, sight: { ...ALL, ranks: 8, sinceMs: 200 } }), [2])
  assert.deepEqual(
    await asked({ buffer: 12, sight: ALL }, { buffer: 1, sight: { ...ALL, sinceMs: 101 } }),
    [4],
  )
  assert.deepEqual(await asked(), [])
})

test('SEARCH - the newest come first, and no more than asked for', async (t) => {
  const { log, index } = open(t)
  say(log, ...Array.from({ length: 2000 }, (_, index) => `line ${index}`))
  await index.caughtUp()
  assert.deepEqual(await seqsOf(index, { words: ['line'], limit: 3 }), [2000, 1999, 1998])
  assert.deepEqual(await seqsOf(index, { words: [], limit: 2 }), [2000, 1999])
})

test('SEARCH - many rooms at once are searched as few are', async (t) => {
  const { log, index } = open(t)
  for (let buffer = 1; buffer <= 1500; buffer++) log.add(message({ buffer, seq: buffer }))
  await index.caughtUp()
  const buffers = Array.from({ length: 1000 }, (_, index) => ({ buffer: index + 1, sight: ALL }))
  assert.deepEqual(await seqsOf(index, { buffers, words: ['hel'], limit: 2 }), [1000, 999])
})

test('SEARCH - what is redacted or removed is found no more, and nothing of it is left in the file', async (t) => {
  const { log, index, file } = open(t)
  say(log, 'keep xylophone', 'drop xylophone', 'keep')
  assert.deepEqual(await seqsOf(index, { words: ['xylo'] }), [2, 1])
  log.remove(1, 2)
  assert.deepEqual(await seqsOf(index, { words: ['xylo'] }), [1])
  log.remove(1, 1)
  await index.caughtUp()
  await index[Symbol.asyncDispose]()
  using database = new DatabaseSync(file)
  assert.equal(database.prepare('SELECT count(*) AS n FROM message').get()?.['n'], 1)
  const tokens = database.prepare(`SELECT count(*) AS n FROM volume_0 WHERE volume_0 MATCH '"xyl"'`)
  assert.equal(tokens.get()?.['n'], 0)
  database.exec(`INSERT INTO volume_0 (volume_0, rank) VALUES ('integrity-check', 0)`)
})

test('SEARCH - what was indexed is there after a restart, and goes on where it was', async (t) => {
  const { log, index, file } = open(t)
  say(log, 'one', 'two')
  await index.caughtUp()
  await index[Symbol.asyncDispose]()
  const positions: string[] = []
  const follow: MemoryLog['follow'] = (position, limit) => {
    positions.push(position)
    return log.follow(position, limit)
  }
  const again = open(t, { file, store: { ...log, follow } }).index
  log.add(message({ seq: 3, body: 'three' }))
  assert.deepEqual(await seqsOf(again, { words: [] }), [3, 2, 1])
  assert.equal(positions[0], '2')
})

test('SEARCH - another log, a log put back, a broken file, another format: the index is made anew', async (t) => {
  const { log, index, file } = open(t)
  say(log, 'of the first log', 'of it, too')
  await index.caughtUp()
  await index[Symbol.asyncDispose]()
  const other = createMemoryLog()
  other.add(message({ msgid: 'other1', body: 'of another log' }))
  other.add(message({ msgid: 'other2', seq: 2, body: 'of another log, too' }))
  const second = open(t, { file, store: other }).index
  assert.deepEqual(await textsOf(second, ['log']), ['of another log, too', 'of another log'])
  await second[Symbol.asyncDispose]()

  const putBack = createMemoryLog()
  putBack.add(message({ msgid: 'other1', body: 'of another log' }))
  const third = open(t, { file, store: putBack }).index
  await third.caughtUp()
  assert.deepEqual(await textsOf(third, ['log']), ['of another log'])
  await third[Symbol.asyncDispose]()

  const database = new DatabaseSync(file)
  database.exec(`UPDATE format SET text = 'of old'; DELETE FROM message`)
  database.close()
  const fourth = open(t, { file, store: putBack }).index
  assert.deepEqual(await textsOf(fourth, ['log']), ['of another log'])
  await fourth[Symbol.asyncDispose]()

  writeFileSync(file, 'no database at all, whatever its name says '.repeat(100))
  const fifth = open(t, { file, store: putBack }).index
  assert.deepEqual(await textsOf(fifth, ['log']), ['of another log'])
})

test('SEARCH - the database of another program is not touched', () => {
  const file = join(folder, 'foreign.db')
  const database = new DatabaseSync(file)
  database.exec('CREATE TABLE precious (thing TEXT)')
  database.close()
  assert.throws(
    () => openSearchIndex({ file, store: createMemoryLog(), clock: systemClock }),
    /another program's database/,
  )
  using again = new DatabaseSync(file)
  assert.deepEqual(
    { ...again.prepare('SELECT name FROM sqlite_schema').get() },
    { name: 'precious' },
  )
})

test('SEARCH - a log that cannot be read for a while is waited for', async (t) => {
  const log = createMemoryLog()
  say(log, 'hello')
  let isDown = true
  const follow: MemoryLog['follow'] = (position, limit) =>
    isDown ? Promise.reject(new Error('no connection')) : log.follow(position, limit)
  const { index } = open(t, { store: { ...log, follow } })
  await assert.rejects(seqsOf(index, {}), /log cannot be read/)
  const caughtUp = index.caughtUp()
  isDown = false
  await caughtUp
  assert.deepEqual(await seqsOf(index, {}), [1])
  assert.deepEqual(index.lag(), { events: 0, ms: 0 })
})

test('SEARCH - what was asked of an index that closes is answered or refused', async (t) => {
  const { log, index } = open(t)
  say(log, 'hello')
  const asked = Promise.allSettled([seqsOf(index, {}), index.caughtUp(), seqsOf(index, {})])
  await index[Symbol.asyncDispose]()
  assert.equal((await asked).length, 3)
  await assert.rejects(seqsOf(index, {}), /closed/)
  await assert.rejects(index.caughtUp(), /closed/)
})

const TEXT = fc.string({
  unit: fc.constantFrom(...Array.from('aAbé한국어ㅋ漢👍🏽 "*-\u0301\ufe0f\u200d')),
  maxLength: 12,
})
const STEP = fc.oneof(
  { weight: 4, arbitrary: fc.record({ say: TEXT, buffer: fc.integer({ min: 1, max: 3 }) }) },
  { weight: 1, arbitrary: fc.record({ remove: fc.nat() }) },
)
const WORDS = fc.array(TEXT, { maxLength: 3 })

test('SEARCH - it finds exactly what has all words in it, whatever was said and removed', async (t) => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(STEP, { maxLength: 30 }),
      fc.array(WORDS, { minLength: 1, maxLength: 5 }),
      async (steps, queries) => {
        const { log, index } = open(t)
        const said: StoredEvent[] = []
        for (const [seq, step] of steps.entries()) {
          if ('say' in step) {
            const event = message({ buffer: step.buffer, seq: seq + 1, body: step.say })
            said.push(event)
            log.add(event)
            continue
          }
          const [event] = said.splice(step.remove % Math.max(1, said.length), 1)
          if (event !== undefined) log.remove(event.buffer, event.seq)
        }
        for (const words of queries) {
          const wanted = said
            .filter(({ buffer, body }) => buffer < 3 && hasAll(body, words))
            .map(({ seq }) => seq)
          const buffers = [1, 2].map((buffer) => ({ buffer, sight: ALL }))
          assert.deepEqual(await seqsOf(index, { words, buffers }), wanted.toReversed())
        }
        await index[Symbol.asyncDispose]()
      },
    ),
    { numRuns: 60 },
  )
})

function hasAll(body: string, words: readonly string[]): boolean {
  return words.every((word) => foldText(body).includes(foldText(word)))
}

function open(t: TestContext, options: Partial<SearchOptions> = {}) {
  const log = createMemoryLog()
  const file = options.file ?? join(folder, `${++files}.db`)
  const index = openSearchIndex({ store: log, clock: systemClock, ...options, file })
  t.after(() => index[Symbol.asyncDispose]())
  return { log, index, file }
}

function message(fields: Partial<StoredEvent>): StoredEvent {
  const seq = fields.seq ?? 1
  return {
    buffer: 1,
    seq,
    timeMs: seq * 100,
    msgid: `m${seq}`,
    command: 'PRIVMSG',
    source: 'ann!ann@host',
    person: 'a:ann',
    flags: 0,
    least: 0,
    clientTags: '',
    body: 'hello',
    ...fields,
  }
}

/** All in one room, numbered from 1. */
function say(log: MemoryLog, ...texts: readonly string[]): void {
  log.add(...texts.map((body, place) => message({ seq: place + 1, body })))
}

async function seqsOf(index: SearchIndex, query: Partial<SearchQuery>): Promise<readonly number[]> {
  const buffers = [{ buffer: 1, sight: ALL }]
  const found = await index.search({ buffers, words: [], limit: 100, ...query })
  return found.map(({ seq }) => seq)
}

async function textsOf(index: SearchIndex, words: readonly string[]): Promise<readonly string[]> {
  const buffers = [{ buffer: 1, sight: ALL }]
  const found = await index.search({ buffers, words, limit: 100 })
  return found.map(({ body }) => body)
}
