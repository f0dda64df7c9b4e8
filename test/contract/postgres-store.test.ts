import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openPostgresStore } from '../../src/history/postgres-store.ts'
import { CommitRefused, type StoreTrouble } from '../../src/history/store.ts'
import { query, startPostgres, type PostgresServer } from '../support/postgres.ts'
import { storeContract } from './store.ts'
import { collect, eventAt, room, said, seqs, type StorePlace } from './store-stage.ts'

let server: PostgresServer

before(async () => {
  server = await startPostgres()
})
after(() => server[Symbol.asyncDispose]())

storeContract({ name: 'PostgreSQL', place: postgresPlace })

test('STORE (PostgreSQL) - a second server that writes to the same database is refused', async () => {
  const url = await server.database()
  const open = () => openPostgresStore({ url, durability: 'strict', role: 'write', lockMs: 100 })
  {
    await using store = await open()
    await assert.rejects(open(), /another server writes to/)
    await store.commit([room(1), ...said(eventAt(1))])
  }
  await using store = await open()
  assert.equal((await store.find(1, 'm1'))?.seq, 1)
})

test('STORE (PostgreSQL) - tables of another program, of a newer Maru, or of none are left alone', async () => {
  const url = await server.database()
  const open = (role: 'write' | 'read') => openPostgresStore({ url, durability: 'strict', role })
  await query(url, 'CREATE TABLE event (theirs text)')
  await assert.rejects(open('write'), /holds tables of another program/)
  await query(url, 'DROP TABLE event')
  await assert.rejects(open('read'), /was made by an older Maru/)
  await (await open('write'))[Symbol.asyncDispose]()
  await query(url, "INSERT INTO maru_migration VALUES (99, '099-later.sql', 1)")
  await assert.rejects(open('write'), /was made by a newer Maru/)
})

test('STORE (PostgreSQL) - a database that is not there is named without its password', async () => {
  const url = (await server.database()).replace('maru@', 'maru:geheim@') + '_not'
  await assert.rejects(openPostgresStore({ url, durability: 'strict', role: 'write' }), (error) => {
    assert.ok(error instanceof Error)
    assert.match(error.message, /^can't use postgres:\/\/maru@.*does not exist/)
    assert.doesNotMatch(error.message, /geheim/)
    return true
  })
})

test('STORE (PostgreSQL) - a strict log is refused where fsync is off', async () => {
  await using careless = await startPostgres(['fsync=off'])
  const url = await careless.database()
  const open = (durability: 'strict' | 'relaxed') =>
    openPostgresStore({ url, durability, role: 'write', lockMs: 0 })
  await assert.rejects(open('strict'), /can't keep the promise "strict": .*fsync off/)
  await (await open('relaxed'))[Symbol.asyncDispose]()
})

test('STORE (PostgreSQL) - connections that are cut off lose nothing that was acknowledged, and keep nothing that was refused', async () => {
  const url = await server.database()
  let reconnected = 0
  const report = ({ kind }: StoreTrouble): void => {
    if (kind === 'reconnected') reconnected++
  }
  await using store = await openPostgresStore({ url, durability: 'strict', role: 'write', report })
  await store.commit([room(1)])
  const acknowledged: number[] = []
  let isDone = false
  const cutting = (async () => {
    while (!isDone) {
      await new Promise((resolve) => setTimeout(resolve, 30))
      await query(
        url,
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'maru%'",
      )
    }
  })()
  for (let seq = 1; seq <= 150; seq++) {
    try {
      await store.commit(said(eventAt(seq), eventAt(seq + 1000)))
      acknowledged.push(seq)
    } catch (error) {
      assert.ok(error instanceof CommitRefused)
      assert.equal(error.why, 'failed')
    }
  }
  isDone = true
  await cutting
  assert.ok(acknowledged.length > 0 && reconnected > 0)
  await store.commit(said(eventAt(500)))
  const found = seqs(await collect(store.upkeep.exportBuffer(1)))
  assert.deepEqual(found, [...acknowledged, 500, ...acknowledged.map((seq) => seq + 1000)])
})

test('STORE (PostgreSQL) - a database that crashes and comes back has all that was acknowledged', async () => {
  await using own = await startPostgres()
  const url = await own.database()
  await using store = await openPostgresStore({ url, durability: 'strict', role: 'write' })
  await store.commit([room(1)])
  for (let seq = 1; seq <= 40; seq++) await store.commit(said(eventAt(seq)))
  await own.crash()
  // It may be refused before the database is there again.
  const late = store.commit(said(eventAt(41))).then(
    () => true,
    (error: unknown) => {
      assert.ok(error instanceof CommitRefused)
      return false
    },
  )
  await own.start()
  const isLate = await late
  await store.commit(said(eventAt(42)))
  const expected = Array.from({ length: 42 }, (_, index) => index + 1)
  assert.deepEqual(
    seqs(await collect(store.upkeep.exportBuffer(1))),
    expected.filter((seq) => seq !== 41 || isLate),
  )
})

test('STORE (PostgreSQL) - a copy is made with its own tools', async () => {
  const url = await server.database()
  await using store = await openPostgresStore({ url, durability: 'strict', role: 'write' })
  await assert.rejects(store.upkeep.backup('copy'), /use pg_dump/)
})

async function postgresPlace(): Promise<StorePlace> {
  const url = await server.database()
  return {
    open: ({ role, durability = 'strict', ...rest }) =>
      openPostgresStore({ url, role, durability, ...rest }),
    async damage({ buffer, seq }) {
      const where = `buffer = ${buffer} AND seq = ${seq}`
      await query(url, `UPDATE event SET body = '?' || substr(body, 2) WHERE ${where}`)
    },
    async damageKept(key) {
      await query(url, `UPDATE kept SET value = '?' || substr(value, 2) WHERE key = '${key}'`)
    },
    async count(text) {
      const tables = ['event', 'redaction', 'kept', 'sent', 'buffer']
      const sums = tables.map(
        (table) => `(SELECT count(*) FROM ${table} t WHERE strpos(t::text, '${text}') > 0)`,
      )
      const { found } = await query(url, `SELECT ${sums.join(' + ')} AS found`)
      return Number(found)
    },
    [Symbol.asyncDispose]: () => Promise.resolve(),
  }
}
