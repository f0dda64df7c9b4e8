import type { Clock } from '../../../../base/clock.ts'
import type {
  Client,
  ClientParts,
  ClientSettings,
  Order,
  Proof,
  ProofQuestion,
  Turn,
} from '../../../../client/turn.ts'
import type { ToWorker } from '../../state/worker-messages.ts'
import type { Kept } from './kept.ts'
import { LineFlow } from './line-flow.ts'
import { PageFeed, type Page } from './page-feed.ts'

export interface NetworkHostParts {
  readonly createClient: (parts: ClientParts) => Client
  readonly prove: (question: ProofQuestion) => Promise<Proof | undefined>
  readonly openSocket: (url: string) => WebSocket
  readonly kept: Kept
  readonly clock: Clock
  readonly random: () => number
}

/** The network of one browser: the client, its socket and timer, and the pages that look at it. */
export class NetworkHost {
  readonly #parts: NetworkHostParts
  readonly #pages = new Map<Page, PageFeed>()
  #client: Client | undefined = undefined
  #url = ''
  /** Of whoever has come in, or is about to. */
  #settings = ''
  /** Whether what was to be kept until now is; rejects never. */
  #isKept: Promise<boolean> = Promise.resolve(true)
  #isParked = false
  #socket: WebSocket | undefined = undefined
  #timer: ReturnType<typeof setTimeout> | undefined = undefined
  #wakeAtMs = Number.POSITIVE_INFINITY

  constructor(parts: NetworkHostParts) {
    this.#parts = parts
  }

  heard(page: Page, message: ToWorker): void {
    switch (message.kind) {
      case 'hello':
        this.#welcome(page)
        break
      case 'begin':
        void this.#begin(message.url, message.settings)
        break
      case 'intent':
        this.#take(page, message)
        break
      case 'heard':
        this.#pages.get(page)?.heard()
        break
      case 'end':
        void this.#end()
        break
      case 'bye':
        this.#pages.delete(page)
        if (this.#pages.size === 0) this.#park()
        break
    }
  }

  #welcome(page: Page): void {
    const feed = new PageFeed(page, () => this.#client?.snapshot())
    this.#pages.set(page, feed)
    feed.begin()
    if (this.#client === undefined || !this.#isParked) return
    this.#isParked = false
    this.#connect()
  }

  #take(page: Page, { intent, receipt }: Extract<ToWorker, { readonly kind: 'intent' }>): void {
    if (this.#client === undefined) return
    this.#run(this.#client.intent(intent))
    if (receipt === undefined) return
    void this.#isKept.then((isKept) => {
      if (isKept) this.#pages.get(page)?.kept(receipt)
    })
  }

  /** Nobody looks: a browser may end the worker at any time now, and whoever comes back wants the name to be free. */
  #park(): void {
    if (this.#client === undefined) return
    this.#isParked = true
    this.#run(this.#client.intent({ kind: 'disconnect' }))
  }

  async #begin(url: string, settings: ClientSettings): Promise<void> {
    const text = JSON.stringify(settings)
    // Pages that are opened together, as when a browser starts, all bring the same person.
    if (text === this.#settings && !this.#isAsking()) return this.#connect()
    this.#settings = text
    this.#drop()
    const { createClient, clock, random, kept } = this.#parts
    const entries = await kept.entriesOf(whoIs(settings))
    if (text !== this.#settings) return
    const client = createClient({ settings, clock, random })
    this.#client = client
    this.#url = url
    this.#isParked = false
    this.#wakeAtMs = Number.POSITIVE_INFINITY
    const restored = client.restored(entries)
    for (const feed of this.#pages.values()) feed.begin()
    this.#run({ ...restored, changes: [] })
    this.#connect()
  }

  #connect(): void {
    if (this.#client !== undefined) this.#run(this.#client.intent({ kind: 'connect' }))
  }

  #isAsking(): boolean {
    return this.#client?.snapshot().model.connection.state === 'asking'
  }

  async #end(): Promise<void> {
    const client = this.#client
    this.#settings = ''
    if (client !== undefined) this.#run(client.intent({ kind: 'disconnect' }))
    this.#drop()
    await this.#parts.kept.forget().catch(() => undefined)
    for (const feed of this.#pages.values()) feed.begin()
  }

  #drop(): void {
    this.#client = undefined
    clearTimeout(this.#timer)
    const socket = this.#socket
    this.#socket = undefined
    socket?.close()
  }

  #run({ orders, changes, wakeAtMs }: Turn): void {
    for (const order of orders) this.#carryOut(order)
    if (changes.length > 0) for (const feed of this.#pages.values()) feed.tell(changes)
    if (wakeAtMs !== undefined) this.#wakeBy(wakeAtMs)
  }

  #carryOut(order: Order): void {
    switch (order.kind) {
      case 'open':
        this.#open()
        break
      case 'send':
        // One message a line: https://ircv3.net/specs/extensions/websocket
        for (const line of order.lines) this.#socket?.send(line)
        break
      case 'close':
        this.#close()
        break
      case 'store':
        this.#isKept = this.#parts.kept.put(order.key, order.value)
        break
      case 'prove':
        void this.#prove(order.id, order.question)
        break
      case 'secure':
        // The browser has its own way to that: the page itself came over what it came over.
        break
    }
  }

  #open(): void {
    this.#close()
    const client = this.#client
    if (client === undefined) return
    const socket = this.#parts.openSocket(this.#url)
    const isCurrent = (): boolean => socket === this.#socket
    const flow = new LineFlow(this.#parts.clock, (lines) => {
      if (isCurrent()) this.#run(client.received(lines))
    })
    this.#socket = socket
    socket.addEventListener('open', () => {
      // TLS, or this machine alone: https://w3c.github.io/webappsec-secure-contexts/
      if (isCurrent()) this.#run(client.opened({ isSecure: isSecureContext }))
    })
    socket.addEventListener('message', ({ data }) => {
      if (typeof data === 'string') flow.push(data)
    })
    socket.addEventListener('close', ({ reason }) => {
      flow.flush()
      if (!isCurrent()) return
      this.#socket = undefined
      this.#run(client.closed(reason))
    })
  }

  #close(): void {
    const socket = this.#socket
    this.#socket = undefined
    socket?.close()
  }

  async #prove(id: number, question: ProofQuestion): Promise<void> {
    const client = this.#client
    const proof = await this.#parts.prove(question).catch(() => undefined)
    if (client !== undefined && client === this.#client) this.#run(client.proved(id, proof))
  }

  #wakeBy(atMs: number): void {
    clearTimeout(this.#timer)
    this.#wakeAtMs = atMs
    this.#timer = setTimeout(
      () => {
        if (this.#client !== undefined) this.#run(this.#client.tick())
      },
      Math.max(0, this.#wakeAtMs - this.#parts.clock.monotonic()),
    )
  }
}

/** What is kept of one is not for another. */
function whoIs({ nick, login }: ClientSettings): string {
  return login?.account === undefined ? `guest ${nick}` : `account ${login.account}`
}
