import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { AuditEntry, Change } from '../monitor/access.ts'
import { ROLES, isRole } from '../feed/role.ts'
import type { Role } from '../feed/role.ts'
import { openMonitorRecords } from '../server/monitor-records.ts'
import type { MonitorRecords } from '../server/monitor-records.ts'
import { failed } from './failed.ts'
import { UsageError } from './usage-error.ts'
import { withSettings, type FolderFlags } from './with-settings.ts'

/**
 * Runs `work` on the records in the data folder that `maru serve` would use. `make`: makes them if there
 * are none. Resolves with the exit code; what is the operator's business is said, and is 1.
 */
export async function withRecords(
  flags: FolderFlags,
  when: 'make' | 'existing',
  work: (records: MonitorRecords) => Promise<number> | number,
): Promise<number> {
  return withSettings(flags, async ({ dataFolder }) => {
    if (when === 'make') mkdirSync(dataFolder, { recursive: true, mode: 0o700 })
    else if (!existsSync(join(dataFolder, 'monitor.db'))) {
      return failed(`there is no monitor.db in ${dataFolder}`)
    }
    using records = openMonitorRecords(dataFolder)
    return await work(records)
  })
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
