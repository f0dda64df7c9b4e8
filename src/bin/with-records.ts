import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { AuditEntry, Change } from '../monitor/access.ts'
import { ROLES, isRole } from '../feed/role.ts'
import type { Role } from '../feed/role.ts'
import { loadSettings, thisMachine } from '../server/config.ts'
import { openMonitorRecords } from '../server/monitor-records.ts'
import type { MonitorRecords } from '../server/monitor-records.ts'
import { StartupError } from '../server/startup-error.ts'
import { UsageError } from './usage-error.ts'

/** The flags that say where the data folder is. */
export const FOLDER_OPTIONS = { config: { type: 'string' }, data: { type: 'string' } } as const

export interface FolderFlags {
  readonly config?: string | undefined
  readonly data?: string | undefined
}

/**
 * Runs `work` on the records in the data folder that `maru serve` would use. `make`: makes them if there
 * are none. Resolves with the exit code; what is the operator's business is said, and is 1.
 */
export async function withRecords(
  flags: FolderFlags,
  when: 'make' | 'existing',
  work: (records: MonitorRecords) => Promise<number> | number,
): Promise<number> {
  const loaded = loadSettings({
    workingFolder: process.cwd(),
    environment: process.env,
    flags: { config: flags.config, data: flags.data },
    machine: thisMachine(),
  })
  if (loaded.kind === 'refused') {
    for (const problem of loaded.problems) console.error(problem)
    return 1
  }
  const { dataFolder } = loaded.settings
  try {
    if (when === 'make') mkdirSync(dataFolder, { recursive: true, mode: 0o700 })
    else if (!existsSync(join(dataFolder, 'monitor.db'))) {
      return failed(`there is no monitor.db in ${dataFolder}`)
    }
    using records = openMonitorRecords(dataFolder)
    return await work(records)
  } catch (error) {
    if (isExpected(error)) return failed(error.message)
    throw error
  }
}

/** Writes down what was tried on the console. Returns the exit code. */
export function concluded(
  { audit }: MonitorRecords,
  change: Change,
  what: Pick<AuditEntry, 'action' | 'target' | 'reason'>,
): number {
  const entry = { who: 'console', role: 'admin', from: 'console', ...what } as const
  if (change.done) {
    audit.append({ ...entry, outcome: 'done' })
    return 0
  }
  audit.append({ ...entry, outcome: 'failed', detail: change.text })
  return failed(change.text)
}

export function failed(text: string): number {
  console.error(`maru: ${text}`)
  return 1
}

/** A role by its name, or a UsageError. */
export function roleNamed(text: string): Role {
  if (!isRole(text)) throw new UsageError(`there is no role ${text}; there are ${ROLES.join(', ')}`)
  return text
}

/** As many words as the command has, or a UsageError that names what is missing. */
export function wordsOf(given: readonly string[], names: readonly string[]): readonly string[] {
  const missing = names[given.length]
  if (missing !== undefined) throw new UsageError(`${missing} is missing`)
  const extra = given[names.length]
  if (extra !== undefined) throw new UsageError(`${extra} is one word too many`)
  return given
}

function isExpected(error: unknown): error is Error {
  if (!(error instanceof Error)) return false
  const isSqlite = 'code' in error && error.code === 'ERR_SQLITE_ERROR'
  return isSqlite || error instanceof StartupError || ('code' in error && 'syscall' in error)
}
