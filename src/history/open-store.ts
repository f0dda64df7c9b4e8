import { openPostgresStore } from './postgres-store.ts'
import { openSqliteStore } from './sqlite-store.ts'
import type { Store } from './store.ts'
import type { StoreSpec } from './store-worker.ts'

/** Rejects with a message fit for the operator when it can't be opened. */
export function openStore({ at, durability, role }: StoreSpec): Promise<Store> {
  if (isDatabaseUrl(at)) return openPostgresStore({ url: at, durability, role })
  return Promise.resolve(openSqliteStore({ file: at, durability, role }))
}

export function isDatabaseUrl(at: string): boolean {
  return /^postgres(?:ql)?:\/\//.test(at)
}
