import { mkdirSync } from 'node:fs'
import type { AuditEntry } from '../monitor/access.ts'
import type { LogUpkeep, UpkeepOutcome } from '../monitor/log-upkeep.ts'
import { FolderInUse } from '../server/data-folder.ts'
import { openMonitorRecords } from '../server/monitor-records.ts'
import { openOfflineLog } from '../server/offline-log.ts'
import type { Settings } from '../server/settings.ts'
import { callServer } from './call-server.ts'
import { failed } from './failed.ts'
import { withSettings, type FolderFlags } from './with-settings.ts'

export interface LogChange {
  /** How the audit calls it. */
  readonly what: Pick<AuditEntry, 'action' | 'target' | 'reason'>
  /** Of the API, when the server runs. */
  readonly path: string
  readonly body: object
  /** The same without a server. */
  readonly order: (orders: LogUpkeep) => Promise<UpkeepOutcome>
  /** What it did to the events. */
  readonly verb: string
}

/** Changes the log of a server that runs by asking it, of one that is stopped directly. Resolves with the exit code. */
export async function changeLog(flags: FolderFlags, change: LogChange): Promise<number> {
  return withSettings(flags, async (settings) => {
    const came = await carryOut(settings, change)
    if (!came.done) return failed(came.text)
    console.log(`${came.events} events ${change.verb}`)
    return 0
  })
}

async function carryOut(settings: Settings, change: LogChange): Promise<UpkeepOutcome> {
  try {
    await using log = await openOfflineLog(settings, { role: 'write' })
    const came = await change.order(log.orders)
    writeDown(settings, change.what, came)
    return came
  } catch (error) {
    if (!(error instanceof FolderInUse)) throw error
    // It writes it down itself.
    return callServer(settings.dataFolder, change.path, change.body)
  }
}

/** What was done on the console, in the audit. */
export function writeDown(
  { dataFolder }: Settings,
  what: LogChange['what'],
  came: UpkeepOutcome,
): void {
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 })
  using records = openMonitorRecords(dataFolder)
  const entry = { who: 'console', role: 'admin', from: 'console', ...what } as const
  if (came.done)
    records.audit.append({ ...entry, outcome: 'done', detail: `${came.events} events` })
  else records.audit.append({ ...entry, outcome: 'failed', detail: came.text })
}
