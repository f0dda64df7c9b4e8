import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import { readMigrations } from '../../src/history/migrations.ts'
import { openSqliteStore } from '../../src/history/sqlite-store.ts'
import { CommitRefused } from '../../src/history/store.ts'
import { storeContract } from './store.ts'
import { collect, eventAt, redacted, room, said, seqs, type StorePlace } from './store-stage.ts'

storeContract({ name: 'SQLite', place: () => Promise.resolve(sqlitePlace()) })

test('STORE (SQLite) - a file of another program, of a newer Maru, or of none is left alone', () => {
  using folder = temporaryFolder()
  const file = folder.path('history.db')
  const open = () => openSqliteStore({ file, durability: 'strict', role: 'write' })
  onFile(file, "CREATE TABLE theirs (x); INSERT INTO theirs VALUES ('precious')")
  assert.throws(open, /is a database of another program/)
  assert.equal(readFileSync(file).includes('precious'), true)

  rmSync(file)
  readyFile(file)
  onFile(file, "INSERT INTO migration VALUES (99, '099-later.sql', 1)")
  assert.throws(open, /was made by a newer Maru/)
  onFile(file, 'DELETE FROM migration WHERE version = 99; UPDATE migration SET checksum = 1')
  assert.throws(open, /was made by another 001-log.sql/)
})

test('STORE (SQLite) - a file that is no database is not made one', () => {
  using folder = temporaryFolder()
  const file = join(import.meta.dirname, 'store.ts')
  assert.throws(
    () => openSqliteStore({ file, durability: 'strict', role: 'read' }),
    /can't use .*it is no SQLite database/,
  )
  const missing = folder.path('none.db')
  assert.throws(() => openSqliteStore({ file: missing, durability: 'strict', role: 'read' }))
  assert.deepEqual(readdirSync(folder.path('.')), [])
})

test('STORE (SQLite) - what an older Maru kept, without a checksum, is there and counts as good', async () => {
  using folder = temporaryFolder()
  const file = folder.path('history.db')
  readyFile(file)
  onFile(file, "INSERT INTO kept (kind, key, value) VALUES ('room', '1', '{}')")
  await using store = openSqliteStore({ file, durability: 'strict', role: 'write' })
  const { kept, damaged } = await store.load()
  assert.deepEqual([kept, damaged], [[{ table: 'room', key: '1', value: '{}' }], []])
})

test('STORE (SQLite) - a migration whose process was killed in the middle is run anew', async () => {
  using folder = temporaryFolder()
  const file = folder.path('history.db')
  const [first] = readMigrations('sqlite')
  const script = `
    const { DatabaseSync } = require('node:sqlite')
    const database = new DatabaseSync(${JSON.stringify(file)})
    database.exec('PRAGMA journal_mode = WAL; PRAGMA cache_size = 1; BEGIN')
    database.exec(${JSON.stringify(first?.sql)})
    process.kill(process.pid, 'SIGKILL')`
  assert.equal(spawnSync(process.execPath, ['-e', script]).signal, 'SIGKILL')
  assert.ok(readdirSync(folder.path('.')).includes('history.db'))
  await using store = openSqliteStore({ file, durability: 'strict', role: 'write' })
  await store.commit([room(1), ...said(eventAt(1))])
  assert.equal((await store.find(1, 'm1'))?.seq, 1)
})

// Elsewhere there is nothing that sets a limit for a process that runs.
if (process.platform === 'linux') {
  test('STORE (SQLite) - what the disk did not take is refused and not there, and the rest goes on when it takes it again', async () => {
    using folder = temporaryFolder()
    const file = folder.path('history.db')
    const script = join(import.meta.dirname, 'small-disk-worker.ts')
    const child = spawn(process.execPath, [script, file], { stdio: ['pipe', 'pipe', 'inherit'] })
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
    const refusedOf = async (commits: number): Promise<[seq: number, why: string][]> => {
      child.stdin.write(`${commits}\n`)
      return JSON.parse(String((await lines.next()).value)) as [number, string][]
    }
    const limitFiles = (bytes: string): void => {
      const args = ['--pid', String(child.pid), `--fsize=${bytes}:`]
      assert.equal(spawnSync('prlimit', args).status, 0)
    }
    let refused: [number, string][] = []
    try {
      assert.deepEqual(await refusedOf(20), [])
      limitFiles(String(256 * 1024))
      refused = await refusedOf(60)
      limitFiles('unlimited')
      assert.deepEqual(await refusedOf(20), [])
    } finally {
      child.kill('SIGKILL')
      await once(child, 'close')
    }
    assert.ok(refused.length > 0 && refused.length < 60)
    assert.deepEqual([...new Set(refused.map(([, why]) => why))], ['failed'])

    await using store = openSqliteStore({ file, durability: 'strict', role: 'write' })
    const lost = new Set(refused.map(([seq]) => seq))
    const kept = Array.from({ length: 100 }, (_, index) => index + 1).filter(
      (seq) => !lost.has(seq),
    )
    const found = await collect(store.upkeep.exportBuffer(1))
    assert.deepEqual(seqs(found), [...kept, ...kept.map((seq) => seq + 1_000_000)])
  })
}

test('STORE (SQLite) - a commit that another program holds up for too long is refused, and made later', async () => {
  using folder = temporaryFolder()
  const file = folder.path('history.db')
  await using store = openSqliteStore({ file, durability: 'strict', role: 'write', busyMs: 30 })
  await store.commit([room(1)])
  const other = new DatabaseSync(file)
  other.exec('BEGIN IMMEDIATE')
  await assert.rejects(store.commit(said(eventAt(1))), (error) => {
    assert.ok(error instanceof CommitRefused)
    assert.equal(error.why, 'busy')
    return true
  })
  other.exec('ROLLBACK')
  other.close()
  await store.commit(said(eventAt(1)))
  assert.equal((await store.find(1, 'm1'))?.seq, 1)
})

