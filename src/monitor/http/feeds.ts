import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer, type WebSocket } from 'ws'
import type { Log } from '../../base/log.ts'
import type { Access, Identity } from '../access.ts'
import type { FeedPosition } from '../../feed/feed.ts'
import type { MonitorSource } from '../source.ts'
import { FeedReader, type FeedSink } from './feed-reader.ts'
import { feedRequest } from './feed-request.ts'
import { eventSink, socketSink } from './feed-sinks.ts'
import { createFrameTexts } from './frame-texts.ts'
import { refusal } from './refusal.ts'

export interface FeedsOptions {
  readonly source: MonitorSource
  readonly access: Access
  readonly log: Log
}

/** So many read at once. */
export const MAX_FEEDS = 64
export const TOO_MANY_FEEDS = {
  ...refusal(503, 'too many readers', `There are ${MAX_FEEDS} readers of the feed already.`),
  retryAfterMs: 10_000,
}

/** Whoever may ask for where to go on has so long to do it. */
const RESUME_MS = 1000
const IN_USE_MS = 60_000
const MAX_REQUEST_BYTES = 16 * 1024
const MAX_FRAGMENTS = 64

/** All who read the feed, and the second that their tables are renewed in. */
export class Feeds implements Disposable {
  readonly #options: FeedsOptions
  readonly #readers = new Map<FeedReader, Identity>()
  readonly #texts = createFrameTexts()
  readonly #webSockets = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    maxPayload: MAX_REQUEST_BYTES,
    maxFragments: MAX_FRAGMENTS,
  })
  /** Only while somebody reads. */
  #endings: Disposable | undefined = undefined
  #timer: NodeJS.Timeout | undefined = undefined

  constructor(options: FeedsOptions) {
    this.#options = options
  }

  get isFull(): boolean {
    return this.#readers.size >= MAX_FEEDS
  }

  /** As server-sent events, from the position that the header `Last-Event-ID` names. */
  openEvents(
    request: IncomingMessage,
    response: ServerResponse,
    { identity, headers }: { identity: Identity; headers: Readonly<Record<string, string>> },
  ): void {
    request.socket.setTimeout(0)
    request.socket.setNoDelay(true)
    response.writeHead(200, {
      ...headers,
      'content-type': 'text/event-stream; charset=utf-8',
      // Nothing else is asked on a connection that ends with its session.
      connection: 'close',
      // A proxy in front must not gather it. https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_buffering
      'x-accel-buffering': 'no',
    })
    response.flushHeaders()
    const reader = this.#add(eventSink(response, this.#texts), identity)
    response.on('error', () => {})
    response.on('close', () => this.#remove(reader))
    reader.start(positionOf(request.headers['last-event-id']))
  }

  openSocket(
    request: IncomingMessage,
    socket: Duplex,
    { head, identity, renew }: { head: Buffer; identity: Identity; renew: () => void },
  ): void {
    this.#webSockets.handleUpgrade(request, socket, head, (webSocket) =>
      this.#serve(webSocket, identity, renew),
    )
  }

  [Symbol.dispose](): void {
    for (const reader of this.#readers.keys()) {
      reader.close('server stops')
      this.#remove(reader)
    }
    this.#webSockets.close()
  }

  #serve(webSocket: WebSocket, identity: Identity, renew: () => void): void {
    const reader = this.#add(socketSink(webSocket, this.#texts), identity)
    const timer = setTimeout(() => reader.start(undefined), RESUME_MS)
    // Who looks at a dashboard uses their session, though nothing is asked for.
    const use = setInterval(renew, IN_USE_MS)
    webSocket.on('error', () => {})
    webSocket.on('close', () => {
      clearTimeout(timer)
      clearInterval(use)
      this.#remove(reader)
    })
    webSocket.on('message', (data, isBinary) => {
      if (!reader.admitsRequest()) return
      clearTimeout(timer)
      // `nodebuffer` is what `ws` gives unless it is told otherwise.
      takeRequest(reader, isBinary ? '' : (data as Buffer).toString())
    })
  }

  #add(sink: FeedSink, identity: Identity): FeedReader {
    const { source, access, log } = this.#options
    const reader = new FeedReader({ source, sink, log })
    this.#readers.set(reader, identity)
    this.#endings ??= access.onEnded((id) => this.#end(id))
    this.#timer ??= setInterval(() => {
      for (const one of this.#readers.keys()) one.everySecond()
    }, 1000)
    return reader
  }

  #remove(reader: FeedReader): void {
    reader[Symbol.dispose]()
    this.#readers.delete(reader)
    if (this.#readers.size > 0) return
    this.#endings?.[Symbol.dispose]()
    this.#endings = undefined
    clearInterval(this.#timer)
    this.#timer = undefined
  }

  #end(id: string): void {
    for (const [reader, identity] of this.#readers) {
      if (identity.id !== id) continue
      reader.close('session ended')
      this.#remove(reader)
    }
  }
}

function takeRequest(reader: FeedReader, text: string): void {
  const asked = feedRequest(text)
  if (asked.kind === 'request' && asked.request.type === 'resume') {
    if (reader.hasStarted) reader.refuse('resume: only as the first')
    else reader.start({ epoch: asked.request.epoch, seq: asked.request.seq })
    return
  }
  reader.start(undefined)
  if (asked.kind === 'nonsense') reader.refuse(asked.reason)
  else if (asked.request.type === 'watch') reader.watch(asked.request.query)
  else reader.unwatch()
}

/** `epoch.seq`; undefined for none, and for what is none. */
function positionOf(lastEventId: string | string[] | undefined): FeedPosition | undefined {
  const [, epoch, seq] = /^(.{1,100})\.([0-9]{1,15})$/.exec(String(lastEventId ?? '')) ?? []
  return epoch === undefined ? undefined : { epoch, seq: Number(seq) }
}
