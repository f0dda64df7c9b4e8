import type { StoredEvent } from '../state/record.ts'
import type { MaintainedStore, StoreUpkeep } from './store-upkeep.ts'

/** `more` and `enough`: of an export that has begun. */
export type UpkeepName = keyof StoreUpkeep | 'more' | 'enough'

type Args<Name extends keyof StoreUpkeep> = Parameters<StoreUpkeep[Name]>

/** In one message from thread to thread. */
const MOST_EVENTS = 500

/**
 * Carries out upkeep in the store's thread. Several calls may be under way at once: each works in slices,
 * and what is asked for between them doesn't wait for its end.
 */
export function createUpkeepCalls(): (
  store: MaintainedStore,
  name: UpkeepName,
  args: readonly unknown[],
) => unknown {
  const exports = new Map<number, AsyncIterator<StoredEvent>>()
  let nextExport = 1
  const begin = (events: AsyncIterable<StoredEvent>): number => {
    const id = nextExport++
    exports.set(id, events[Symbol.asyncIterator]())
    return id
  }
  return ({ upkeep }, name, args) => {
    switch (name) {
      case 'retain':
        return upkeep.retain(...(args as Args<'retain'>))
      case 'purge':
        return upkeep.purge(...(args as Args<'purge'>))
      case 'erasePerson':
        return upkeep.erasePerson(...(args as Args<'erasePerson'>))
      case 'backup':
        return upkeep.backup(...(args as Args<'backup'>))
      case 'verify':
        return upkeep.verify(...(args as Args<'verify'>))
      case 'exportBuffer':
        return begin(upkeep.exportBuffer(...(args as Args<'exportBuffer'>)))
      case 'exportPerson':
        return begin(upkeep.exportPerson(...(args as Args<'exportPerson'>)))
      case 'more':
        return nextEvents(exports, args[0] as number)
      case 'enough':
        return endExport(exports, args[0] as number)
      default:
        return name satisfies never
    }
  }
}

/** None: that was all. */
async function nextEvents(
  exports: Map<number, AsyncIterator<StoredEvent>>,
  id: number,
): Promise<readonly StoredEvent[]> {
  const iterator = exports.get(id)
  const events: StoredEvent[] = []
  while (iterator !== undefined && events.length < MOST_EVENTS) {
    const step = await iterator.next()
    if (step.done === true) break
    events.push(step.value)
  }
  return events
}

async function endExport(
  exports: Map<number, AsyncIterator<StoredEvent>>,
  id: number,
): Promise<void> {
  const iterator = exports.get(id)
  exports.delete(id)
  await iterator?.return?.()
}
