/**
 * `node scripts/measure-search.ts [MESSAGES]`: what search costs, with a log in SQLite and the index in a
 * thread of its own, as the server has them. The last figures stand in bench/README.md.
 */
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { silentLog } from '../src/base/log.ts'
import { SearchPort } from '../src/history/search-port.ts'
import { openSqliteStore } from '../src/history/sqlite-store.ts'
import type { SearchQuery, Sight } from '../src/state/history-query.ts'
import type { StoredEvent } from '../src/state/record.ts'
import { createCorpus, type Corpus } from '../test/support/search-corpus.ts'

const ROOMS = 100
const PEOPLE = 500
const ROUNDS = 15
const COMMIT_EVENTS = 400
const SIGHT: Sight = { lines: 'messages', ranks: 0, sinceMs: 0 }

const COMMON_PAIRS = ['st', 'er', 'ng', 'th', 'ou', 'in']
const RARE_PAIRS = ['kj', 'zx', 'vo', 'qx', 'jj', 'wz']
const ENDINGS = ['sting', 'tion', 'ness', 'ment', 'able']

/** Only for what is asked: every run asks the same. */
const random = pseudoRandom()
const messages = Number(process.argv[2] ?? 1_000_000)
const folder = mkdtempSync(join(tmpdir(), 'maru-measure-'))
const corpus = createCorpus({ seed: 1, rooms: ROOMS, people: PEOPLE })
const logFile = join(folder, 'history.db')
const file = join(folder, 'search.db')
const writer = openSqliteStore({ file: logFile, durability: 'relaxed', role: 'write' })
try {
  const middleMs = await fill()
  const spec = { at: logFile, durability: 'relaxed', role: 'read' } as const
  await using port = new SearchPort({ file, store: spec, log: silentLog })
  await measureBuilding(port)
  const timesMs: number[] = []
  for (const [kind, words] of Object.entries(wordsOf(corpus))) {
    const ofKind = await timesOf(port, words, middleMs)
    console.log(kind.padEnd(34), quantiles(ofKind))
    timesMs.push(...ofKind)
  }
  console.log('all searches'.padEnd(34), quantiles(timesMs), `${timesMs.length} of them`)
  await measureLive(port)
  await measureRedactions(port)
} finally {
  await writer[Symbol.asyncDispose]()
  rmSync(folder, { recursive: true })
}

/** The time of the message in the middle. */
async function fill(): Promise<number> {
  let middleMs = 0
  for (let count = 0; count < messages;) {
    const events = Array.from({ length: COMMIT_EVENTS }, () => corpus.next())
    await writer.commit(events.map((event) => ({ kind: 'event', event })))
    count += events.length
    if (count <= messages / 2) middleMs = events.at(-1)?.timeMs ?? 0
  }
  return middleMs
}

async function measureBuilding(port: SearchPort): Promise<void> {
  const startMs = performance.now()
  const startCpu = process.cpuUsage()
  let isDone = false
  const done = port.caughtUp().finally(() => {
    isDone = true
  })
  const times: number[] = []
  while (!isDone) {
    times.push(
      await timeOf(() => port.search({ buffers: rooms(1, ROOMS), words: ['the'], limit: 50 })),
    )
    await Promise.race([done, sleep(100)])
  }
  await done
  const seconds = (performance.now() - startMs) / 1000
  const { user, system } = process.cpuUsage(startCpu)
  console.log(`indexing: ${Math.round(messages / seconds)} messages/s`)
  console.log(`CPU of it: ${((user + system) / messages).toFixed(1)} us a message`)
  console.log(`search.db: ${Math.round(statSync(file).size / messages)} bytes a message`)
  console.log('searches meanwhile'.padEnd(34), quantiles(times))
}

/** One after the other, as a client would ask: every kind of words in every scope. */
async function timesOf(
  port: SearchPort,
  words: () => readonly string[],
  middleMs: number,
): Promise<readonly number[]> {
  const times: number[] = []
  for (const scope of scopes(middleMs)) {
    for (let round = 0; round < ROUNDS; round++) {
      const query: SearchQuery = { buffers: [], words: words(), limit: 50, ...scope() }
      times.push(await timeOf(() => port.search(query)))
    }
  }
  return times
}

