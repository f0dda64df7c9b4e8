import { once } from 'node:events'
import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { Worker } from 'node:worker_threads'
import { siblingModule } from '../base/sibling-module.ts'
import type { Verified } from './store-upkeep.ts'
import type { VerifyWork } from './verify-worker.ts'
import { QUIET_SQLITE } from './thread-options.ts'

/** See `StoreUpkeep.backup`: of the log in the file `source`, with a connection and a thread of its own. */
export async function backUpSqlite(source: string, file: string): Promise<Verified> {
  if (existsSync(file)) throw new Error(`${file} is already there`)
  const unfinished = `${file}.unfinished`
  const clear = (): void => {
    for (const end of ['', '-wal', '-shm', '-journal']) rmSync(unfinished + end, { force: true })
  }
  clear()
  try {
    const verified = await inThread({ file: unfinished, copyOf: source })
    syncToDisk(unfinished)
    renameSync(unfinished, file)
    // Windows has no such thing for folders.
    if (process.platform !== 'win32') syncToDisk(dirname(file))
    return verified
  } finally {
    clear()
  }
}

/** In a thread of its own: it takes long. */
export async function verifyElsewhere(file: string): Promise<Verified> {
  if (!existsSync(file)) throw new Error(`${file} is not there`)
  return inThread({ file })
}

async function inThread(work: VerifyWork): Promise<Verified> {
  const url = new URL(siblingModule('verify-worker', import.meta.url))
  const worker = new Worker(url, { workerData: work, execArgv: [...QUIET_SQLITE] })
  try {
    const [verified] = (await once(worker, 'message')) as [Verified]
    return verified
  } finally {
    await worker.terminate()
  }
}

function syncToDisk(path: string): void {
  const handle = openSync(path, process.platform === 'win32' ? 'r+' : 'r')
  fsyncSync(handle)
  closeSync(handle)
}
