import type { FeedEvent } from '../feed/feed.ts'

type Refused = Extract<FeedEvent, { kind: 'refused' }>

/** What is told of one second one by one; beyond it only a number remains. */
const TOLD_APART = 20

/** Gathers refused connections for a second: a flood of them is told in few words, and none is left out of the count. */
export class Refusals {
  #gathered = new Map<string, Refused>()

  add({ listener, address, reason }: Pick<Refused, 'listener' | 'address' | 'reason'>): void {
    const known = this.#gathered.get(`${listener} ${address} ${reason}`)
    const isKnown = known !== undefined || this.#gathered.size < TOLD_APART
    const key = isKnown ? `${listener} ${address} ${reason}` : `${listener} - ${reason}`
    const entry = known ?? this.#gathered.get(key)
    this.#gathered.set(key, {
      kind: 'refused',
      listener,
      reason,
      times: (entry?.times ?? 0) + 1,
      ...(isKnown && address !== undefined ? { address } : {}),
    })
  }

  take(): readonly Refused[] {
    if (this.#gathered.size === 0) return []
    const gathered = [...this.#gathered.values()]
    this.#gathered = new Map()
    return gathered
  }
}
