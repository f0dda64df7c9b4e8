import { connect, type Socket, type TcpNetConnectOpts } from 'node:net'
import { test } from 'node:test'
import { connect as connectTls, TLSSocket, type ConnectionOptions } from 'node:tls'
import { generate } from 'selfsigned'
import type {
  Closed,
  Completion,
  ConnectionId,
  Engine,
  ListenSpec,
  Opened,
  TlsMaterial,
  Trouble,
} from '../../src/io/engine.ts'
import type { EngineOptions } from '../../src/io/in-thread.ts'
import { DEFAULT_LIMITS, type EdgeLimits } from '../../src/protocol/limits.ts'
import { becomes } from '../support/hostile.ts'

export type MakeEngine = (options: EngineOptions) => Engine

export interface Contract {
  /** Of the implementation. */
  readonly name: string
  readonly make: MakeEngine
}

const MIB = 1024 * 1024

/** Limits that no test reaches by chance. What a test is about it sets itself. */
const ROOMY: EdgeLimits = {
  ...DEFAULT_LIMITS.edge,
  lineBurst: 1_000_000,
  byteBurst: 1024 * MIB,
  sendQueueBytes: 256 * MIB,
  slowReaderBytes: 256 * MIB,
  registrationBytes: 1024 * MIB,
  registrationLines: 1_000_000,
}

/** One fact of the contract, on an engine of its own. */
export function fact(
  { name, make }: Contract,
  what: string,
  run: (stage: Stage) => Promise<void>,
  limits: Partial<EdgeLimits> = {},
): void {
  test(`ENGINE - ${name}: ${what}`, async () => {
    await using stage = new Stage(make, limits)
    await run(stage)
  })
}

/** Somebody who is connected, seen from both ends. */
export interface Guest {
  readonly id: ConnectionId
  readonly opened: Opened
  readonly caller: Caller
}

/** The engine under test, a core that only takes notes, and the clients. */
export class Stage implements AsyncDisposable {
  readonly engine: Engine
  /** All completions, in their order. */
  readonly heard: Completion[] = []
  readonly troubles: Trouble[] = []
  /** What the core does about a completion, within the turn. */
  react: (completion: Completion) => void = () => {}
  readonly #openedByPort = new Map<number, Opened>()
  readonly #callers: Caller[] = []

  constructor(make: MakeEngine, limits: Partial<EdgeLimits> = {}) {
    this.engine = make({
      limits: { ...ROOMY, ...limits },
      prices: new Map(),
      trouble: (trouble) => this.troubles.push(trouble),
      onCompletions: (batch) => {
        for (const completion of batch) this.#hear(completion)
      },
    })
  }

  /** A plain listener on any port, or what `spec` says; resolves with its port. */
  async listen(spec: Partial<ListenSpec> = {}): Promise<number> {
    const standard = { name: 'plain', kind: 'plain', host: '127.0.0.1', port: 0 } as const
    return (await this.engine.listen({ ...standard, ...spec })).port
  }

  /** A client that nobody has waited for at the other end. */
  async dial(port: number, options: Partial<TcpNetConnectOpts> = {}): Promise<Caller> {
    const socket = connect({ host: '127.0.0.1', port, noDelay: true, ...options })
    return this.#called(socket, 'connect')
  }

  async dialTls(port: number, options: ConnectionOptions = {}): Promise<Caller> {
    const to = { host: '127.0.0.1', port, rejectUnauthorized: false }
    return this.#called(connectTls({ ...to, ...options }), 'secureConnect')
  }

  /** A stranger. */
  async enter(port: number): Promise<Guest> {
    return this.met(await this.dial(port))
  }

  /** So many clients of class 1. */
  async meet(port: number, count: number): Promise<Guest[]> {
    const guests = await Promise.all(Array.from({ length: count }, () => this.enter(port)))
    for (const { id } of guests) this.engine.classify(id, 1)
    await Promise.all(guests.map((guest) => this.told(guest)))
    for (const { caller } of guests) caller.text = ''
    return guests
  }

