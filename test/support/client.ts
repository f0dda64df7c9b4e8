import { connect as connectTcp, type Socket } from 'node:net'
import { connect as connectTls, TLSSocket } from 'node:tls'
import { WebSocket } from 'ws'
import { LineInbox, settled, WELCOMED } from './inbox.ts'

export interface ClientOptions {
  readonly port: number
  /** Plain TCP if not said. */
  readonly transport?: 'tcp' | 'tls' | 'ws' | 'wss'
  /** WebSocket subprotocols, the preferred one first. */
  readonly protocols?: readonly string[]
  readonly origin?: string
  /** What is written before anything else, even before TLS: the header of a proxy. */
  readonly preface?: string | Uint8Array
  /** Of this computer, and 127.0.0.1 if not said: `127.0.0.2` is somebody from elsewhere. */
  readonly from?: string
}

/** Rejects when the connection is refused, and with a WebSocket also when the upgrade is. */
export async function connectClient(options: ClientOptions): Promise<Client> {
  const { transport = 'tcp' } = options
  const isWeb = transport === 'ws' || transport === 'wss'
  return new Client(isWeb ? await openWebSocket(options) : await openSocket(options))
}

/** What a client needs of its connection. */
interface Wire {
  readonly onText: (take: (text: string) => void) => void
  readonly onClose: (gone: () => void) => void
  readonly write: (lines: string) => void
  readonly close: () => void
  readonly socket: Socket | undefined
}

/** A chat client of few words: says what the test says, and keeps the lines that it gets. */
export class Client implements Disposable {
  readonly #wire: Wire
  readonly #inbox = new LineInbox()

  constructor(wire: Wire) {
    this.#wire = wire
    wire.onText((text) => this.#inbox.take(text))
    wire.onClose(() => this.#inbox.close())
  }

  send(...lines: readonly string[]): void {
    for (const line of lines) this.#wire.write(`${line}\r\n`)
  }

  /** Text as it is, whatever the transport makes of it. */
  write(text: string): void {
    this.#wire.write(text)
  }

  /** Reads up to the first line that matches, which is the last of those returned. */
  until(pattern: RegExp): Promise<string[]> {
    return this.#inbox.reads(pattern)
  }

  /** What is still to come before the connection ends. */
  ended(): Promise<string[]> {
    return this.#inbox.ended()
  }

  /** Registers, and reads all that it is greeted with. */
  async register(nick: string): Promise<void> {
    this.send(`NICK ${nick}`, `USER ${nick} 0 * :${nick}`)
    await this.until(WELCOMED)
    await this.settled()
  }

  /** All that was caused by what this client has sent so far. */
  settled(): Promise<string[]> {
    return settled(this)
  }

  /** SHA-256 of the server's certificate, lower-case hex. */
  get fingerprint(): string | undefined {
    const { socket } = this.#wire
    if (!(socket instanceof TLSSocket)) return undefined
    return socket.getPeerCertificate().fingerprint256.replaceAll(':', '').toLowerCase()
  }

  close(): void {
    this.#wire.close()
  }

  [Symbol.dispose](): void {
    this.close()
  }
}

async function openSocket({ port, transport, preface, from }: ClientOptions): Promise<Wire> {
  const local = from === undefined ? {} : { localAddress: from }
  const plain = connectTcp({ host: '127.0.0.1', port, noDelay: true, ...local })
  if (preface !== undefined) plain.write(preface)
  const socket = transport === 'tls' ? await secured(plain) : plain
  const decoder = new TextDecoder('utf-8', { fatal: true })
  if (transport !== 'tls') await happens(socket, 'connect')
  // A reset is an end like any other.
  socket.on('error', () => {})
  return {
    onText: (take) =>
      socket.on('data', (chunk: Buffer) => take(decoder.decode(chunk, { stream: true }))),
    onClose: (gone) => socket.once('close', gone),
    write: (text) => socket.write(text),
    close: () => socket.destroy(),
    socket,
  }
}

async function secured(socket: Socket): Promise<TLSSocket> {
  const tls = connectTls({ socket, rejectUnauthorized: false })
  await happens(tls, 'secureConnect')
  return tls
}

/** One message is one line, in both directions. https://ircv3.net/specs/extensions/websocket */
async function openWebSocket(options: ClientOptions): Promise<Wire> {
  const { port, transport, protocols = ['text.ircv3.net'], origin } = options
  const ws = new WebSocket(`${transport}://127.0.0.1:${port}/irc`, [...protocols], {
    rejectUnauthorized: false,
    ...(origin === undefined ? {} : { origin }),
  })
  await happens(ws, 'open')
  ws.on('error', () => {})
  const isBinary = ws.protocol === 'binary.ircv3.net'
  return {
    onText: (take) =>
      ws.on('message', (data: Buffer, binary) => {
        if (binary !== isBinary) throw new Error(`a frame of the wrong kind: ${String(data)}`)
        take(`${String(data)}\r\n`)
      }),
    onClose: (gone) => ws.once('close', gone),
    write: (text) =>
      ws.send(isBinary ? Buffer.from(text.replace(/\r\n$/, '')) : text.replace(/\r\n$/, '')),
    close: () => ws.terminate(),
    socket: undefined,
  }
}

async function happens(emitter: Socket | WebSocket, event: string): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  emitter.once(event, () => resolve())
  emitter.once('error', reject)
  emitter.once('close', () => reject(new Error(`closed before ${event}`)))
  await promise
  emitter.removeAllListeners('error')
}
