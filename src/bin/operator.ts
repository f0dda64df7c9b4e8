import { parseArgs } from 'node:util'
import type { Role } from '../feed/role.ts'
import { isoTime } from '../server/iso-time.ts'
import type { MonitorRecords } from '../server/monitor-records.ts'
import { askPassword } from './ask-password.ts'
import { UsageError } from './usage-error.ts'
import { concluded, roleNamed, withRecords, wordsOf } from './with-records.ts'
import { FOLDER_OPTIONS } from './with-settings.ts'

/** `maru operator`. Resolves with the exit code. */
export async function operatorCommand(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { ...FOLDER_OPTIONS, role: { type: 'string' } },
    allowPositionals: true,
  })
  const [verb, ...rest] = positionals
  const role = values.role === undefined ? undefined : roleNamed(values.role)
  if (role !== undefined && verb !== 'add') throw new UsageError('--role is for add')
  switch (verb) {
    case 'add': {
      const [name = ''] = wordsOf(rest, ['NAME'])
      return withRecords(values, 'make', (records) => add(records, name, role))
    }
    case 'list':
      wordsOf(rest, [])
      return withRecords(values, 'existing', list)
    case 'remove': {
      const [name = ''] = wordsOf(rest, ['NAME'])
      return withRecords(values, 'existing', (records) => {
        const what = { action: 'remove operator', target: name }
        return concluded(records, records.access.removeOperator(name), what)
      })
    }
    case 'role': {
      const [name = '', text = ''] = wordsOf(rest, ['NAME', 'ROLE'])
      const other = roleNamed(text)
      return withRecords(values, 'existing', (records) => {
        const what = { action: 'change operator', target: name, reason: other }
        return concluded(records, records.access.setRole(name, other), what)
      })
    }
    case 'password': {
      const [name = ''] = wordsOf(rest, ['NAME'])
      return withRecords(values, 'existing', (records) => changePassword(records, name))
    }
    case undefined:
    default:
      throw new UsageError(verb === undefined ? 'a verb is missing' : `there is no verb ${verb}`)
  }
}

/** Without a role: the first one is an admin, since somebody has to be, and others may watch. */
async function add(records: MonitorRecords, name: string, role?: Role): Promise<number> {
  const password = await askPassword()
  if (password === undefined) return 1
  const { access } = records
  const given = role ?? (access.operators().length === 0 ? 'admin' : 'watch')
  const change = await access.addOperator(name, password, given)
  const code = concluded(records, change, { action: 'add operator', target: `${name} ${given}` })
  if (code === 0) console.log(`${name} may sign in as ${given}`)
  return code
}

async function changePassword(records: MonitorRecords, name: string): Promise<number> {
  const password = await askPassword()
  if (password === undefined) return 1
  const what = { action: 'change operator', target: name, reason: 'password' }
  return concluded(records, await records.access.setPassword(name, password), what)
}

function list({ access }: MonitorRecords): number {
  for (const { name, role, createdAtMs, lastSignInAtMs } of access.operators()) {
    const last = lastSignInAtMs === undefined ? 'never' : isoTime(lastSignInAtMs)
    console.log(`${name}\t${role}\tadded ${isoTime(createdAtMs)}\tlast sign-in ${last}`)
  }
  return 0
}