test('STORE (SQLite) - a store that only reads refuses a commit as such', async () => {
  using folder = temporaryFolder()
  const file = folder.path('history.db')
  readyFile(file)
  await using store = openSqliteStore({ file, durability: 'strict', role: 'read' })
  await assert.rejects(store.commit([room(1)]), (error) => {
    assert.ok(error instanceof CommitRefused)
    assert.equal(error.why, 'readOnly')
    return true
  })
})

test('STORE (SQLite) - a backup is made while the log goes on, is verified, and opens as a log of its own', async () => {
  using folder = temporaryFolder()
  const file = folder.path('history.db')
  await using store = openSqliteStore({ file, durability: 'relaxed', role: 'write' })
  await using reader = openSqliteStore({ file, durability: 'relaxed', role: 'read' })
  const body = 'x'.repeat(500)
  await store.commit([room(1)])
  await store.commit(said(...Array.from({ length: 4000 }, (_, n) => eventAt(n + 1, { body }))))
  await store.commit([redacted('m7')])

  const copying = store.upkeep.backup(folder.path('copy.db'))
  for (let seq = 4001; seq <= 4020; seq++) {
    await store.commit(said(eventAt(seq)))
    await new Promise(setImmediate)
  }
  const { events, buffers } = await copying
  assert.ok(events >= 4000 && events <= 4020)
  assert.equal(buffers, 1)
  assert.deepEqual(await reader.upkeep.backup(folder.path('second.db')), { events: 4020, buffers })
  await assert.rejects(store.upkeep.backup(folder.path('copy.db')), /already there/)
  assert.deepEqual(await store.upkeep.verify(folder.path('copy.db')), { events, buffers })

  const { position } = await store.follow('', 10)
  await using copy = openSqliteStore({
    file: folder.path('copy.db'),
    durability: 'strict',
    role: 'write',
  })
  assert.equal((await copy.follow(position, 10)).forgotten, true)
  const copied = await collect(copy.upkeep.exportBuffer(1))
  assert.deepEqual(copied, (await collect(store.upkeep.exportBuffer(1))).slice(0, events))
})

test('STORE (SQLite) - a copy that is not good is not called good', async () => {
  using folder = temporaryFolder()
  const file = folder.path('history.db')
  const copy = folder.path('copy.db')
  await using store = openSqliteStore({ file, durability: 'strict', role: 'write' })
  await store.commit([room(1), ...said(eventAt(1), eventAt(2))])
  await store.upkeep.backup(copy)
  onFile(copy, "UPDATE event SET body = 'forged' WHERE seq = 1")
  await assert.rejects(store.upkeep.verify(copy), /is damaged/)
  onFile(copy, 'DELETE FROM event WHERE seq = 1')
  await assert.rejects(store.upkeep.verify(copy), /has 1 events where 2 should be/)
  await assert.rejects(store.upkeep.verify(folder.path('none.db')), /is not there/)
  await assert.rejects(store.upkeep.verify(join(import.meta.dirname, 'store.ts')))
})

test('STORE (SQLite) - the log in front of the file is moved into it when there is time', async () => {
  using folder = temporaryFolder()
  const file = folder.path('history.db')
  await using store = openSqliteStore({ file, durability: 'relaxed', role: 'write' })
  const body = 'x'.repeat(1000)
  await store.commit([room(1)])
  await store.commit(said(...Array.from({ length: 3000 }, (_, n) => eventAt(n + 1, { body }))))
  const waiting = (): number => {
    const row = onFile(file, 'PRAGMA wal_checkpoint(NOOP)')
    return Number(row?.['log']) - Number(row?.['checkpointed'])
  }
  assert.ok(waiting() > 256)
  while (waiting() > 0) await new Promise((resolve) => setTimeout(resolve, 20))
})

function sqlitePlace(): StorePlace {
  const folder = temporaryFolder()
  const file = folder.path('history.db')
  return {
    open: ({ role, durability = 'strict', ...rest }) =>
      Promise.resolve(openSqliteStore({ file, role, durability, ...rest })),
    damage({ buffer, seq }) {
      const where = `buffer = ${buffer} AND seq = ${seq}`
      onFile(file, `UPDATE event SET body = '?' || substr(body, 2) WHERE ${where}`)
      return Promise.resolve()
    },
    damageKept(key) {
      onFile(file, `UPDATE kept SET value = '?' || substr(value, 2) WHERE key = '${key}'`)
      return Promise.resolve()
    },
    count(text) {
      const files = readdirSync(folder.path('.')).map((name) => readFileSync(folder.path(name)))
      return Promise.resolve(files.filter((bytes) => bytes.includes(text)).length)
    },
    [Symbol.asyncDispose]() {
      folder[Symbol.dispose]()
      return Promise.resolve()
    },
  }
}

function readyFile(file: string): void {
  openSqliteStore({ file, durability: 'strict', role: 'write' })
    [Symbol.asyncDispose]()
    .catch(assert.fail)
}

/** Runs `sql` on a connection of its own; the first row of its last statement. */
function onFile(file: string, sql: string): Record<string, unknown> | undefined {
  const database = new DatabaseSync(file)
  try {
    if (sql.startsWith('PRAGMA wal')) return database.prepare(sql).get()
    database.exec(sql)
    return undefined
  } finally {
    database.close()
  }
}

function temporaryFolder(): Disposable & { path: (name: string) => string } {
  const folder = mkdtempSync(join(tmpdir(), 'maru-store-'))
  return {
    path: (name) => join(folder, name),
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  }
}