function wordsOf({ english, korean }: Corpus): Readonly<Record<string, () => readonly string[]>> {
  const common = () => english[random(40)] ?? ''
  const rare = () => english[5000 + random(25_000)] ?? ''
  const some = (texts: readonly string[]) => texts[random(texts.length)] ?? ''
  return {
    'a common word': () => [common()],
    'a rare word': () => [rare()],
    'a part of a rare word': () => [rare().slice(1, 5)],
    'a word that nobody said': () => [`${common()}${rare()}q`],
    'two words': () => [english[random(300)] ?? '', english[random(3000)] ?? ''],
    'two rare words': () => [rare(), rare()],
    'common bigram and a rare one': () => [some(COMMON_PAIRS), some(RARE_PAIRS)],
    'common syllables as no word has them': () => [some(ENDINGS) + some(ENDINGS)],
    'two syllables of Korean': () => [korean[random(60)]?.slice(0, 2) ?? ''],
    'two syllables within a rare word': () => [korean[500 + random(20_000)]?.slice(-2) ?? ''],
    'an emoji': () => [some(['👍', '🦊', '👩‍💻', '❤', '🇰🇷', '💩'])],
    'one letter': () => [some(['q', 'z', 'x', '가', '한', '뷁'])],
    'a part of a link': () => [`example/${english[random(500)]}`],
    'a number': () => [String(1000 + random(99_000))],
    'any text': () => [],
  }
}

function scopes(middleMs: number): readonly (() => Partial<SearchQuery>)[] {
  const all = rooms(1, ROOMS)
  const someone = () => `p${random(PEOPLE)}`
  return [
    () => ({ buffers: all }),
    () => ({ buffers: rooms(1, 1) }),
    () => ({ buffers: rooms(80 + random(20), 1) }),
    () => ({ buffers: rooms(41, 60) }),
    () => ({ buffers: [...all, ...rooms(1000, 500)] }),
    () => ({ buffers: all, from: someone() }),
    () => ({ buffers: rooms(1 + random(ROOMS), 1), from: someone() }),
    () => ({ buffers: all, hasLink: true }),
    () => ({ buffers: all, beforeMs: middleMs }),
  ]
}

async function measureLive(port: SearchPort): Promise<void> {
  const asked: number[] = []
  const told: number[] = []
  for (let round = 0; round < 100; round++) {
    const word = `unheard${round}x`
    await commit({ ...corpus.next(), body: word })
    asked.push(
      await timeOf(async () => {
        const found = await port.search({ buffers: rooms(1, ROOMS), words: [word], limit: 1 })
        if (found.length === 0) throw new Error('it was not found')
      }),
    )
    await commit(corpus.next())
    told.push(await timeOf(() => port.caughtUp()))
  }
  console.log('from the commit to the search hit'.padEnd(34), quantiles(asked))
  console.log('from the commit to the index'.padEnd(34), quantiles(told))
}

async function measureRedactions(port: SearchPort): Promise<void> {
  const events = Array.from({ length: 200 }, () => corpus.next())
  await writer.commit(events.map((event) => ({ kind: 'event', event })))
  await port.caughtUp()
  const ms = await timeOf(async () => {
    await writer.commit(
      events.map(({ buffer, msgid, source, timeMs }) => {
        return { kind: 'redact', buffer, msgid, source, reason: '', timeMs }
      }),
    )
    await port.caughtUp()
  })
  console.log(`a redaction: ${(ms / events.length).toFixed(2)} ms`)
}

async function commit(event: StoredEvent): Promise<void> {
  await writer.commit([{ kind: 'event', event }])
}

function rooms(first: number, count: number): SearchQuery['buffers'] {
  return Array.from({ length: count }, (_, index) => ({ buffer: first + index, sight: SIGHT }))
}

async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const startMs = performance.now()
  await work()
  return performance.now() - startMs
}

function quantiles(times: readonly number[]): string {
  const sorted = times.toSorted((one, other) => one - other)
  const at = (share: number) =>
    (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(1)
  return `p50 ${at(0.5).padStart(6)}  p99 ${at(0.99).padStart(6)}  max ${at(1).padStart(6)} ms`
}

function pseudoRandom(): (below: number) => number {
  let state = 7
  return (below) => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff
    return (state >> 8) % below
  }
}
