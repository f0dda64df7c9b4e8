import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { errorText } from '../base/error-text.ts'
import { silentLog } from '../base/log.ts'
import { isDatabaseUrl } from '../history/database-url.ts'
import { openStore } from '../history/open-store.ts'
import type { StoreUpkeep } from '../history/store-upkeep.ts'
import type { Loaded } from '../history/store.ts'
import type { LogUpkeep } from '../monitor/log-upkeep.ts'
import { parseRoom } from '../state/room-record.ts'
import { openDataFolder } from './data-folder.ts'
import { jsonLine, textLine } from './export-line.ts'
import { nameOfStore } from './history-side.ts'
import { createPastBuffers, type LiveRoom } from './past-buffers.ts'
import type { Settings } from './settings.ts'
import { StartupError } from './startup-error.ts'
import { createUpkeepOrders } from './upkeep-orders.ts'

/** A log without its server, or beside it. */
export interface OfflineLog extends AsyncDisposable {
  readonly orders: LogUpkeep
  readonly upkeep: StoreUpkeep
}

interface Purpose {
  /** `read`: the server may be running. `write`: takes the data folder's lock. */
  readonly role: 'read' | 'write'
  /** Of what is exported; JSON if not said. */
  readonly format?: 'jsonl' | 'text'
}

/** Rejects with a StartupError; to write, with one that is a FolderInUse when the server has the log. */
export async function openOfflineLog(settings: Settings, purpose: Purpose): Promise<OfflineLog> {
  assertThere(settings)
  const folder = purpose.role === 'write' ? openDataFolder(settings.dataFolder) : undefined
  try {
    const log = await open(settings, purpose)
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

async function open(settings: Settings, { role, format }: Purpose): Promise<OfflineLog> {
  const { history, database, dataFolder } = settings
  const at = database ?? logFile(settings) ?? ''
  const durability = history === 'off' ? 'strict' : history
  try {
    const store = await openStore({ at, durability, role })
    const loaded = await store.load()
    const rooms = roomsOf(loaded)
    return {
      upkeep: store.upkeep,
      orders: createUpkeepOrders({
        history: { upkeep: store.upkeep, buffers: createPastBuffers(loaded.buffers) },
        rooms: () => rooms,
        log: silentLog,
        dataFolder,
        erased: () => {},
        line: format === 'text' ? textLine : jsonLine,
      }),
      [Symbol.asyncDispose]: () => store[Symbol.asyncDispose](),
    }
  } catch (error) {
    const why = errorText(error)
    throw new StartupError(`${nameOfStore(settings)} can't be opened: ${why}`)
  }
}

/** Those that had people, or were registered, when the log was last written. */
function roomsOf({ kept }: Loaded): readonly LiveRoom[] {
  return kept.flatMap(({ table, key, value }) => {
    if (table !== 'room' || !/^\d+$/.test(key)) return []
    return parseRoom(value) ?? []
  })
}
