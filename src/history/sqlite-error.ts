import { errorText } from '../base/error-text.ts'
import { CommitRefused } from './store.ts'

/** https://sqlite.org/rescode.html */
const BUSY = 5
const LOCKED = 6
const READONLY = 8
const IOERR = 10
const CORRUPT = 11
const FULL = 13
const CANTOPEN = 14
const NOTADB = 26

const WHY = new Map<number, CommitRefused['why']>([
  [FULL, 'full'],
  [BUSY, 'busy'],
  [LOCKED, 'busy'],
  [READONLY, 'readOnly'],
])

/** What an error of SQLite means to a commit. */
export function commitRefusal(error: unknown): CommitRefused {
  if (error instanceof CommitRefused) return error
  return new CommitRefused(WHY.get(codeOf(error)) ?? 'failed', errorText(error), { cause: error })
}

/** Whether the storage itself has failed: nothing that this connection says can be trusted any more. */
export function hasFailed(error: unknown): boolean {
  return [IOERR, CORRUPT, CANTOPEN, NOTADB].includes(codeOf(error))
}

export function isNotADatabase(error: unknown): boolean {
  return codeOf(error) === NOTADB
}

/** The primary result code; 0 when it is no error of SQLite. */
function codeOf(error: unknown): number {
  const code = error instanceof Error && 'errcode' in error ? error.errcode : 0
  return typeof code === 'number' ? code & 0xff : 0
}
