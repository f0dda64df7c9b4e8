import { once } from 'node:events'
import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { backup, DatabaseSync } from 'node:sqlite'
import { Worker } from 'node:worker_threads'
import { siblingModule } from '../base/sibling-module.ts'
import type { Verified } from './store-upkeep.ts'

/** In one step of the copy; the writer waits for no more than one. */
const STEP_PAGES = 128

/**
 * See `StoreUpkeep.backup`. A writing connection hands on to the copy what is written meanwhile; a reading
 * one makes the copy in one go, in its thread.
 */
export async function backUpSqlite(
  database: DatabaseSync,
  role: 'write' | 'read',
  file: string,
): Promise<Verified> {
  if (existsSync(file)) throw new Error(`${file} is already there`)
  const unfinished = `${file}.unfinished`
  rmSync(unfinished, { force: true })
  try {
    if (role === 'write') await backup(database, unfinished, { rate: STEP_PAGES })
    else database.prepare('VACUUM INTO ?').run(unfinished)
    makeAnother(unfinished)
    const verified = await verifyElsewhere(unfinished)
    renameSync(unfinished, file)
    syncFolder(dirname(file))
    return verified
  } finally {
    for (const end of ['', '-wal', '-shm', '-journal']) rmSync(unfinished + end, { force: true })
  }
}

/** In a thread of its own: it takes long. */
export async function verifyElsewhere(file: string): Promise<Verified> {
  if (!existsSync(file)) throw new Error(`${file} is not there`)
  const url = new URL(siblingModule('verify-worker', import.meta.url))
  const worker = new Worker(url, { workerData: file })
  try {
    const [verified] = (await once(worker, 'message')) as [Verified]
    return verified
  } finally {
    await worker.terminate()
  }
}

/** One file that is whole by itself; and where it goes its own way, no index of the original fits it. */
function makeAnother(file: string): void {
  const copy = new DatabaseSync(file)
  try {
    copy.exec(`
      PRAGMA journal_mode = DELETE;
      PRAGMA synchronous = FULL;
      UPDATE progress SET identity = lower(hex(randomblob(8)));
    `)
  } finally {
    copy.close()
  }
}

function syncFolder(folder: string): void {
  // Windows has no such thing.
  if (process.platform === 'win32') return
  const handle = openSync(folder, 'r')
  fsyncSync(handle)
  closeSync(handle)
}
