import { isDatabaseUrl } from './database-url.ts'
import { openSqliteStore } from './sqlite-store.ts'
import type { StoreTrouble } from './store.ts'
import type { MaintainedStore } from './store-upkeep.ts'
import type { StoreSpec } from './store-worker.ts'

/** `report`: what went wrong, and was mended or left out. Rejects with a message fit for the operator when it can't be opened. */
export async function openStore(
  { at, durability, role }: StoreSpec,
  report: (trouble: StoreTrouble) => void = () => {},
): Promise<MaintainedStore> {
  if (!isDatabaseUrl(at)) return openSqliteStore({ file: at, durability, role, report })
  // Who keeps a file needn't load what a database takes.
  const { openPostgresStore } = await import('./postgres-store.ts')
  return openPostgresStore({ url: at, durability, role, report })
}
