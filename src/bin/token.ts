import { parseArgs } from 'node:util'
import { nameProblem } from '../monitor/credential-rules.ts'
import type { Role } from '../feed/role.ts'
import { isoTime } from '../server/iso-time.ts'
import type { MonitorRecords } from '../server/monitor-records.ts'
import { failed } from './failed.ts'
import { UsageError } from './usage-error.ts'
import { concluded, roleNamed, withRecords, wordsOf } from './with-records.ts'
import { FOLDER_OPTIONS } from './with-settings.ts'

const DAY_MS = 86_400_000
const MOST_DAYS = 36_500

/** `maru token`. Resolves with the exit code. */
export async function tokenCommand(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { ...FOLDER_OPTIONS, role: { type: 'string' }, days: { type: 'string' } },
    allowPositionals: true,
  })
  const [verb, ...rest] = positionals
  const role = roleNamed(values.role ?? 'watch')
  const lifetimeMs = values.days === undefined ? undefined : daysMs(values.days)
  const hasMore = values.role !== undefined || lifetimeMs !== undefined
  if (hasMore && verb !== 'add') throw new UsageError('--role and --days are for add')
  switch (verb) {
    case 'add': {
      const [name = ''] = wordsOf(rest, ['NAME'])
      return withRecords(values, 'make', (records) => add(records, name, role, lifetimeMs))
    }
    case 'list':
      wordsOf(rest, [])
      return withRecords(values, 'existing', list)
    case 'remove': {
      const [id = ''] = wordsOf(rest, ['ID'])
      return withRecords(values, 'existing', (records) => {
        const what = { action: 'remove token', target: id }
        return concluded(records, records.access.removeToken(id), what)
      })
    }
    case undefined:
    default:
      throw new UsageError(verb === undefined ? 'a verb is missing' : `there is no verb ${verb}`)
  }
}

/** Only the secret goes to standard output, so that it can be piped on. */
function add(records: MonitorRecords, name: string, role: Role, lifetimeMs?: number): number {
  const problem = nameProblem(name)
  if (problem !== undefined) return failed(problem)
  const { id, secret } = records.access.addToken(name, role, lifetimeMs)
  const what = { action: 'add token', target: `${name} ${role} ${id}` }
  const code = concluded(records, { done: true }, what)
  console.error(`token ${id} of ${name}, who may ${role}; nobody can show it again:`)
  console.log(secret)
  return code
}

function list({ access }: MonitorRecords): number {
  for (const { id, name, role, createdAtMs, expiresAtMs, lastUsedAtMs } of access.tokens()) {
    const ends = expiresAtMs === undefined ? 'ends never' : `ends ${isoTime(expiresAtMs)}`
    const used = lastUsedAtMs === undefined ? 'never used' : `last used ${isoTime(lastUsedAtMs)}`
    console.log(`${id}\t${name}\t${role}\tadded ${isoTime(createdAtMs)}\t${ends}\t${used}`)
  }
  return 0
}

function daysMs(text: string): number {
  const days = /^\d{1,5}$/.test(text) ? Number(text) : 0
  if (days >= 1 && days <= MOST_DAYS) return days * DAY_MS
  throw new UsageError(`--days: expected a whole number from 1 to ${MOST_DAYS}, found ${text}`)
}
