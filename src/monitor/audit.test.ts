import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import type { TestContext } from 'node:test'
import fc from 'fast-check'
import type { Audit, AuditEntry } from './access.ts'
import { openAudit } from './open-audit.ts'
import { MonitorStoreError, openMonitorStore } from './monitor-store.ts'
import type { MonitorStore } from './monitor-store.ts'
import { verifyAudit } from './verify-audit.ts'

const START_MS = Date.UTC(2030, 0, 1)

interface Bench {
  readonly folder: string
  readonly store: MonitorStore
  readonly audit: Audit & Disposable
  /** Lets time pass, and whatever is repeated run once. */
  readonly wait: (ms: number) => void
  /** Whether something waits to be run. */
  readonly isWaiting: () => boolean
}

function bench(context: TestContext): Bench {
  const folder = mkdtempSync(join(tmpdir(), 'maru-audit-'))
  const store = openMonitorStore(folder)
  context.after(() => {
    store[Symbol.dispose]()
    rmSync(folder, { recursive: true })
  })
  let nowMs = 0
  const waiting = new Set<() => void>()
  const audit = openAudit({
    store,
    clock: { now: () => START_MS + nowMs, monotonic: () => nowMs },
    repeat: (_everyMs, run) => {
      waiting.add(run)
      return { [Symbol.dispose]: () => waiting.delete(run) }
    },
  })
  return {
    folder,
    store,
    audit,
    wait(ms) {
      nowMs += ms
      for (const run of waiting) run()
    },
    isWaiting: () => waiting.size > 0,
  }
}

function kick(target: string): AuditEntry {
  return {
    who: 'anna',
    role: 'moderate',
    from: '192.0.2.1',
    action: 'kick',
    target,
    outcome: 'done',
  }
}

function refusal(from: string): AuditEntry {
  return { who: 'nobody', from, action: 'sign in', outcome: 'refused', detail: 'wrong' }
}

/** As someone who has the file would: without the triggers. */
function tamper(folder: string, sql: string): void {
  const database = new DatabaseSync(join(folder, 'monitor.db'))
  database.exec(`
    DROP TRIGGER audit_is_never_changed;
    DROP TRIGGER audit_is_never_shortened;
    DROP TRIGGER audit_only_grows_at_its_end;
    ${sql}
  `)
  database.close()
}

function withFive(context: TestContext): Bench {
  const made = bench(context)
  for (const target of ['a', 'b', 'c', 'd', 'e']) made.audit.append(kick(target))
  return made
}

test('AUDIT - entries come back whole, newest first, page by page', (context) => {
  const { audit, wait } = bench(context)
  audit.append(kick('ben'))
  wait(1000)
  audit.append({ ...kick('eve'), outcome: 'failed', detail: 'gone\u0000\u001b[2J', reason: '한글' })
  const [second, first] = audit.entries({ count: 10 })
  const { hash: firstHash, ...firstRecord } = first ?? assert.fail()
  assert.deepEqual(firstRecord, { seq: 1, atMs: START_MS, ...kick('ben') })
  assert.match(firstHash, /^[0-9a-f]{64}$/)
  assert.equal(second?.atMs, START_MS + 1000)
  assert.equal(second?.detail, 'gone\u0000\u001b[2J')
  assert.equal(second?.reason, '한글')
  assert.deepEqual(audit.entries({ before: 2, count: 10 }), [first])
  assert.deepEqual(audit.entries({ count: 1 }), [second])
})

test('AUDIT - the database refuses to change, to remove and to put in between', (context) => {
  const { store } = withFive(context)
  for (const sql of [
    "UPDATE audit SET record = '{}' WHERE seq = 2",
    'DELETE FROM audit WHERE seq = 5',
    "INSERT INTO audit VALUES (5, '{}', '')",
    "INSERT OR REPLACE INTO audit VALUES (3, '{}', '')",
    "INSERT INTO audit VALUES (0, '{}', '')",
  ]) {
    assert.throws(() => store.database.exec(sql), /the audit is append-only/, sql)
  }
  assert.deepEqual(verifyAudit(store), { kind: 'intact', records: 5 })
})

test('AUDIT - an empty one is intact', (context) => {
  assert.deepEqual(verifyAudit(bench(context).store), { kind: 'intact', records: 0 })
})

test('AUDIT - a text is kept up to 1,000 characters, and cut with a mark beyond', (context) => {
  const { audit, store } = bench(context)
  const long = '😀'.repeat(1000)
  audit.append({ ...kick('x'), reason: long, detail: `${long}y` })
  const [record] = audit.entries({ count: 1 })
  assert.equal(record?.reason, long)
  assert.equal(record?.detail, `${long} … [cut: it had 1001 characters]`)
  assert.equal(verifyAudit(store).kind, 'intact')
})

