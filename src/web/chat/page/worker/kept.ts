/** What outlives the page: drafts, and what waits to be sent. */
export interface Kept {
  /** All of it that is of this person; what was of another is forgotten. */
  readonly entriesOf: (who: string) => Promise<ReadonlyMap<string, string>>
  /** Without `value` it is forgotten. Resolves, in the order of the calls, to whether it is done. */
  readonly put: (key: string, value: string | undefined) => Promise<boolean>
  readonly forget: () => Promise<void>
}

const STORE = 'entries'
/** Where it stands whose it is; no key of the client begins so. */
const WHO = '\u0000who'

/** In IndexedDB. Where a browser has none, as in a private window, it lasts as long as the worker. */
export function openKept(): Kept {
  const opened = openDatabase().catch(() => undefined)
  const write = async (run: (store: IDBObjectStore) => void): Promise<void> => {
    const database = await opened
    if (database === undefined) return
    const transaction = database.transaction(STORE, 'readwrite')
    run(transaction.objectStore(STORE))
    await ended(transaction)
  }
  return {
    async entriesOf(who) {
      const database = await opened
      const entries = database && (await entriesIn(database).catch(() => undefined))
      if (entries === undefined) return new Map()
      if (entries.get(WHO) === who) return entries
      await write((store) => {
        store.clear()
        store.put(who, WHO)
      }).catch(() => undefined)
      return new Map()
    },
    put(key, value) {
      const written = write((store) => {
        if (value === undefined) store.delete(key)
        else store.put(value, key)
      })
      return written.then(
        () => true,
        () => false,
      )
    },
    forget: () => write((store) => void store.clear()),
  }
}

function openDatabase(): Promise<IDBDatabase> {
  const request = indexedDB.open('maru-chat', 1)
  request.addEventListener('upgradeneeded', () => request.result.createObjectStore(STORE))
  return answered(request)
}

async function entriesIn(database: IDBDatabase): Promise<Map<string, string>> {
  const store = database.transaction(STORE).objectStore(STORE)
  const [keys, values] = await Promise.all([
    answered(store.getAllKeys() as IDBRequest<string[]>),
    answered(store.getAll() as IDBRequest<string[]>),
  ])
  return new Map(keys.map((key, index) => [key, values[index] ?? '']))
}

function answered<Value>(request: IDBRequest<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result))
    request.addEventListener('error', () => reject(request.error ?? new Error('not kept')))
  })
}

function ended(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.addEventListener('complete', () => resolve())
    transaction.addEventListener('abort', () => reject(transaction.error ?? new Error('not kept')))
  })
}
