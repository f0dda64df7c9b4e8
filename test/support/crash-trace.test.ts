import assert from 'node:assert/strict'
import { test } from 'node:test'
import { proveOrder } from './crash-trace.ts'

/** Thread 7 keeps the log, thread 9 writes to sockets. */
const WAL = (message: string) =>
  `7 1.1 pwrite64(21</d/history.db-wal>, "\\0\\2<${message}>", 4096, 32) = 4096`
const FILE = (message: string) => WAL(message).replace('-wal', '')
const SYNCED = '7 1.2 fdatasync(21</d/history.db-wal>) = 0'
const FAILED = '7 1.2 fdatasync(21</d/history.db-wal>) = -1 EIO (Input/output error) (INJECTED)'
const SYNC_BEGINS = '7 1.2 fdatasync(21</d/history.db-wal> <unfinished ...>'
const SYNC_ENDS = '7 1.3 <... fdatasync resumed>)     = 0'
const SHOWN = (message: string) =>
  `9 1.4 write(30<socket:[555]>, "@msgid=x :a!a@b PRIVMSG #one :<${message}>\\r\\n", 40) = 40`

const proofOf = (...lines: readonly string[]) => proveOrder(lines)

test('TRACE - what is shown after its sync has succeeded is in order', async () => {
  assert.deepEqual(await proofOf(WAL('a1-1'), WAL('b2-1'), SYNCED, SHOWN('a1-1'), SHOWN('b2-1')), {
    shown: 2,
    syncs: 1,
    failedSyncs: 0,
    early: [],
  })
  const others = await proofOf(
    WAL('a1-1'),
    SYNC_BEGINS,
    '9 1.25 write(22<pipe:[8]>, "<a1-1>", 6) = 6',
    SYNC_ENDS,
    SHOWN('a1-1'),
  )
  assert.deepEqual([others.early, others.syncs, others.shown], [[], 1, 1])
})

test('TRACE - what is shown too early is found', async () => {
  const early = async (...lines: readonly string[]) => (await proofOf(...lines)).early
  assert.deepEqual(await early(SHOWN('a1-1'), WAL('a1-1'), SYNCED), ['a1-1'])
  assert.deepEqual(await early(WAL('a1-1'), SHOWN('a1-1'), SYNCED), ['a1-1'])
  assert.deepEqual(await early(WAL('a1-1'), SYNC_BEGINS, SHOWN('a1-1'), SYNC_ENDS), ['a1-1'])
  assert.deepEqual(await early(SYNC_BEGINS, WAL('a1-1'), SYNC_ENDS, SHOWN('a1-1')), ['a1-1'])
  assert.deepEqual(await early(FILE('a1-1'), SYNCED, SHOWN('a1-1')), ['a1-1'])
})

test('TRACE - a sync that succeeds after one that failed covers only what was written anew', async () => {
  const again = await proofOf(WAL('a1-1'), FAILED, SYNCED, SHOWN('a1-1'))
  assert.deepEqual([again.early, again.failedSyncs], [['a1-1'], 1])
  const syncedFile = SYNCED.replace('-wal', '')
  const anew = await proofOf(WAL('a1-1'), FAILED, SYNCED, FILE('a1-1'), syncedFile, SHOWN('a1-1'))
  assert.deepEqual(anew.early, [])
})
