import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { isDatabaseUrl } from '../history/database-url.ts'
import { openStore } from '../history/open-store.ts'
import type { StoreUpkeep } from '../history/store-upkeep.ts'
import type { Loaded } from '../history/store.ts'
import { parseRoom } from '../state/room-record.ts'
import { openDataFolder } from './data-folder.ts'
import { nameOfStore } from './history-side.ts'
import { createPastBuffers, type LiveRoom, type PastBuffers } from './past-buffers.ts'
import type { Settings } from './settings.ts'
import { StartupError } from './startup-error.ts'

/** A log without its server, or beside it. */
export interface OfflineLog extends AsyncDisposable {
  readonly upkeep: StoreUpkeep
  readonly buffers: PastBuffers
  /** Those that had people, or were registered, when the log was last written. */
  readonly rooms: readonly LiveRoom[]
}

/**
 * `read`: the server may be running. `write`: takes the data folder's lock. Rejects with a StartupError;
 * with one that is a FolderInUse when the server has it.
 */
export async function openOfflineLog(
  settings: Settings,
  role: 'read' | 'write',
): Promise<OfflineLog> {
  assertThere(settings)
  const folder = role === 'write' ? openDataFolder(settings.dataFolder) : undefined
  try {
    const log = await open(settings, role)
    return {
      ...log,
      async [Symbol.asyncDispose]() {
        await log[Symbol.asyncDispose]()
        folder?.[Symbol.dispose]()
      },
    }
  } catch (error) {
    folder?.[Symbol.dispose]()
    throw error
  }
}

/** Where the log is when it is a file; undefined: it is a database of its own. */
export function logFile({ database, dataFolder }: Settings): string | undefined {
  if (database !== undefined && isDatabaseUrl(database)) return undefined
  return join(dataFolder, 'history.db')
}

function assertThere(settings: Settings): void {
  const file = logFile(settings)
  if (file !== undefined && !existsSync(file)) throw new StartupError(`there is no ${file}`)
}

async function open(settings: Settings, role: 'read' | 'write'): Promise<OfflineLog> {
  const { history, database } = settings
  const at = database ?? logFile(settings) ?? ''
  const durability = history === 'off' ? 'strict' : history
  try {
    const store = await openStore({ at, durability, role })
    const loaded = await store.load()
    return {
      upkeep: store.upkeep,
      buffers: createPastBuffers(loaded.buffers),
      rooms: roomsOf(loaded),
      [Symbol.asyncDispose]: () => store[Symbol.asyncDispose](),
    }
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new StartupError(`${nameOfStore(settings)} can't be opened: ${why}`)
  }
}

function roomsOf({ kept }: Loaded): readonly LiveRoom[] {
  return kept.flatMap(({ table, key, value }) => {
    if (table !== 'room' || !/^\d+$/.test(key)) return []
    return parseRoom(value) ?? []
  })
}
