import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { openSqliteStore } from '../../src/history/sqlite-store.ts'
import type { StoredEvent } from '../../src/state/record.ts'
import { eventAt, room, said } from '../contract/store-stage.ts'
import { crashRandom } from '../support/crash-random.ts'
import { startUnlimited, withFolder } from '../support/crash.ts'
import { STRACE } from '../support/crash-trace.ts'

const COMMITS = 30
const PER_COMMIT = 50
const FLIPS = 40
const PAGE = { sight: { lines: 'all', ranks: 31, sinceMs: 0 }, limit: 500 } as const

test('DURABILITY - a bit that turns in the file alters nothing that is read: it is refused, or left out and counted', () =>
  withFolder(async (folder) => {
    const events = await fill(folder)
    const random = crashRandom('flips in the file')
    const outcomes = new Map<string, number>()
    for (let flip = 0; flip < FLIPS; flip++) {
      // Every fourth in the header.
      const file = turnBit(folder, { of: '', random, within: flip % 4 === 0 ? 100 : Infinity })
      const outcome = await outcomeOf(file, events)
      count(outcomes, outcome.kind)
      // What hides in an index isn't seen by whoever reads, but by whoever looks for it.
      if (outcome.kind === 'hidden') await assert.rejects(verify(file))
    }
    console.log(JSON.stringify([...outcomes]))
    assert.ok((outcomes.get('counted') ?? 0) > 0)
  }))

