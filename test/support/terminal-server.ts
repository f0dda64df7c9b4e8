import { createServer } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { WebSocketServer } from 'ws'
import type { WebSocket } from 'ws'
import type { FeedEvent, FeedFrame, Head, Snapshot } from '../../src/feed/feed.ts'
import { MEASURES } from '../../src/feed/figures.ts'
import type { Figures } from '../../src/feed/figures.ts'
import type { Role } from '../../src/feed/role.ts'
import type { BanRow, ConnectionRow, FeedRequest, RoomMember } from '../../src/feed/view.ts'
import type { RoomRow, View, ViewQuery } from '../../src/feed/view.ts'
import { FIGURES, START_MS, snapshotOf } from './terminal-facts.ts'

export interface SeenRequest {
  readonly method: string
  readonly path: string
  readonly body: unknown
  readonly authorization: string | undefined
}

export interface Tables {
  readonly connections: readonly ConnectionRow[]
  readonly rooms: readonly RoomRow[]
  readonly bans: readonly BanRow[]
}

export const SECRET = 'the-secret'

/** An admin side that says what the test tells it to, and remembers what it was asked. */
export class FakeAdminServer {
  readonly requests: SeenRequest[] = []
  readonly feedRequests: FeedRequest[] = []
  role: Role = 'admin'
  tables: Tables = { connections: [], rooms: [], bans: [] }
  members: readonly RoomMember[] = []
  head: Head = {
    connections: 1240,
    peakConnections: 1600,
    people: 1234,
    peakPeople: 1500,
    rooms: 52,
    operators: 2,
  }
  figures: Figures = FIGURES
  epoch = 'epoch-1'
  /** Of a certificate: it is https then. */
  tls: { readonly key: string; readonly cert: string } | undefined
  /** Of the last entry. */
  seq = 0
  #entries: Snapshot['entries'] = []
  #server: Server | undefined
  readonly #sockets = new Set<WebSocket>()
  readonly #queries = new Map<WebSocket, ViewQuery>()
  #port = 0

  get url(): string {
    return `${this.tls ? 'https' : 'http'}://127.0.0.1:${this.#port}`
  }

