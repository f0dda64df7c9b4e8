import { createHmac, randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { errorReason } from '../base/error-text.ts'
import { StartupError } from './startup-error.ts'

/** Another Maru has the folder. */
export class FolderInUse extends StartupError {}

/** The folder that holds all that Maru keeps, locked for this process until it is closed. */
export interface DataFolder extends Disposable {
  readonly path: string
}

/**
 * Makes the folder if there is none, readable by its owner alone, and locks it. Throws a StartupError if
 * another Maru has it, or it can't be written.
 *
 * The lock is that of SQLite on a file of its own: it works on every system, and the system takes it back
 * from a process that was killed. Nothing else may open that file: under POSIX, closing it anywhere in the
 * process would give the lock away.
 */
export function openDataFolder(path: string): DataFolder {
  createFolder(path)
  const lock = takeLock(path)
  const owner = join(path, 'server.pid')
  writeFileSync(owner, `${process.pid}\n`)
  return {
    path,
    [Symbol.dispose]() {
      if (!lock.isOpen) return
      rmSync(owner, { force: true })
      lock.close()
    },
  }
}

/** 32 random bytes from which cloaked hosts are made; made once, so that bans on cloaks outlive a restart. */
export function cloakKey(folder: DataFolder): Uint8Array {
  const file = join(folder.path, 'cloak.key')
  const kept = readIfThere(file)
  if (kept === undefined) {
    writeNewFile(file, `${randomBytes(32).toString('hex')}\n`)
    return cloakKey(folder)
  }
  if (!/^[0-9a-f]{64}\s*$/.test(kept)) {
    throw new StartupError(`${file} is damaged: it should be 64 hexadecimal digits`)
  }
  return new Uint8Array(Buffer.from(kept.trim(), 'hex'))
}

/** A secret for another purpose, of which nothing can be learnt about the first. */
export function derivedKey(folder: DataFolder, purpose: string): Uint8Array {
  return createHmac('sha256', cloakKey(folder)).update(purpose).digest()
}

/** Writes a file that only its owner may read, whole or not at all. */
export function writeNewFile(path: string, text: string): void {
  const draft = `${path}.${process.pid}.new`
  rmSync(draft, { force: true })
  writeFileSync(draft, text, { mode: 0o600, flag: 'wx', flush: true })
  renameSync(draft, path)
}

function createFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 })
  } catch (error) {
    throw new StartupError(`can't make the data folder ${path}: ${errorReason(error)}`)
  }
}

function takeLock(path: string): DatabaseSync {
  const file = join(path, 'server.lock')
  let lock: DatabaseSync | undefined
  try {
    lock = new DatabaseSync(file, { timeout: 0 })
    lock.exec('BEGIN EXCLUSIVE')
    return lock
  } catch (error) {
    lock?.close()
    const { errcode } = error as { errcode?: unknown }
    if (errcode !== SQLITE_BUSY) {
      throw new StartupError(`can't write to the data folder ${path}: ${String(error)}`)
    }
    const owner = readIfThere(join(path, 'server.pid'))?.trim()
    const who = owner === undefined ? 'another Maru' : `another Maru (process ${owner})`
    throw new FolderInUse(`the data folder ${path} is in use by ${who}`)
  }
}

/** https://sqlite.org/rescode.html#busy */
const SQLITE_BUSY = 5

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if (errorReason(error) === 'ENOENT') return undefined
    throw new StartupError(`can't read ${file}: ${errorReason(error)}`)
  }
}