  async met(caller: Caller): Promise<Guest> {
    const port = caller.socket.localPort ?? 0
    await becomes(() => this.#openedByPort.has(port), `opened for port ${port}`)
    const opened = this.#openedByPort.get(port)
    if (opened === undefined) throw new Error('unreachable')
    // Another caller may have the same port, to another listener.
    this.#openedByPort.delete(port)
    return { id: opened.connection, opened, caller }
  }

  /** The lines of a connection, with `!fault` where a line was not handed over. */
  linesOf(id: ConnectionId): string[] {
    return this.heard.flatMap((completion) => {
      if (completion.connection !== id) return []
      if (completion.kind === 'lines') return completion.lines
      return completion.kind === 'malformed' ? [`!${completion.fault}`] : []
    })
  }

  async hears(id: ConnectionId, last: string): Promise<void> {
    await becomes(() => this.linesOf(id).at(-1) === last, `line ${last}`)
  }

  closings(id: ConnectionId): Closed[] {
    return this.heard.filter((each) => each.kind === 'closed').filter((e) => e.connection === id)
  }

  async closed(id: ConnectionId): Promise<Closed> {
    await becomes(() => this.closings(id).length > 0, `the end of ${id}`)
    const [closed] = this.closings(id)
    if (closed === undefined) throw new Error('unreachable')
    return closed
  }

  /** All that was submitted before has been obeyed, and written to `guest`. */
  async told({ id, caller }: Guest): Promise<void> {
    const mark = `:mark-${++marks}\r\n`
    this.engine.send(id, mark)
    await caller.receives(mark)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const { socket } of this.#callers) {
      // A reset leaves no port behind that is waiting; TLS knows none.
      if (socket instanceof TLSSocket) socket.destroy()
      else socket.resetAndDestroy()
    }
    await this.engine[Symbol.asyncDispose]()
  }

  #hear(completion: Completion): void {
    this.heard.push(completion)
    if (completion.kind === 'opened') this.#openedByPort.set(completion.port, completion)
    this.react(completion)
  }

  async #called(socket: Socket | TLSSocket, event: string): Promise<Caller> {
    const caller = new Caller(socket)
    this.#callers.push(caller)
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    socket.once(event, resolve)
    socket.once('error', reject)
    await promise
    return caller
  }
}

let marks = 0

/** A client's end: what it has received, and how it ended. */
export class Caller {
  readonly socket: Socket
  text = ''
  /** The server has sent FIN. */
  hasEnded = false
  isClosed = false
  error: NodeJS.ErrnoException | undefined = undefined

  constructor(socket: Socket) {
    this.socket = socket
    socket.setEncoding('utf8')
    socket.on('data', (text: string) => (this.text += text))
    socket.on('end', () => (this.hasEnded = true))
    socket.on('close', () => (this.isClosed = true))
    socket.on('error', (error) => (this.error = error))
  }

  /** Whole lines, without the marks of `told`. */
  get lines(): string[] {
    return this.text
      .split('\r\n')
      .slice(0, -1)
      .filter((line) => !line.startsWith(':mark-'))
  }

  send(...lines: readonly string[]): void {
    this.socket.write(lines.map((line) => `${line}\r\n`).join(''))
  }

  async receives(text: string): Promise<void> {
    await becomes(() => this.text.endsWith(text) || this.isClosed, `${text} at a client`)
    if (!this.text.endsWith(text)) throw new Error(`closed before ${text}`)
  }

  async closes(): Promise<void> {
    await becomes(() => this.isClosed, 'the end of a connection')
  }
}

/** A certificate for `name` and its key. */
export async function selfSigned(name: string): Promise<TlsMaterial> {
  const made = await generate([{ name: 'commonName', value: name }], { keyType: 'ec' })
  return { key: made.private, certificate: made.cert }
}
