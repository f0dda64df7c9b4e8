import type { TimelineChange } from './change.ts'
import type { ItemId, Message, TimelineItem } from './timeline.ts'

/** The items of one conversation as the client works on them; it tells what has changed since it was last asked. */
export class TimelineStore {
  readonly #items: TimelineItem[] = []
  readonly #byMsgid = new Map<string, ItemId>()
  #sent: readonly TimelineItem[] = []
  #sentComplete = false
  #isTouched = false
  #isComplete = false

  get items(): readonly TimelineItem[] {
    return this.#items
  }

  get isComplete(): boolean {
    return this.#isComplete
  }

  set isComplete(value: boolean) {
    this.#isComplete = value
    this.#isTouched = true
  }

  has(msgid: string | undefined): boolean {
    return msgid !== undefined && this.#byMsgid.has(msgid)
  }

  idOf(msgid: string): ItemId | undefined {
    return this.#byMsgid.get(msgid)
  }

  /** -1: it isn't here. From the end, where most of what is asked for stands. */
  indexOf(id: ItemId | undefined): number {
    if (id === undefined) return -1
    return this.#items.findLastIndex((item) => item.id === id)
  }

  message(msgid: string): Message | undefined {
    const item = this.#items[this.indexOf(this.#byMsgid.get(msgid))]
    return item?.kind === 'message' ? item : undefined
  }

  splice(at: number, removed: number, inserted: readonly TimelineItem[]): void {
    for (const item of this.#items.splice(at, removed, ...inserted)) {
      const msgid = msgidOf(item)
      if (msgid !== undefined) this.#byMsgid.delete(msgid)
    }
    for (const item of inserted) this.#name(item)
    this.#isTouched = true
  }

  /** The item of the same id gives way to it. */
  replace(item: TimelineItem): void {
    const at = this.indexOf(item.id)
    if (at >= 0) this.splice(at, 1, [item])
  }

  removeItem(id: ItemId): void {
    const at = this.indexOf(id)
    if (at >= 0) this.splice(at, 1, [])
  }

  takeChange(conversation: string): TimelineChange | undefined {
    if (!this.#isTouched) return undefined
    this.#isTouched = false
    const before = this.#sent
    const now = [...this.#items]
    const old = new Map(before.map((item) => [item.id, item]))
    const replaced = now.filter((item) => old.has(item.id) && old.get(item.id) !== item)
    const { at, removed, inserted } = differenceOf(before, now)
    const isSame = removed === 0 && inserted.length === 0 && replaced.length === 0
    const wasComplete = this.#sentComplete
    this.#sent = now
    this.#sentComplete = this.#isComplete
    if (isSame && wasComplete === this.#isComplete) return undefined
    const isComplete = this.#isComplete
    return { kind: 'timeline', conversation, isComplete, replaced, at, removed, inserted }
  }

  #name(item: TimelineItem): void {
    const msgid = msgidOf(item)
    if (msgid !== undefined) this.#byMsgid.set(msgid, item.id)
  }
}

export function msgidOf(item: TimelineItem): string | undefined {
  return item.kind === 'gap' ? undefined : item.msgid
}

/** By ids: what both have at their starts and ends stays. */
function differenceOf(before: readonly TimelineItem[], now: readonly TimelineItem[]) {
  const most = Math.min(before.length, now.length)
  let at = 0
  while (at < most && before[at]?.id === now[at]?.id) at++
  let after = 0
  while (after < most - at && before.at(-1 - after)?.id === now.at(-1 - after)?.id) after++
  return {
    at,
    removed: before.length - at - after,
    inserted: now.slice(at, now.length - after),
  }
}
