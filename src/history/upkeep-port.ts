import type { StoredEvent } from '../state/record.ts'
import type { StoreUpkeep, Verified } from './store-upkeep.ts'
import type { UpkeepName } from './upkeep-call.ts'

type Call = (name: UpkeepName, args: readonly unknown[]) => Promise<unknown>

/** The upkeep of a store in another thread. */
export function createUpkeepPort(call: Call): StoreUpkeep {
  return {
    retain: (rule, perBuffer = new Map()) => call('retain', [rule, perBuffer]) as Promise<number>,
    purge: (what) => call('purge', [what]) as Promise<number>,
    erasePerson: (person) => call('erasePerson', [person]) as Promise<number>,
    exportBuffer: (buffer) => exported(call, 'exportBuffer', buffer),
    exportPerson: (person) => exported(call, 'exportPerson', person),
    backup: (file) => call('backup', [file]) as Promise<Verified>,
    verify: (file) => call('verify', [file]) as Promise<Verified>,
  }
}

/** No more is read than is taken. */
async function* exported(
  call: Call,
  name: UpkeepName,
  what: number | string,
): AsyncGenerator<StoredEvent> {
  const id = await call(name, [what])
  try {
    for (;;) {
      const events = (await call('more', [id])) as readonly StoredEvent[]
      if (events.length === 0) return
      yield* events
    }
  } finally {
    await call('enough', [id]).catch(() => {})
  }
}
