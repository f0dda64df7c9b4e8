import type { StoreUpkeep } from '../history/store-upkeep.ts'
import type { StoredEvent } from '../state/record.ts'

interface Parts {
  /** Of the store that writes. */
  readonly writer: StoreUpkeep
  /** Of one that only reads. */
  readonly reader: StoreUpkeep
  /** Resolves when all that was said before is kept, or refused. */
  readonly settled: () => Promise<void>
  /** What was found in the log may not be there any more. */
  readonly changed: () => void
}

/** Upkeep of the log of a running server: all that was said before it was asked for is included. */
export function createHistoryUpkeep({ writer, reader, settled, changed }: Parts): StoreUpkeep {
  const change = async (work: () => Promise<number>): Promise<number> => {
    await settled()
    try {
      return await work()
    } finally {
      changed()
    }
  }
  return {
    retain: (rule, perBuffer) => change(() => writer.retain(rule, perBuffer)),
    purge: (what) => change(() => writer.purge(what)),
    erasePerson: (person) => change(() => writer.erasePerson(person)),
    exportBuffer: (buffer) => afterwards(settled, () => reader.exportBuffer(buffer)),
    exportPerson: (person) => afterwards(settled, () => reader.exportPerson(person)),
    // Who reads the log goes on reading: only the writer makes its copy step by step.
    backup: (file) => settled().then(() => writer.backup(file)),
    verify: (file) => reader.verify(file),
  }
}

async function* afterwards(
  settled: () => Promise<void>,
  read: () => AsyncIterable<StoredEvent>,
): AsyncGenerator<StoredEvent> {
  await settled()
  yield* read()
}
