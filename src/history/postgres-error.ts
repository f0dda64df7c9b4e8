import pg from 'pg'
import { errorText } from '../base/error-text.ts'
import { CommitRefused } from './store.ts'

/** https://www.postgresql.org/docs/current/errcodes-appendix.html */
const WHY: readonly (readonly [code: RegExp, why: CommitRefused['why']])[] = [
  [/^53[14]00$/, 'full'],
  [/^(?:40|55P03|57014|53)/, 'busy'],
  [/^25006$/, 'readOnly'],
]

/** What an error of PostgreSQL means to a commit. */
export function postgresRefusal(error: unknown): CommitRefused {
  if (error instanceof CommitRefused) return error
  const text = errorText(error)
  const code = codeOf(error) ?? ''
  const why = WHY.find(([codes]) => codes.test(code))?.[1] ?? 'failed'
  return new CommitRefused(why, text, { cause: error })
}

/** Whether nobody can tell what became of the query: the server did not say that it failed. */
export function isLost(error: unknown): boolean {
  const code = codeOf(error)
  return code === undefined || /^(?:08|57P0)/.test(code)
}

/** The SQLSTATE; undefined when it is no error that the server sent. */
function codeOf(error: unknown): string | undefined {
  return error instanceof pg.DatabaseError ? error.code : undefined
}