test('DURABILITY - a bit that turns in the write-ahead log is refused, with where and what to do; only in its end it looks like a power cut', () =>
  withFolder(async (folder) => {
    const events = await fill(folder, 'killed')
    const random = crashRandom('flips in the write-ahead log')
    const outcomes = new Map<string, number>()
    for (let flip = 0; flip < FLIPS; flip++) {
      const file = turnBit(folder, { of: '-wal', random, within: Infinity })
      const { kind, missing, why } = await outcomeOf(file, events)
      count(outcomes, kind)
      if (kind === 'refused') {
        assert.match(why, /-wal is damaged: \d+ or more commits after byte \d+ can't be read\. /)
      } else assert.ok(missing <= 2 * PER_COMMIT)
    }
    console.log(JSON.stringify([...outcomes]))
    assert.ok((outcomes.get('refused') ?? 0) > FLIPS / 2)
  }))

test('DURABILITY - a server whose log is damaged says so and does not start; it does once that is cut off', () =>
  withFolder(async (folder) => {
    await fill(folder, 'killed')
    const data = join(folder, 'data')
    mkdirSync(data)
    copyFileSync(join(folder, 'history.db'), join(data, 'history.db'))
    const wal = readFileSync(join(folder, 'history.db-wal'))
    const at = Math.floor(wal.length / 2)
    wal.writeUInt8(wal.readUInt8(at) ^ 1, at)
    const file = join(data, 'history.db-wal')
    writeFileSync(file, wal)
    const refused = await refusal(folder)
    assert.match(refused, /history\.db-wal is damaged/)
    const bytes = / cut the file to (\d+) bytes/.exec(refused)?.[1]
    writeFileSync(file, wal.subarray(0, Number(bytes)))
    await using server = await startUnlimited({ folder })
    await (await server.connect('plain')).register('anna')
  }))

test('DURABILITY - a first start that is killed at any write is made again from its beginning', () =>
  withFolder(async (folder) => {
    const script = join(folder, 'open.mjs')
    const store = new URL('../../src/history/sqlite-store.ts', import.meta.url).href
    writeFileSync(
      script,
      `import { openSqliteStore } from ${JSON.stringify(store)}
      openSqliteStore({ file: process.argv[2], durability: 'strict', role: 'write' })`,
    )
    let killed = 0
    for (let write = 1; write <= 40; write += 3) {
      const file = join(folder, `${write}.db`)
      const kill = `inject=pwrite64,fsync,fdatasync:signal=KILL:when=${write}`
      const strace = ['-f', '-o', '/dev/null', '-e', 'trace=pwrite64,fsync,fdatasync', '-e', kill]
      const { signal } = spawnSync(STRACE, [...strace, process.execPath, script, file])
      if (signal === 'SIGKILL') killed++
      await using again = openSqliteStore({ file, durability: 'strict', role: 'write' })
      await again.commit([room(1), ...said(eventAt(1))])
      assert.equal((await again.upkeep.verify(file)).events, 1)
    }
    console.log(JSON.stringify({ killed }))
    assert.ok(killed > 0)
  }))

/** `killed`: all is in the write-ahead log still. */
async function fill(
  folder: string,
  end: 'closed' | 'killed' = 'closed',
): Promise<Map<string, StoredEvent>> {
  const events = new Map<string, StoredEvent>()
  const file = join(folder, 'full.db')
  {
    await using store = openSqliteStore({ file, durability: 'strict', role: 'write' })
    await store.commit([room(1)])
    for (let commit = 0; commit < COMMITS; commit++) {
      const batch = Array.from({ length: PER_COMMIT }, (_, n) => {
        const seq = commit * PER_COMMIT + n + 1
        return eventAt(seq, { body: `text ${seq} ${'x'.repeat(seq % 200)}` })
      })
      for (const event of batch) events.set(event.msgid, event)
      await store.commit(said(...batch))
    }
    if (end === 'killed') copyTo(folder)
  }
  if (end === 'closed') copyTo(folder)
  return events
}

function copyTo(folder: string): void {
  copyFileSync(join(folder, 'full.db'), join(folder, 'history.db'))
  // A store that was closed leaves none.
  const wal = join(folder, 'full.db-wal')
  if (existsSync(wal)) copyFileSync(wal, join(folder, 'history.db-wal'))
  else writeFileSync(join(folder, 'history.db-wal'), '')
}

/** Of a copy of what `fill` has left. */
function turnBit(
  folder: string,
  { of, random, within }: { of: '' | '-wal'; random: () => number; within: number },
): string {
  const file = join(folder, 'turned.db')
  for (const end of ['', '-wal', '-shm']) rmSync(file + end, { force: true })
  for (const end of ['', '-wal']) copyFileSync(join(folder, `history.db${end}`), file + end)
  const bytes = readFileSync(file + of)
  const at = Math.floor(random() * Math.min(bytes.length, within))
  bytes.writeUInt8(bytes.readUInt8(at) ^ (1 << Math.floor(random() * 8)), at)
  writeFileSync(file + of, bytes)
  return file
}

interface Outcome {
  readonly kind: 'refused' | 'whole' | 'counted' | 'unreadable' | 'hidden'
  readonly missing: number
  readonly why: string
}

/** Fails when anything is read that was never written so. */
async function outcomeOf(file: string, events: ReadonlyMap<string, StoredEvent>): Promise<Outcome> {
  let store
  try {
    store = openSqliteStore({ file, durability: 'strict', role: 'write' })
  } catch (error) {
    return { kind: 'refused', missing: events.size, why: String(error) }
  }
  await using open = store
  const read = new Set<string>()
  try {
    await open.load()
    for (let timeMs = 0; ;) {
      const span = { kind: 'after', point: { kind: 'time', timeMs } } as const
      const page = await open.page({ buffer: 1, span, ...PAGE })
      const found = page.kind === 'page' ? page.events : []
      for (const event of found) {
        assert.deepEqual(event, events.get(event.msgid))
        read.add(event.msgid)
      }
      const last = found.at(-1)
      if (last === undefined) break
      ;({ timeMs } = last)
    }
  } catch (error) {
    if (error instanceof assert.AssertionError) throw error
    return { kind: 'unreadable', missing: events.size - read.size, why: String(error) }
  }
  const missing = events.size - read.size
  const { damaged } = await open.figures()
  if (missing === 0) return { kind: 'whole', missing, why: '' }
  return { kind: damaged >= missing ? 'counted' : 'hidden', missing, why: '' }
}

async function verify(file: string): Promise<void> {
  await using store = openSqliteStore({ file, durability: 'strict', role: 'read' })
  await store.upkeep.verify(file)
}

async function refusal(folder: string): Promise<string> {
  try {
    await using server = await startUnlimited({ folder })
    return server.errors
  } catch (error) {
    return String(error)
  }
}

function count(counts: Map<string, number>, kind: string): void {
  counts.set(kind, (counts.get(kind) ?? 0) + 1)
}
