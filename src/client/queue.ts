import type { ItemId, Message } from './timeline.ts'
import { MOST } from './most.ts'

/** One of the user's messages that the server hasn't placed yet. */
export interface Pending {
  readonly conversation: string
  readonly target: string
  readonly item: ItemId
  /** What the server knows it by, over reconnects. docs/client-msgid.md */
  readonly clientMsgid: string
  readonly text: string
  readonly form: Message['form']
  readonly replyTo?: string
  readonly editOf?: string
  readonly madeAtMs: number
  /** How it was written: with its name, so that it may be written again, or without. Absent: never. */
  readonly sent?: 'named' | 'plain'
  readonly tries: number
}

/** What waits for its place, in the order in which it was said. */
export class Queue {
  #entries: Pending[] = []
  /** Written, and waiting for an answer: by the label of the question. */
  readonly #asked = new Map<string, ItemId>()
  /** Written in this connection and not answered. */
  readonly #open = new Set<ItemId>()

  get entries(): readonly Pending[] {
    return this.#entries
  }

  get isFull(): boolean {
    return this.#entries.length >= MOST.queue
  }

  get unanswered(): number {
    return this.#open.size
  }

  isOpen(item: ItemId): boolean {
    return this.#open.has(item)
  }

  add(entry: Pending): void {
    this.#entries.push(entry)
  }

  find(item: ItemId | undefined): Pending | undefined {
    return this.#entries.find((entry) => entry.item === item)
  }

  named(clientMsgid: string | undefined): Pending | undefined {
    if (clientMsgid === undefined) return undefined
    return this.#entries.find((entry) => entry.clientMsgid === clientMsgid)
  }

  labelled(label: string | undefined): Pending | undefined {
    return label === undefined ? undefined : this.find(this.#asked.get(label))
  }

  replace(entry: Pending): void {
    this.#entries = this.#entries.map((old) => (old.item === entry.item ? entry : old))
  }

  written(item: ItemId, label: string | undefined): void {
    this.#open.add(item)
    if (label !== undefined) this.#asked.set(label, item)
  }

  /** No answer is waited for any more. */
  answered(item: ItemId): void {
    this.#open.delete(item)
    for (const [label, asked] of this.#asked) if (asked === item) this.#asked.delete(label)
  }

  remove(item: ItemId): void {
    this.answered(item)
    this.#entries = this.#entries.filter((entry) => entry.item !== item)
  }
}

/** For the store: what is read back by `parseQueue`. */
export function formatQueue(entries: readonly Pending[]): string | undefined {
  return entries.length === 0 ? undefined : JSON.stringify(entries)
}

/** What can't be understood is left out. */
export function parseQueue(text: string | undefined): Pending[] {
  try {
    const found: unknown = JSON.parse(text ?? '[]')
    return Array.isArray(found) ? found.filter(isPendingEntry).slice(0, MOST.queue) : []
  } catch {
    return []
  }
}

function isPendingEntry(value: unknown): value is Pending {
  if (typeof value !== 'object' || value === null) return false
  const entry = value as Partial<Record<keyof Pending, unknown>>
  const texts = [entry.conversation, entry.target, entry.item, entry.clientMsgid, entry.text]
  const isForm = ['message', 'notice', 'action'].includes(String(entry.form))
  return (
    texts.every((text) => typeof text === 'string') &&
    isForm &&
    typeof entry.tries === 'number' &&
    typeof entry.madeAtMs === 'number'
  )
}
