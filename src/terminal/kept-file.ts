import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { errorCode } from '../base/error-text.ts'

/** What a program has kept in a file; undefined: nothing yet. Throws when it is there and can't be read. */
export function readKept(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined
    throw error
  }
}

/** For the user alone; written beside and put in place, so that a crash leaves the old one. */
export function writeKept(path: string, text: string): void {
  const draft = `${path}.${process.pid}.new`
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  writeFileSync(draft, text, { mode: 0o600 })
  renameSync(draft, path)
}
