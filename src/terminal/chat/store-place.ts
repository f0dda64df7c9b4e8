import { existsSync, mkdirSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { mergedEntries } from './merged-entries.ts'
import { keptEntries, keepEntries } from './store-file.ts'

/** The file in which a chat keeps things: its own, as long as it runs. */
export interface StorePlace extends Disposable {
  readonly path: string
}

/** So many chats of one person on one machine there are not. */
const MOST = 100

/**
 * A file of its own for each chat that runs: who is the first has `NAME.json`, the others `NAME.2.json` and
 * so on, since of two that write into one file one loses what it had waiting. What was left in files that
 * nobody has comes into this one.
 */
export function takeStorePlace(name: string): StorePlace {
  mkdirSync(dirname(name), { recursive: true, mode: 0o700 })
  const paths = Array.from({ length: MOST }, (_, i) => `${name}${i === 0 ? '' : `.${i + 1}`}.json`)
  for (const path of paths) {
    const lock = taken(path)
    if (lock === undefined) continue
    const others = paths.filter((other) => other !== path)
    if (path !== paths[0] && !existsSync(path)) beginLike(paths[0] ?? '', path)
    for (const other of others) if (existsSync(other)) takeOver(other, path)
    return { path, [Symbol.dispose]: () => lock.close() }
  }
  throw new Error(`${MOST} chats run with ${name}`)
}

/** The same rooms; what waits and what is half written there is of the other one. */
function beginLike(first: string, path: string): void {
  const entries = new Map(keptEntries(first))
  for (const key of entries.keys()) {
    if (key === 'queue' || key.startsWith('draft:')) entries.delete(key)
  }
  keepEntries(path, entries)
}

function takeOver(other: string, path: string): void {
  const lock = taken(other)
  if (lock === undefined) return
  try {
    const merged = mergedEntries(keptEntries(path), keptEntries(other))
    if (merged === undefined) return
    keepEntries(path, merged)
    rmSync(other)
  } finally {
    lock.close()
  }
}

/**
 * The lock of SQLite on a file beside it: it works on every system, and the system takes it back from a
 * process that was killed. Undefined: somebody has it.
 */
function taken(path: string): DatabaseSync | undefined {
  const lock = new DatabaseSync(`${path}.lock`, { timeout: 0 })
  try {
    lock.exec('BEGIN EXCLUSIVE')
    return lock
  } catch (error) {
    lock.close()
    if ((error as { errcode?: unknown }).errcode === SQLITE_BUSY) return undefined
    throw error
  }
}

/** https://sqlite.org/rescode.html#busy */
const SQLITE_BUSY = 5
