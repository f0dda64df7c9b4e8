import { once } from 'node:events'
import { setTimeout as later } from 'node:timers/promises'
import { WebSocket } from 'ws'
import type { FeedEntry, FeedFrame, FeedPosition, Head } from '../../src/feed/feed.ts'
import type { FeedRequest } from '../../src/feed/view.ts'
import type { ServerProcess } from './server.ts'
import { PATIENCE_MS } from './patience.ts'

/** Makes the first operator with the link that the server says, and signs in. */
export async function signInFirst(server: ServerProcess): Promise<Monitor> {
  const code = await firstCode(server)
  const base = `http://127.0.0.1:${server.portOf('admin')}`
  const response = await fetch(`${base}/api/v1/first`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ code, name: 'mina', password: 'a long password', as: 'bearer' }),
  })
  const { secret } = (await response.json()) as { secret: string }
  return new Monitor(base, secret)
}

/** It is said on standard error, soon after the log says that the server is ready. */
export async function firstCode(server: ServerProcess): Promise<string> {
  const deadlineMs = performance.now() + PATIENCE_MS
  for (;;) {
    const code = /#first=(\S+)/.exec(server.errors)?.[1]
    if (code !== undefined) return code
    if (performance.now() > deadlineMs) throw new Error(`no first link: ${server.errors}`)
    await later(5)
  }
}

/** The admin side of a real server, as one operator sees it. */
export class Monitor {
  readonly #base: string
  readonly #headers: Readonly<Record<string, string>>

  constructor(base: string, secret: string) {
    this.#base = base
    this.#headers = { authorization: `Bearer ${secret}` }
  }

  async get<Answer>(path: string): Promise<Answer> {
    const response = await fetch(`${this.#base}/api/v1${path}`, { headers: this.#headers })
    return (await response.json()) as Answer
  }

  /** The text of a page that needs no API. */
  async text(path: string): Promise<string> {
    return (await fetch(`${this.#base}${path}`)).text()
  }

  /** Resolves with the status and what was answered. */
  async ask(method: string, path: string, body?: object): Promise<[number, unknown]> {
    const response = await fetch(`${this.#base}/api/v1${path}`, {
      method,
      headers: { ...this.#headers, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    return [response.status, await response.json()]
  }

  async read(from?: FeedPosition): Promise<FeedReader> {
    const url = `${this.#base.replace('http', 'ws')}/api/v1/feed/socket`
    const socket = new WebSocket(url, { headers: { ...this.#headers } })
    const reader = new FeedReader(socket)
    await once(socket, 'open')
    if (from !== undefined) reader.send({ type: 'resume', ...from })
    return reader
  }
}

/** All that a reader of the feed was told. */
export class FeedReader implements Disposable {
  readonly frames: FeedFrame[] = []
  readonly #socket: WebSocket

  constructor(socket: WebSocket) {
    this.#socket = socket
    socket.on('message', (data) =>
      this.frames.push(JSON.parse((data as Buffer).toString()) as FeedFrame),
    )
    socket.on('error', () => {})
  }

  /** Those of the snapshot, too. */
  get entries(): FeedEntry[] {
    return this.frames.flatMap((frame) => {
      if (frame.type === 'snapshot') return frame.snapshot.entries
      return frame.type === 'entries' ? frame.entries : []
    })
  }

  get head(): Head | undefined {
    const frame = this.frames.findLast(
      ({ type }) => type === 'tick' || type === 'entries' || type === 'snapshot',
    )
    if (frame?.type === 'snapshot') return frame.snapshot.head
    return frame?.type === 'tick' || frame?.type === 'entries' ? frame.head : undefined
  }

  send(request: FeedRequest): void {
    this.#socket.send(JSON.stringify(request))
  }

  async until(isIt: (reader: this) => boolean): Promise<void> {
    const deadlineMs = performance.now() + PATIENCE_MS
    while (!isIt(this)) {
      if (performance.now() > deadlineMs) throw new Error(`the feed never said so: ${this.#last()}`)
      await later(5)
    }
  }

  [Symbol.dispose](): void {
    this.#socket.terminate()
  }

  #last(): string {
    return JSON.stringify(this.frames.slice(-3)).slice(0, 2000)
  }
}
