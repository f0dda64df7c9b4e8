import { WebSocket } from 'ws'
import type { Clock } from '../base/clock.ts'
import { SESSION_ENDED, type FeedFrame, type FeedPosition } from '../feed/feed.ts'
import type { FeedRequest, ViewQuery } from '../feed/view.ts'
import { reasonOf } from './admin-client.ts'
import type { AdminServer } from './admin-client.ts'
import type { Link } from './dashboard-state.ts'

export interface FeedOptions {
  readonly server: AdminServer
  readonly secret: string
  readonly clock: Clock
  /** From 0 up to 1. */
  readonly random: () => number
  /** What we have, to go on from there. */
  readonly position: () => FeedPosition | undefined
  readonly onFrame: (frame: FeedFrame) => void
  readonly onLink: (link: Link) => void
}

const FIRST_WAIT_MS = 500
const LONGEST_WAIT_MS = 10_000
/** A tick comes each second: whoever is silent for so long is away, whatever TCP thinks. */
const SILENCE_MS = 6000
/** Of a frame: the largest table and then some. */
const MAX_FRAME_BYTES = 16 * 2 ** 20

/** How long to wait before the try after so many failed ones: doubled each time, and half of it by chance. */
export function waitMs(failures: number, random: () => number): number {
  const full = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** failures)
  return full / 2 + (full / 2) * random()
}

/** The feed over a WebSocket: comes back by itself after a break, and says what it knows of that. */
export class FeedClient implements Disposable {
  readonly #options: FeedOptions
  #socket: WebSocket | undefined
  #query: ViewQuery | undefined
  #failures = 0
  #isClosed = false
  #isSilent = false
  #retry: NodeJS.Timeout | undefined
  #silence: NodeJS.Timeout | undefined

  constructor(options: FeedOptions) {
    this.#options = options
    this.#connect()
  }

  /** What is watched from now on, over breaks, too. */
  watch(query: ViewQuery | undefined): void {
    this.#query = query
    this.#send(this.#watching())
  }

  [Symbol.dispose](): void {
    this.#isClosed = true
    clearTimeout(this.#retry)
    clearTimeout(this.#silence)
    this.#socket?.terminate()
  }

  #connect(): void {
    const { server, secret } = this.#options
    const url = new URL('/api/v1/feed/socket', server.url)
    url.protocol = server.url.protocol === 'https:' ? 'wss:' : 'ws:'
    const socket = new WebSocket(url, {
      ...server.trust,
      headers: { authorization: `Bearer ${secret}` },
      handshakeTimeout: SILENCE_MS,
      maxPayload: MAX_FRAME_BYTES,
      perMessageDeflate: false,
    })
    this.#socket = socket
    let reason = 'closed'
    socket.on('open', () => this.#opened())
    socket.on('message', (data) => this.#heard(String(data as Buffer)))
    socket.on('error', (error) => (reason = reasonOf(error)))
    socket.on('unexpected-response', (_, { statusCode = 0 }) => {
      reason = `HTTP ${statusCode}`
      if (statusCode === 401 || statusCode === 403) this.#shutOut()
      socket.terminate()
    })
    socket.on('close', (code, said) => {
      if (code === SESSION_ENDED) this.#shutOut()
      this.#lost(said.length > 0 ? String(said) : reason)
    })
  }

  #opened(): void {
    const position = this.#options.position()
    if (position !== undefined) this.#send({ type: 'resume', ...position })
    this.#send(this.#watching())
    this.#listen()
  }

  #watching(): FeedRequest {
    return this.#query === undefined ? { type: 'unwatch' } : { type: 'watch', query: this.#query }
  }

  #send(request: FeedRequest): void {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(request))
  }

  #heard(text: string): void {
    if (this.#isClosed) return
    this.#listen()
    const frame = frameOf(text)
    if (frame === undefined) return
    // It is really there when it talks, not when it takes the connection.
    if (this.#failures !== -1) {
      this.#failures = -1
      this.#options.onLink({ kind: 'live' })
    }
    this.#options.onFrame(frame)
  }

  #listen(): void {
    clearTimeout(this.#silence)
    this.#silence = setTimeout(() => {
      this.#isSilent = true
      this.#socket?.terminate()
    }, SILENCE_MS)
  }

  #lost(reason: string): void {
    clearTimeout(this.#silence)
    if (this.#isClosed) return
    const { clock, random, onLink } = this.#options
    this.#failures = Math.max(0, this.#failures + 1)
    onLink({ kind: 'away', sinceMs: clock.now(), reason: this.#isSilent ? 'ETIMEDOUT' : reason })
    this.#isSilent = false
    this.#retry = setTimeout(() => this.#connect(), waitMs(this.#failures, random))
  }

  #shutOut(): void {
    if (this.#isClosed) return
    this.#isClosed = true
    this.#options.onLink({ kind: 'shut out' })
  }
}

/** Frames of a newer server that we don't know are no reason to break. */
function frameOf(text: string): FeedFrame | undefined {
  try {
    const frame = JSON.parse(text) as FeedFrame
    return KNOWN.has(frame.type) ? frame : undefined
  } catch {
    return undefined
  }
}

const KNOWN: ReadonlySet<string> = new Set<FeedFrame['type']>([
  'snapshot',
  'entries',
  'tick',
  'gap',
  'view',
  'refused',
])
