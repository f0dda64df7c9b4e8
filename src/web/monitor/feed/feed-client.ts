import type { Clock } from '../../../base/clock.ts'
import type { FeedFrame, FeedPosition } from '../../../feed/feed.ts'
import type { FeedRequest, ViewQuery } from '../../../feed/view.ts'
import { backoffMs } from '../state/backoff.ts'
import type { Link } from '../state/monitor-state.ts'

/** The part of a browser's WebSocket that is needed. */
export interface FeedSocket {
  onopen: (() => void) | null
  onmessage: ((message: { readonly data: unknown }) => void) | null
  onclose: (() => void) | null
  send(text: string): void
  close(): void
}

export interface FeedClientOptions {
  readonly open: () => FeedSocket
  readonly clock: Clock
  /** From 0 to 1. */
  readonly random: () => number
  /** Returns what calls it off. */
  readonly schedule: (run: () => void, afterMs: number) => () => void
  /** The position to go on from, if there is one. */
  readonly position: () => FeedPosition | undefined
  readonly onFrame: (frame: FeedFrame) => void
  readonly onLink: (link: Link) => void
  /** Asked before each new try: false when there is no right any more, and trying has no point. */
  readonly mayReturn: () => Promise<boolean>
}

/** A tick comes each second: one that is silent for so long is gone, whatever its socket says. */
const SILENCE_MS = 6000
/** Tables are asked for at most this often; the server ends who asks 20 times in a second. */
const BETWEEN_QUERIES_MS = 120

/**
 * The feed over a WebSocket that comes back by itself, and goes on where it was. What is watched stays
 * watched over a break.
 */
export class FeedClient {
  readonly #options: FeedClientOptions
  #socket: FeedSocket | undefined = undefined
  #callOff: (() => void) | undefined = undefined
  #callOffQuery: (() => void) | undefined = undefined
  #query: ViewQuery | undefined = undefined
  #askedAtMs = Number.NEGATIVE_INFINITY
  #heardAtMs = 0
  #awaySinceMs: number | undefined = undefined
  #attempt = 0
  #isLive = false
  #isClosed = false

  constructor(options: FeedClientOptions) {
    this.#options = options
    this.#open()
  }

  /** Replaces what was watched before; `undefined`: nothing. */
  watch(query: ViewQuery | undefined): void {
    this.#query = query
    if (this.#callOffQuery !== undefined) return
    const waitMs = this.#askedAtMs + BETWEEN_QUERIES_MS - this.#options.clock.monotonic()
    if (waitMs <= 0) this.#sendQuery()
    else {
      this.#callOffQuery = this.#options.schedule(() => {
        this.#callOffQuery = undefined
        this.#sendQuery()
      }, waitMs)
    }
  }

  close(): void {
    this.#isClosed = true
    this.#callOff?.()
    this.#callOffQuery?.()
    this.#drop()
  }

  #open(): void {
    if (this.#isClosed) return
    const socket = this.#options.open()
    this.#socket = socket
    this.#heardAtMs = this.#options.clock.monotonic()
    socket.onopen = () => this.#begin()
    socket.onmessage = ({ data }) => this.#take(data)
    socket.onclose = () => this.#lost()
    this.#listen()
  }

  #begin(): void {
    const position = this.#options.position()
    if (position !== undefined) this.#send({ type: 'resume', ...position })
    this.#sendQuery()
  }

  #sendQuery(): void {
    this.#askedAtMs = this.#options.clock.monotonic()
    this.#send(
      this.#query === undefined ? { type: 'unwatch' } : { type: 'watch', query: this.#query },
    )
  }

  #send(request: FeedRequest): void {
    // A socket that isn't open yet, or any more, throws: `#begin` will say it.
    try {
      this.#socket?.send(JSON.stringify(request))
    } catch {}
  }

  #take(data: unknown): void {
    this.#heardAtMs = this.#options.clock.monotonic()
    const frame = JSON.parse(String(data)) as FeedFrame
    this.#options.onFrame(frame)
    if (this.#isLive) return
    this.#isLive = true
    this.#attempt = 0
    this.#awaySinceMs = undefined
    this.#options.onLink({ kind: 'live', sinceMs: this.#options.clock.now() })
  }

  #listen(): void {
    this.#callOff?.()
    this.#callOff = this.#options.schedule(() => {
      if (this.#options.clock.monotonic() - this.#heardAtMs >= SILENCE_MS) this.#lost()
      else this.#listen()
    }, SILENCE_MS / 2)
  }

  #lost(): void {
    if (this.#isClosed) return
    this.#drop()
    this.#isLive = false
    const { clock, random, onLink, schedule } = this.#options
    const now = clock.now()
    this.#awaySinceMs ??= now
    const waitMs = backoffMs(this.#attempt, random())
    this.#attempt += 1
    onLink({ kind: 'away', sinceMs: this.#awaySinceMs, retryAtMs: now + waitMs })
    this.#callOff?.()
    this.#callOff = schedule(() => void this.#return(), waitMs)
  }

  async #return(): Promise<void> {
    if (await this.#options.mayReturn()) this.#open()
  }

  #drop(): void {
    const socket = this.#socket
    this.#socket = undefined
    if (socket === undefined) return
    socket.onopen = null
    socket.onmessage = null
    socket.onclose = null
    socket.close()
  }
}
