import { randomBytes } from 'node:crypto'
import { hashPassword, verifyPassword } from '../accounts/password.ts'
import { systemClock } from '../base/clock.ts'
import type { Access, Audit } from '../monitor/access.ts'
import { MonitorStoreError, openMonitorStore } from '../monitor/monitor-store.ts'
import type { MonitorStore } from '../monitor/monitor-store.ts'
import { openAccess } from '../monitor/open-access.ts'
import { openAudit } from '../monitor/open-audit.ts'
import { StartupError } from './startup-error.ts'

/** Who may operate the server, and what they did: what `monitor.db` in the data folder holds. */
export interface MonitorRecords extends Disposable {
  readonly access: Access
  readonly audit: Audit
  readonly store: MonitorStore
}

/** Needs no lock: a running server and `maru operator` have them open at once. Throws a StartupError. */
export function openMonitorRecords(folder: string): MonitorRecords {
  const store = openStore(folder)
  const audit = openAudit({ store, clock: systemClock })
  const access = openAccess({
    store,
    clock: systemClock,
    randomBytes,
    hashPassword: (password) => hashPassword(password),
    verifyPassword,
  })
  return {
    access,
    audit,
    store,
    [Symbol.dispose]() {
      access[Symbol.dispose]()
      audit[Symbol.dispose]()
      store[Symbol.dispose]()
    },
  }
}

function openStore(folder: string): MonitorStore {
  try {
    return openMonitorStore(folder)
  } catch (error) {
    if (error instanceof MonitorStoreError) throw new StartupError(error.message)
    throw error
  }
}