test('AUDIT - verify names the first record that was tampered with', (context) => {
  const cases: readonly (readonly [sql: string, seq: number, text: RegExp])[] = [
    [
      'UPDATE audit SET record = replace(record, \'"c"\', \'"x"\') WHERE seq = 3',
      3,
      /3 was changed/,
    ],
    [`UPDATE audit SET hash = '${'1'.repeat(64)}' WHERE seq = 3`, 3, /3 was changed/],
    ["UPDATE audit SET record = 'no json' WHERE seq = 3", 3, /3 was changed/],
    ['DELETE FROM audit WHERE seq = 3', 3, /record 3 is missing/],
    ['DELETE FROM audit WHERE seq < 4', 1, /records 1 to 3 are missing/],
    ['DELETE FROM audit WHERE seq = 5', 5, /cut off: there were 5 records, and 4 are left/],
    ['DELETE FROM audit', 1, /cut off: there were 5 records, and 0 are left/],
    [
      'DELETE FROM audit WHERE seq = 3; UPDATE audit SET seq = 3 WHERE seq = 4',
      3,
      /3 is out of order: it was 4/,
    ],
    ["INSERT INTO audit VALUES (6, '{\"seq\":6}', 'x')", 6, /6 was changed/],
    [
      'INSERT INTO audit SELECT 6, record, hash FROM audit WHERE seq = 5',
      6,
      /6 is out of order: it was 5/,
    ],
    ['INSERT INTO audit SELECT 0, record, hash FROM audit WHERE seq = 5', 0, /0 is out of order/],
  ]
  for (const [sql, seq, text] of cases) {
    const { folder, store } = withFive(context)
    tamper(folder, sql)
    const verdict = verifyAudit(store)
    assert.ok(verdict.kind === 'broken', sql)
    assert.equal(verdict.seq, seq, sql)
    assert.match(verdict.text, text, sql)
  }
})

test('AUDIT - a record that was replaced by one with a right hash is found, the last one too', (context) => {
  for (const seq of [3, 5]) {
    const forged = bench(context)
    const { folder, store } = withFive(context)
    // The same kicks, but for one; then that one row is taken from there.
    for (const target of ['a', 'b', 'c', 'd', 'e'].slice(0, seq - 1))
      forged.audit.append(kick(target))
    forged.audit.append(kick('forged'))
    const row = forged.store.database.prepare('SELECT * FROM audit WHERE seq = ?').get(seq)
    const { record, hash } = row ?? assert.fail()
    tamper(
      folder,
      `UPDATE audit SET record = '${String(record)}', hash = '${String(hash)}' WHERE seq = ${seq}`,
    )
    const verdict = verifyAudit(store)
    assert.ok(verdict.kind === 'broken')
    assert.equal(verdict.seq, Math.min(seq + 1, 5))
  }
})

test('AUDIT - a cut end stays to be seen after more was appended', (context) => {
  const { folder, store, audit } = withFive(context)
  tamper(folder, 'DELETE FROM audit WHERE seq >= 4')
  audit.append(kick('f'))
  assert.deepEqual(verifyAudit(store), {
    kind: 'broken',
    seq: 4,
    text: 'records 4 to 5 are missing',
  })
})

test('AUDIT - without audit.head, or with a damaged one, it is not called intact', (context) => {
  const { folder, store, audit } = withFive(context)
  const head = join(folder, 'audit.head')
  truncateSync(head, 10)
  assert.equal(verifyAudit(store).kind, 'broken')
  rmSync(head)
  const verdict = verifyAudit(store)
  assert.ok(verdict.kind === 'broken' && /audit\.head is missing or damaged/.test(verdict.text))
  // A crash between the append and the file leaves it behind; that is no tampering.
  audit.append(kick('f'))
  const { hash } = audit.entries({ before: 6, count: 1 })[0] ?? assert.fail()
  writeFileSync(head, `${'5'.padStart(16, '0')} ${hash}\n`)
  assert.deepEqual(verifyAudit(store), { kind: 'intact', records: 6 })
})

test('AUDIT - two handles on one file make one chain', (context) => {
  const { folder, store, audit } = bench(context)
  using other = openMonitorStore(folder)
  using second = openAudit({ store: other, clock: { now: () => 7, monotonic: () => 7 } })
  for (const name of ['a', 'b', 'c']) {
    audit.append(kick(name))
    second.append(kick(name.toUpperCase()))
  }
  assert.deepEqual(
    audit.entries({ count: 9 }).map(({ target }) => target),
    ['C', 'c', 'B', 'b', 'A', 'a'],
  )
  assert.deepEqual(verifyAudit(store), { kind: 'intact', records: 6 })
})

