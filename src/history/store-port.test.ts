import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import type { LogRecord, StoredEvent } from '../state/record.ts'
import { StorePort } from './store-port.ts'

const EVENTS = 20_000

function fileOf(context: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'maru-port-'))
  context.after(() => rmSync(folder, { recursive: true }))
  return join(folder, 'history.db')
}

function open(at: string, role: 'write' | 'read' = 'write'): Promise<StorePort> {
  return StorePort.open(
    { at, durability: 'relaxed', role },
    {
      died: (why) => assert.fail(why),
      troubled: ({ text }) => assert.fail(text),
    },
  )
}

function room(id: number): LogRecord {
  const buffer = { id, of: 'room', name: `#room${id}`, people: [], createdAtMs: 0 } as const
  return { kind: 'buffer', buffer }
}

function said(buffer: number, seq: number): LogRecord {
  const event: StoredEvent = {
    buffer,
    seq,
    timeMs: seq,
    msgid: `b${buffer}m${seq}`,
    command: 'PRIVMSG',
    source: 'mina!~mina@host',
    person: 'a:mina',
    flags: 0,
    least: 0,
    clientTags: '',
    body: `text ${seq}`,
  }
  return { kind: 'event', event }
}

function saidMany(buffer: number): LogRecord[] {
  return Array.from({ length: EVENTS }, (_, index) => said(buffer, index + 1))
}

test('STORE PORT - commits made during a purge are done before it is', async (context) => {
  await using port = await open(fileOf(context))
  await port.commit([room(1), room(2), ...saidMany(1)])
  let isPurged = false
  const purging = port.upkeep.purge({ buffer: 1 }).finally(() => {
    isPurged = true
  })
  for (let seq = 1; seq <= 10; seq++) {
    await port.commit([said(2, seq)])
    assert.equal(isPurged, false)
  }
  assert.equal(await purging, EVENTS)
  assert.equal((await port.figures()).events, 10)
})

test('STORE PORT - an export comes whole and in order, and one that is broken off ends', async (context) => {
  const file = fileOf(context)
  await using port = await open(file)
  await port.commit([room(1), ...saidMany(1)])
  await using reader = await open(file, 'read')
  let seq = 0
  for await (const event of reader.upkeep.exportBuffer(1)) assert.equal(event.seq, ++seq)
  assert.equal(seq, EVENTS)
  for await (const event of reader.upkeep.exportPerson('a:mina')) if (event.seq === 700) break
  assert.equal((await reader.figures()).events, EVENTS)
})

test('STORE PORT - a close in the middle of upkeep rejects it, keeps what was committed, and can be gone on from', async (context) => {
  const file = fileOf(context)
  const port = await open(file)
  await port.commit([room(1), room(2), ...saidMany(1)])
  const outcomes = Promise.allSettled([
    port.upkeep.purge({ buffer: 1 }),
    port.upkeep.backup(`${file}.copy`),
    port.commit([said(2, 1)]),
  ])
  await port[Symbol.asyncDispose]()
  const [purged, copied, committed] = await outcomes
  assert.deepEqual(
    [purged.status, copied.status, committed.status],
    ['rejected', 'rejected', 'fulfilled'],
  )
  await using again = await open(file)
  assert.ok((await again.find(2, 'b2m1')) !== undefined)
  const left = (await again.figures()).events - 1
  assert.equal(await again.upkeep.purge({ buffer: 1 }), left)
})
