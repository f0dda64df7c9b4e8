import assert from 'node:assert/strict'
import {
  copyFileSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { after, test } from 'node:test'
import { valueOf } from './sqlite-connection.ts'
import { walDamage } from './sqlite-wal-damage.ts'

const folder = mkdtempSync(join(tmpdir(), 'maru-wal-'))
after(() => rmSync(folder, { recursive: true }))

const COMMITS = 10
const good = join(folder, 'good.db')
const bytes = commitTenTimes()
const COMMIT_BYTES = (bytes.length - 32) / COMMITS

/** Each commit rewrites the one page of the table: one frame. */
function commitTenTimes(): Buffer {
  const database = new DatabaseSync(good)
  database.exec('PRAGMA journal_mode = WAL; CREATE TABLE t (n); INSERT INTO t VALUES (0)')
  database.exec('PRAGMA wal_checkpoint(TRUNCATE); PRAGMA wal_autocheckpoint = 0')
  for (let n = 1; n <= COMMITS; n++) database.exec(`UPDATE t SET n = ${n}`)
  copyFileSync(good, join(folder, 'copy.db'))
  const wal = readFileSync(`${good}-wal`)
  database.close()
  return wal
}

function damageOf(wal: Uint8Array) {
  const file = join(folder, 'copy.db-wal')
  writeFileSync(file, wal)
  return walDamage(file)
}

function withBitTurned(at: number): Buffer {
  const turned = Buffer.from(bytes)
  turned[at] = (turned[at] ?? 0) ^ 4
  return turned
}

test('WAL - one that is whole, empty or not there has no damage', () => {
  assert.equal(damageOf(bytes), undefined)
  assert.equal(damageOf(Buffer.alloc(0)), undefined)
  assert.equal(damageOf(Buffer.alloc(4096)), undefined)
  assert.equal(walDamage(join(folder, 'none')), undefined)
})

test('WAL - a bit that has turned anywhere before the last commits is found, and what stands before it', () => {
  for (let commit = 0; commit < COMMITS - 2; commit++) {
    const start = 32 + commit * COMMIT_BYTES
    for (const at of [0, 8, 16, 24, 1000, COMMIT_BYTES - 1]) {
      const { goodBytes, commits } = damageOf(withBitTurned(start + at)) ?? {}
      assert.equal(goodBytes, start)
      assert.ok(Number(commits) >= COMMITS - commit - 2)
    }
  }
})

test('WAL - a header that is damaged hides all', () => {
  for (const at of [0, 3, 9, 16, 20, 24, 31]) {
    assert.equal(damageOf(withBitTurned(at))?.goodBytes, 0)
  }
})

test('WAL - the end that a power cut leaves is none', () => {
  assert.equal(damageOf(bytes.subarray(0, bytes.length - 100)), undefined)
  assert.equal(damageOf(withBitTurned(bytes.length - 100)), undefined)
  const torn = Buffer.from(bytes).fill(0, bytes.length - 2000)
  assert.equal(damageOf(torn), undefined)
})

test('WAL - what is left from before it was begun anew is none', () => {
  const older = Buffer.from(bytes)
  // The frames of another beginning have other salts.
  for (let commit = 3; commit < COMMITS; commit++) {
    older.writeUInt32BE(7, 32 + commit * COMMIT_BYTES + 8)
  }
  assert.equal(damageOf(older), undefined)
})

test('WAL - cut to where it is good, it is as it was then', () => {
  const { goodBytes = 0 } = damageOf(withBitTurned(32 + 4 * COMMIT_BYTES + 500)) ?? {}
  const file = join(folder, 'copy.db-wal')
  truncateSync(file, goodBytes)
  assert.equal(walDamage(file), undefined)
  const database = new DatabaseSync(join(folder, 'copy.db'))
  assert.equal(valueOf(database, 'SELECT n FROM t'), 4)
  database.close()
})