  async start(): Promise<void> {
    const answer = (request: IncomingMessage, response: ServerResponse) =>
      void this.#answer(request, response)
    const server = this.tls ? createTlsServer(this.tls, answer) : createServer(answer)
    const feeds = new WebSocketServer({ noServer: true })
    server.on('upgrade', (request, socket, head) => {
      if (request.headers.authorization !== `Bearer ${SECRET}`) {
        socket.end('HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n')
        return
      }
      feeds.handleUpgrade(request, socket, head, (webSocket) => this.#serve(webSocket))
    })
    await new Promise<void>((resolve) => server.listen(this.#port, '127.0.0.1', resolve))
    this.#port = (server.address() as AddressInfo).port
    this.#server = server
  }

  /** As by a crash: nobody is told. */
  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.terminate()
    this.#sockets.clear()
    this.#server?.closeAllConnections()
    await new Promise((resolve) => this.#server?.close(resolve))
  }

  /** With another epoch, and nothing of before. */
  async startAnew(): Promise<void> {
    this.epoch = `${this.epoch}-again`
    this.seq = 0
    this.#entries = []
    await this.start()
  }

  happen(...events: readonly FeedEvent[]): void {
    const entries = events.map((event) => ({ seq: ++this.seq, atMs: START_MS + this.seq, event }))
    this.#entries = [...this.#entries, ...entries].slice(-200)
    this.#sendAll({ type: 'entries', entries, head: this.head })
  }

  tick(figures: Partial<Figures> = {}): void {
    this.figures = { ...this.figures, atMs: this.figures.atMs + 1000, ...figures }
    this.#sendAll({ type: 'tick', figures: this.figures, head: this.head })
    for (const socket of this.#sockets) this.#sendView(socket)
  }

  seen(method: string, path: string): SeenRequest | undefined {
    return this.requests.findLast((one) => one.method === method && one.path === path)
  }

  #serve(socket: WebSocket): void {
    this.#sockets.add(socket)
    socket.on('close', () => this.#sockets.delete(socket))
    let isFirst = true
    socket.on('message', (data) => {
      const request = JSON.parse(String(data as Buffer)) as FeedRequest
      this.feedRequests.push(request)
      if (isFirst) this.#begin(socket, request)
      isFirst = false
      if (request.type === 'watch') this.#queries.set(socket, request.query)
      if (request.type === 'unwatch') this.#queries.delete(socket)
      this.#sendView(socket)
    })
  }

  #begin(socket: WebSocket, request: FeedRequest): void {
    const { epoch } = this
    if (request.type === 'resume' && request.epoch === epoch) {
      const entries = this.#entries.filter(({ seq }) => seq > request.seq)
      return send(socket, { type: 'entries', entries, head: this.head })
    }
    if (request.type === 'resume') send(socket, { type: 'gap', missed: 'unknown' })
    const now = { head: this.head, figures: this.figures, entries: this.#entries }
    send(socket, { type: 'snapshot', snapshot: snapshotOf({ epoch, seq: this.seq, ...now }) })
  }

  #sendAll(frame: FeedFrame): void {
    for (const socket of this.#sockets) send(socket, frame)
  }

  #sendView(socket: WebSocket): void {
    const query = this.#queries.get(socket)
    if (query !== undefined) send(socket, { type: 'view', ...this.#view(query) })
  }

  #view(query: ViewQuery): View {
    const { filter = '', sort = '', descending, from = 0, count = 500 } = query
    const words = filter.toLowerCase().split(' ').filter(Boolean)
    const fits = (row: object) => {
      const text = JSON.stringify(row).toLowerCase()
      return words.every((word) => text.includes(word))
    }
    const value = (row: object) => (row as Record<string, string | number | undefined>)[sort] ?? ''
    const all: readonly object[] = this.tables[query.of]
    const matching = all.filter(fits).toSorted((a, b) => (value(a) < value(b) ? -1 : 1))
    if (descending) matching.reverse()
    const rows = matching.slice(from, from + count)
    return { of: query.of, rows, total: all.length, matching: matching.length, from } as View
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let text = ''
    for await (const chunk of request) text += String(chunk)
    const { method = '', url = '', headers } = request
    const path = url.replace('/api/v1', '')
    const body: unknown = text === '' ? undefined : JSON.parse(text)
    const { authorization } = headers
    this.requests.push({ method, path, body, authorization })
    const [status, answer] = this.#answerTo(`${method} ${path}`, { body, authorization })
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer))
  }

  #answerTo(
    asked: string,
    { body, authorization }: { body: unknown; authorization: string | undefined },
  ): [status: number, answer: object] {
    const identity = { name: 'mina', role: this.role, via: 'session', id: 's1' }
    if (asked === 'GET /first') return [200, { open: false }]
    if (asked === 'POST /session') {
      const { name, password } = body as { name: string; password: string }
      if (name !== 'mina' || password !== 'correct horse') return refused(401, 'wrong')
      return [200, { identity, expiresAtMs: START_MS, secret: SECRET }]
    }
    if (authorization !== `Bearer ${SECRET}`) return refused(401, 'That is not valid, or no more.')
    if (asked === 'GET /session') return [200, { identity }]
    if (asked.startsWith('GET /series')) return [200, seriesOf(this.figures)]
    if (asked.endsWith('/members')) return [200, this.members]
    return asked.startsWith('GET ') ? refused(404, 'not here') : [200, { target: 'it' }]
  }
}

function refused(status: number, text: string): [number, object] {
  return [status, { error: { code: text, text } }]
}

function send(socket: WebSocket, frame: FeedFrame): void {
  socket.send(JSON.stringify(frame))
}

function seriesOf(figures: Figures): object {
  const column = Array.from({ length: 120 }, (_, i) => Math.round(60 + 60 * Math.sin(i / 7)))
  const columns = Object.fromEntries(MEASURES.map((measure) => [measure, column]))
  return { stepMs: 1000, startMs: figures.atMs - 120_000, columns }
}
