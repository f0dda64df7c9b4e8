import { MOST } from '../../client/most.ts'
import { formatQueue, parseQueue, type Pending } from '../../client/queue.ts'

type Entries = ReadonlyMap<string, string>

/**
 * What two chats of one person have kept, as one: all that waits to be sent, each once and in the order in
 * which it was said, and all that is half written. Of the rest what `own` says counts. Undefined: more
 * waits than one chat can hold.
 */
export function mergedEntries(own: Entries, other: Entries): Map<string, string> | undefined {
  const merged = new Map([...other, ...own])
  const queue = mergedQueue(own.get('queue'), other.get('queue'))
  if (queue.length > MOST.queue) return undefined
  const waiting = formatQueue(queue)
  if (waiting !== undefined) merged.set('queue', waiting)
  for (const [key, text] of other) {
    const ours = own.get(key)
    if (!key.startsWith('draft:') || ours === undefined || ours === text) continue
    merged.set(key, `${ours}\n${text}`)
  }
  return merged
}

function mergedQueue(own: string | undefined, other: string | undefined): readonly Pending[] {
  const all = [...parseQueue(own), ...parseQueue(other)]
  const byName = new Map(all.map((entry) => [entry.clientMsgid, entry]))
  return [...byName.values()].toSorted((a, b) => a.madeAtMs - b.madeAtMs)
}
