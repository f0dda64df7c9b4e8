import {
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
} from 'node:fs'
import { join } from 'node:path'
import { errorText } from '../base/error-text.ts'
import { systemClock } from '../base/clock.ts'
import { openStore } from '../history/open-store.ts'
import { verifyElsewhere } from '../history/sqlite-backup.ts'
import type { Verified } from '../history/store-upkeep.ts'
import { openDataFolder } from './data-folder.ts'
import { isoTime } from './iso-time.ts'
import { StartupError } from './startup-error.ts'

export interface Restored extends Verified {
  /** Where the log is now that was there before; undefined: there was none. */
  readonly before: string | undefined
}

/** What SQLite makes of one database. */
const ENDS = ['', '-wal', '-shm'] as const

/** Reads a copy of a log whole. Rejects with a StartupError when it is not a good one. */
export async function verifyLog(file: string): Promise<Verified> {
  try {
    return await verifyElsewhere(file)
  } catch (error) {
    throw new StartupError(`this is no good copy of a log: ${errorText(error)}`)
  }
}

/**
 * Puts a copy that `backup` made in the place of the log in a data folder, whose lock it takes: its server
 * must be stopped. Nothing is touched before the copy has been read whole, and nothing is deleted but the
 * index of the search, which is made anew. Rejects with a StartupError.
 */
export async function restoreLog(file: string, dataFolder: string): Promise<Restored> {
  const verified = await verifyLog(file)
  using folder = openDataFolder(dataFolder)
  const log = join(folder.path, 'history.db')
  const draft = join(folder.path, 'history.db.restoring')
  await makeDraft(file, draft)
  const before = moveAside(folder.path)
  renameSync(draft, log)
  for (const end of ENDS) rmSync(join(folder.path, `search.db${end}`), { force: true })
  syncFolder(folder.path)
  return { ...verified, before }
}

/** Opened once as the server will, so that a log that is too new, or no longer good, isn't put in place. */
async function makeDraft(file: string, draft: string): Promise<void> {
  for (const end of ENDS) rmSync(draft + end, { force: true })
  try {
    closeSync(openSync(draft, 'w', 0o600))
    copyFileSync(file, draft)
    const store = await openStore({ at: draft, durability: 'strict', role: 'write' })
    await store[Symbol.asyncDispose]()
    syncFile(draft)
  } catch (error) {
    for (const end of ENDS) rmSync(draft + end, { force: true })
    throw new StartupError(`can't restore ${file}: ${errorText(error)}`)
  }
}

/** What is in the write-ahead log belongs to the file beside it, and goes with it. */
function moveAside(folder: string): string | undefined {
  const there = ENDS.map((end) => `history.db${end}`).filter((name) =>
    existsSync(join(folder, name)),
  )
  if (there.length === 0) return undefined
  const stamp = isoTime(systemClock.now()).replaceAll(':', '-')
  const aside = join(folder, 'replaced', stamp)
  mkdirSync(aside, { recursive: true, mode: 0o700 })
  for (const name of there) renameSync(join(folder, name), join(aside, name))
  return aside
}

function syncFile(path: string): void {
  const handle = openSync(path, 'r+')
  fsyncSync(handle)
  closeSync(handle)
}

function syncFolder(path: string): void {
  // Windows has no such thing.
  if (process.platform === 'win32') return
  const handle = openSync(path, 'r')
  fsyncSync(handle)
  closeSync(handle)
}
