import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test, type TestContext } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { silentLog } from '../base/log.ts'
import type { SearchQuery } from '../state/history-query.ts'
import type { LogRecord } from '../state/record.ts'
import { SearchPort } from './search-port.ts'
import { openSqliteStore } from './sqlite-store.ts'

const folder = mkdtempSync(join(tmpdir(), 'maru-search-port-'))
after(() => rmSync(folder, { recursive: true }))

const QUERY: SearchQuery = {
  buffers: [{ buffer: 1, sight: { lines: 'messages', ranks: 0, sinceMs: 0 } }],
  words: ['하세'],
  limit: 10,
}
let places = 0

test('SEARCH - what is committed is found by a thread of its own, and what is redacted no more', async (t) => {
  const place = newPlace()
  const store = openStoreAt(t, place)
  const { port } = openPort(t, place)
  await store.commit([said(1, '안녕하세요'), said(2, 'hello'), said(3, '뭐 하세요?')])
  const found = await port.search(QUERY)
  assert.deepEqual(
    found.map(({ seq, body, source }) => [seq, body, source]),
    [
      [3, '뭐 하세요?', 'ann!ann@host'],
      [1, '안녕하세요', 'ann!ann@host'],
    ],
  )
  await store.commit([
    { kind: 'redact', buffer: 1, msgid: 'm3', source: 'ann!ann@host', reason: '', timeMs: 400 },
  ])
  assert.deepEqual(await seqsOf(port), [1])
  assert.deepEqual(port.lag(), { events: 0, ms: 0 })
})

test('SEARCH - it indexes what it is told of, however often it is told', async (t) => {
  const place = newPlace()
  const store = openStoreAt(t, place)
  const { port } = openPort(t, place)
  for (let seq = 1; seq <= 50; seq++) {
    await store.commit([said(seq, '안녕하세요')])
    port.changed()
    port.changed()
  }
  await port.caughtUp()
  assert.deepEqual((await seqsOf(port)).slice(0, 2), [50, 49])
})

test('SEARCH - without a log the thread ends, says why, and another one tries a second later', async (t) => {
  const place = newPlace()
  const { port, errors } = openPort(t, place)
  await assert.rejects(port.search(QUERY), /restarts/)
  assert.match(errors[0] ?? '', /\S/)
  await assert.rejects(port.search(QUERY), /restarts/)
  const store = openStoreAt(t, place)
  await store.commit([said(1, '안녕하세요')])
  assert.deepEqual(await seqsWhenBack(port), [1])
})

// Wherever it is broken: what is noticed when it is opened costs nobody an answer, and the rest one restart.
for (const share of [0, 0.02, 0.25, 0.5, 0.75]) {
  test(`SEARCH - an index that is broken after ${share * 100} % of it is made anew`, async (t) => {
    const place = newPlace()
    const store = openStoreAt(t, place)
    const events = Array.from({ length: 500 }, (_, index) => said(index + 1, `하세요 ${index}`))
    await store.commit(events)
    const { port: first } = openPort(t, place)
    await first.caughtUp()
    await first[Symbol.asyncDispose]()
    const file = `${place}-search.db`
    const bytes = readFileSync(file)
    writeFileSync(file, bytes.fill(0xff, Math.floor(bytes.length * share)))
    const { port } = openPort(t, place)
    assert.deepEqual((await seqsWhenBack(port)).slice(0, 2), [500, 499])
  })
}

test('SEARCH - a closed one refuses, and closes once', async (t) => {
  const place = newPlace()
  openStoreAt(t, place)
  const { port } = openPort(t, place)
  const asked = Promise.allSettled([port.search(QUERY), port.caughtUp()])
  await port[Symbol.asyncDispose]()
  await port[Symbol.asyncDispose]()
  assert.equal((await asked).length, 2)
  await assert.rejects(port.search(QUERY), /closed/)
})

function newPlace(): string {
  return join(folder, String(++places))
}

function openStoreAt(t: TestContext, place: string) {
  const store = openSqliteStore({ file: `${place}.db`, durability: 'relaxed', role: 'write' })
  t.after(() => store[Symbol.asyncDispose]())
  return store
}

function openPort(t: TestContext, place: string) {
  const errors: string[] = []
  const port = new SearchPort({
    file: `${place}-search.db`,
    store: { at: `${place}.db`, durability: 'relaxed', role: 'read' },
    log: { ...silentLog, error: (_, fields) => errors.push(String(fields?.['error'])) },
  })
  t.after(() => port[Symbol.asyncDispose]())
  return { port, errors }
}

async function seqsOf(port: SearchPort): Promise<readonly number[]> {
  return (await port.search(QUERY)).map(({ seq }) => seq)
}

/** Asks until it is answered. */
async function seqsWhenBack(port: SearchPort): Promise<readonly number[]> {
  for (let tries = 0; ; tries++) {
    try {
      await port.caughtUp()
      return await seqsOf(port)
    } catch (error) {
      if (tries > 200) throw error
      await sleep(50)
    }
  }
}

function said(seq: number, body: string): LogRecord {
  const base = { buffer: 1, seq, timeMs: seq * 100, msgid: `m${seq}`, source: 'ann!ann@host' }
  const rest = { person: 'a:ann', flags: 0, least: 0, clientTags: '', body } as const
  return { kind: 'event', event: { ...base, command: 'PRIVMSG', ...rest } }
}
