import type { Log } from '../../base/log.ts'
import type { FeedEntry, FeedFrame, FeedPosition } from '../../feed/feed.ts'
import { ViewError, type MonitorSource } from '../source.ts'
import type { ViewQuery } from '../../feed/view.ts'

/** Where frames go: a WebSocket or a stream of events. */
export interface FeedSink {
  send(frame: FeedFrame, epoch: string): void
  /** Sent, and not yet taken by the other side. */
  waitingBytes(): number
  /** Tells why, and is gone within a second. */
  close(reason: CloseReason): void
}

export type CloseReason = 'session ended' | 'reads too slowly' | 'asks too much' | 'server stops'

export interface ReaderParts {
  readonly source: MonitorSource
  readonly sink: FeedSink
  readonly log: Log
}

/** More than this isn't kept for one who doesn't read. */
export const MAX_WAITING_BYTES = 1024 * 1024
/** It has caught up when no more than this waits. */
const CAUGHT_UP_BYTES = 64 * 1024
/** Entries in one frame. */
const FRAME_ENTRIES = 500
/** Whoever reads nothing for so long is given up. */
const MAX_BEHIND_SECONDS = 30
/** Requests in a second. */
const MAX_REQUESTS = 20

/**
 * One reader of the feed: it gets a snapshot or what it missed, then each entry once and in order. When it
 * doesn't keep up, nothing is kept for it: it is told later from where it stopped, or of the gap.
 */
export class FeedReader implements Disposable {
  readonly #source: MonitorSource
  readonly #sink: FeedSink
  readonly #log: Log
  #subscription: Disposable | undefined = undefined
  #position: FeedPosition | undefined = undefined
  #isBehind = false
  #behindSeconds = 0
  #requests = 0
  #query: ViewQuery | undefined = undefined
  #isAsking = false
  #isClosed = false

  constructor({ source, sink, log }: ReaderParts) {
    this.#source = source
    this.#sink = sink
    this.#log = log
  }

  get hasStarted(): boolean {
    return this.#subscription !== undefined
  }

  /** Goes on after a position, or begins with a snapshot. */
  start(position: FeedPosition | undefined): void {
    if (this.hasStarted || this.#isClosed) return
    // From here on to the end of this turn nothing new can come in between.
    this.#subscription = this.#source.subscribe((frame) => this.#take(frame))
    if (position === undefined) this.#sendSnapshot()
    else this.#goOn(position)
  }

  watch(query: ViewQuery): void {
    if (this.#isClosed) return
    this.#query = query
    void this.#sendView()
  }

  unwatch(): void {
    this.#query = undefined
  }

  refuse(reason: string): void {
    this.#send({ type: 'refused', reason })
  }

  /** Whether one more request may be made in this second; if not, it is the end. */
  admitsRequest(): boolean {
    this.#requests += 1
    if (this.#requests > MAX_REQUESTS) this.close('asks too much')
    return this.#requests <= MAX_REQUESTS
  }

  everySecond(): void {
    this.#requests = 0
    if (this.#isBehind) this.#catchUp()
    this.#behindSeconds = this.#isBehind ? this.#behindSeconds + 1 : 0
    if (this.#behindSeconds > MAX_BEHIND_SECONDS) this.close('reads too slowly')
    void this.#sendView()
  }

  close(reason: CloseReason): void {
    if (this.#isClosed) return
    this[Symbol.dispose]()
    this.#sink.close(reason)
  }

  [Symbol.dispose](): void {
    this.#isClosed = true
    this.#subscription?.[Symbol.dispose]()
    this.#query = undefined
  }

  #take(frame: FeedFrame): void {
    if (this.#isBehind) return
    if (this.#sink.waitingBytes() > MAX_WAITING_BYTES) {
      this.#isBehind = true
      return
    }
    const position = this.#position
    if (frame.type !== 'entries' || position === undefined) {
      this.#send(frame)
      return
    }
    const first = frame.entries[0]?.seq ?? 0
    if (first === position.seq + 1) this.#sendEntries(frame)
    // What the snapshot had already, or something in between is missing: the source knows.
    else if ((frame.entries.at(-1)?.seq ?? 0) > position.seq) this.#goOn(position)
  }

  #catchUp(): void {
    if (this.#sink.waitingBytes() > CAUGHT_UP_BYTES || this.#position === undefined) return
    this.#isBehind = false
    this.#goOn(this.#position)
  }

  #goOn(position: FeedPosition): void {
    const missed = this.#source.after(position)
    if (missed.kind === 'gap') {
      this.#send({ type: 'gap', missed: missed.missed })
      this.#sendSnapshot()
      return
    }
    this.#position = position
    const { head } = this.#source.snapshot()
    // Always a frame, so that one who comes back hears at once that nothing is missing.
    let start = 0
    do {
      const entries: readonly FeedEntry[] = missed.entries.slice(start, start + FRAME_ENTRIES)
      this.#sendEntries({ type: 'entries', entries, head })
      start += FRAME_ENTRIES
      this.#isBehind =
        start < missed.entries.length && this.#sink.waitingBytes() > MAX_WAITING_BYTES
    } while (start < missed.entries.length && !this.#isBehind)
  }

  #sendSnapshot(): void {
    const snapshot = this.#source.snapshot()
    this.#position = { epoch: snapshot.epoch, seq: snapshot.seq }
    this.#send({ type: 'snapshot', snapshot })
  }

  #sendEntries(frame: Extract<FeedFrame, { type: 'entries' }>): void {
    const epoch = this.#position?.epoch ?? ''
    const seq = frame.entries.at(-1)?.seq ?? this.#position?.seq ?? 0
    this.#position = { epoch, seq }
    this.#send(frame)
  }

  async #sendView(): Promise<void> {
    const query = this.#query
    // One question at a time; a newer one is asked when this is answered.
    if (query === undefined || this.#isAsking) return
    if (this.#sink.waitingBytes() > CAUGHT_UP_BYTES) return
    this.#isAsking = true
    const frame = await this.#ask(query)
    this.#isAsking = false
    if (this.#query !== query) {
      await this.#sendView()
      return
    }
    if (frame.type === 'refused') this.#query = undefined
    this.#send(frame)
  }

  async #ask(query: ViewQuery): Promise<FeedFrame> {
    try {
      return { type: 'view', ...(await this.#source.view(query)) }
    } catch (error) {
      if (error instanceof ViewError) return { type: 'refused', reason: error.message }
      this.#log.error('view failed', { of: query.of, error: String(error) })
      return { type: 'refused', reason: 'The table can not be shown.' }
    }
  }

  #send(frame: FeedFrame): void {
    this.#sink.send(frame, this.#position?.epoch ?? '')
  }
}
