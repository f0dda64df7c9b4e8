import type { FeedEntry, FeedEvent, FeedPosition, Head } from '../feed/feed.ts'

export interface EventFeedOptions {
  /** Of this start of the server; never the same twice. */
  readonly epoch: string
  readonly now: () => number
  /** What goes along with entries, asked when they leave. */
  readonly head: () => Head
  /** How many entries are kept for those who come back. */
  readonly kept?: number
}

export interface EntriesFrame {
  readonly type: 'entries'
  readonly entries: readonly FeedEntry[]
  readonly head: Head
}

export type After =
  | { readonly kind: 'entries'; readonly entries: readonly FeedEntry[] }
  | { readonly kind: 'gap'; readonly missed: number | 'unknown' }

/** A storm of 2,000 who come, join, leave and go is 10,000 entries: it fits three times. */
const KEPT = 32_768
/** A storm is told in frames, not line by line. */
const GATHER_MS = 100

/** The one ordered stream of what happens: numbered, kept for a while, and told to all who listen in frames that they share. */
export class EventFeed {
  readonly #options: EventFeedOptions
  readonly #kept: number
  /** Entry number `seq` is at `seq % #kept`. */
  readonly #ring: FeedEntry[] = []
  readonly #listeners = new Set<(frame: EntriesFrame) => void>()
  #seq = 0
  /** The last that the listeners were told. */
  #toldSeq = 0
  #timer: NodeJS.Timeout | undefined = undefined

  constructor(options: EventFeedOptions) {
    this.#options = options
    this.#kept = options.kept ?? KEPT
  }

  get position(): FeedPosition {
    return { epoch: this.#options.epoch, seq: this.#seq }
  }

  put(event: FeedEvent): void {
    const seq = ++this.#seq
    this.#ring[seq % this.#kept] = { seq, atMs: this.#options.now(), event }
    if (this.#listeners.size === 0 || this.#timer !== undefined) return
    this.#timer = setTimeout(() => this.flush(), GATHER_MS)
    this.#timer.unref()
  }

  /** The newest, oldest first. */
  latest(count: number): readonly FeedEntry[] {
    return this.#since(Math.max(0, this.#seq - Math.min(count, this.#kept)))
  }

  after({ epoch, seq }: FeedPosition): After {
    if (epoch !== this.#options.epoch || seq > this.#seq) return { kind: 'gap', missed: 'unknown' }
    const gone = this.#seq - this.#kept - seq
    return gone > 0 ? { kind: 'gap', missed: gone } : { kind: 'entries', entries: this.#since(seq) }
  }

  /** What has happened so far is not told: whoever needs it takes it with `latest` or `after` in the same breath. */
  subscribe(listener: (frame: EntriesFrame) => void): Disposable {
    this.flush()
    this.#listeners.add(listener)
    return { [Symbol.dispose]: () => void this.#listeners.delete(listener) }
  }

  /** Tells the listeners at once. */
  flush(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    const entries =
      this.#listeners.size === 0 ? [] : this.#since(Math.max(this.#toldSeq, this.#seq - this.#kept))
    this.#toldSeq = this.#seq
    if (entries.length === 0) return
    const frame: EntriesFrame = { type: 'entries', entries, head: this.#options.head() }
    for (const listener of this.#listeners) listener(frame)
  }

  #since(seq: number): FeedEntry[] {
    const entries: FeedEntry[] = []
    for (let next = seq + 1; next <= this.#seq; next++) {
      const entry = this.#ring[next % this.#kept]
      if (entry !== undefined) entries.push(entry)
    }
    return entries
  }
}