test('AUDIT - only its owner may read the files', (context) => {
  // Windows has no such rights; there the folder's own count.
  if (process.platform === 'win32') return
  const { folder } = withFive(context)
  for (const name of ['monitor.db', 'monitor.db-wal', 'audit.head']) {
    assert.equal(statSync(join(folder, name)).mode & 0o777, 0o600, name)
  }
})

test('AUDIT - of the refusals of an address ten a minute are written, and then how many were not', (context) => {
  const { audit, wait, isWaiting, store } = bench(context)
  for (let i = 0; i < 25; i += 1) audit.append(refusal('192.0.2.1'))
  // Another address of the same /64 is the same one; others have their own ten.
  for (let i = 0; i < 12; i += 1) audit.append(refusal(`2001:db8::${i + 1}`))
  assert.equal(audit.entries({ count: 100 }).length, 20)
  // What was done is written, whatever is refused meanwhile.
  audit.append(kick('ben'))
  audit.append({ ...refusal('192.0.2.1'), outcome: 'failed' })
  assert.equal(audit.entries({ count: 100 }).length, 22)
  wait(59_999)
  assert.equal(audit.entries({ count: 100 }).length, 22)
  wait(1)
  assert.equal(isWaiting(), false)
  const [last, ...rest] = audit.entries({ count: 100 })
  assert.equal(rest.length, 22)
  assert.deepEqual([last?.action, last?.detail], ['refusals left out', '17 within a minute'])
  audit.append(refusal('192.0.2.1'))
  assert.equal(audit.entries({ count: 1 })[0]?.action, 'sign in')
  assert.deepEqual(verifyAudit(store), { kind: 'intact', records: 24 })
})

test('AUDIT - of all refusals sixty a minute are written', (context) => {
  const { audit, wait } = bench(context)
  for (let i = 0; i < 200; i += 1) audit.append(refusal(`192.0.2.${i}`))
  assert.equal(audit.entries({ count: 1000 }).length, 60)
  wait(60_000)
  assert.equal(audit.entries({ count: 1 })[0]?.detail, '140 within a minute')
})

test('AUDIT - what was left out is written when it is closed', (context) => {
  const { audit, isWaiting } = bench(context)
  for (let i = 0; i < 11; i += 1) audit.append(refusal('192.0.2.1'))
  assert.equal(isWaiting(), true)
  audit[Symbol.dispose]()
  assert.equal(isWaiting(), false)
  assert.equal(audit.entries({ count: 1 })[0]?.detail, '1 within a minute')
})

test('AUDIT - whatever is appended, the chain is intact, and any one change of a record is found', (context) => {
  const text = fc.string({ unit: 'binary', maxLength: 20 })
  const optional = fc.option(text, { nil: undefined })
  const entry = fc.record({
    who: text,
    from: text,
    action: text,
    target: optional,
    reason: optional,
  })
  fc.assert(
    fc.property(fc.array(entry, { minLength: 1, maxLength: 6 }), fc.nat(), (entries, pick) => {
      const { audit, store, folder } = bench(context)
      for (const { target, reason, ...rest } of entries) {
        audit.append({
          ...rest,
          ...(target === undefined ? {} : { target }),
          ...(reason === undefined ? {} : { reason }),
          outcome: 'done',
        })
      }
      assert.deepEqual(verifyAudit(store), { kind: 'intact', records: entries.length })
      const oldest = audit.entries({ count: 9 }).toReversed()
      assert.deepEqual(
        oldest.map(({ who }) => who),
        entries.map(({ who }) => who.toWellFormed()),
      )
      const seq = (pick % entries.length) + 1
      tamper(
        folder,
        `UPDATE audit SET record = replace(record, '"atMs":', '"atMs":1') WHERE seq = ${seq}`,
      )
      const verdict = verifyAudit(store)
      assert.ok(verdict.kind === 'broken' && verdict.seq === seq)
    }),
    { numRuns: 15 },
  )
})

test('AUDIT - a database of a newer Maru, or what is none, is refused by name', (context) => {
  const { folder, store } = bench(context)
  store.database.exec('PRAGMA user_version = 99')
  assert.throws(() => openMonitorStore(folder), /monitor\.db was made by a newer Maru/)
  const other = mkdtempSync(join(tmpdir(), 'maru-audit-'))
  context.after(() => rmSync(other, { recursive: true }))
  writeFileSync(join(other, 'monitor.db'), 'this is no database, however long it is looked at')
  assert.throws(() => openMonitorStore(other), MonitorStoreError)
})
