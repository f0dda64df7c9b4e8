/** Batches: what is only understood together is handed on when it is complete. https://ircv3.net/specs/extensions/batch */
import type { Message as Line } from '../protocol/message.ts'
import type { Link } from './link.ts'
import { MOST } from './most.ts'

/** A line, or a batch with what is in it. */
export type Entry =
  | { readonly kind: 'line'; readonly line: Line }
  | { readonly kind: 'batch'; readonly batch: OpenBatch }

export interface OpenBatch {
  readonly type: string
  /** The BATCH that opened it: its tags and source are the batch's. */
  readonly opening: Line
  readonly params: readonly string[]
  readonly entries: Entry[]
  /** Waits until it is complete; the lines of others are handled as they come. */
  readonly isGathered: boolean
  readonly parent: OpenBatch | undefined
  readonly label: string | undefined
}

/** Batches that mean more than their lines. */
const GATHERED: ReadonlySet<string> = new Set([
  'chathistory',
  'draft/multiline',
  'draft/chathistory-targets',
  'soju.im/search',
  'search',
])

/** A `BATCH` line: the batch that is complete by it and has to be handled, if there is one. */
export function takeBatchLine(link: Link, line: Line): OpenBatch | undefined {
  const [reference = '', type = '', ...params] = line.params
  const name = reference.slice(1)
  if (reference.startsWith('+')) {
    if (link.batches.size < MOST.batches) link.batches.set(name, opened(link, line, type, params))
    return undefined
  }
  const batch = link.batches.get(name)
  link.batches.delete(name)
  return batch
}

function opened(link: Link, line: Line, type: string, params: readonly string[]): OpenBatch {
  const parent = batchOf(link, line)
  const label = line.tags?.get('label') ?? parent?.label
  const isGathered = GATHERED.has(type)
  return { type, opening: line, params, entries: [], isGathered, parent, label }
}

export function batchOf(link: Link, line: Line): OpenBatch | undefined {
  const reference = line.tags?.get('batch')
  return reference === undefined ? undefined : link.batches.get(reference)
}

/** Whether it waits in a batch now. What comes over the limit is dropped: no honest server sends so much. */
export function gather(batch: OpenBatch | undefined, entry: Entry): boolean {
  if (batch?.isGathered !== true) return false
  if (batch.entries.length < MOST.batchEntries) batch.entries.push(entry)
  return true
}

/** The label that a line answers to: its own, or that of a batch around it. */
export function labelOf(line: Line, batch: OpenBatch | undefined): string | undefined {
  return line.tags?.get('label') ?? batch?.label
}
