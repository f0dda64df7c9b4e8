import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { connectClient, type Client, type ClientOptions } from './client.ts'
import { PATIENCE_MS } from './patience.ts'

export interface ServerOptions {
  /** More of the configuration, behind what `BASE` says. */
  readonly config?: string
  /** What is before `[tables]`. */
  readonly keys?: string
  /** Which doors are open, each on a port that the system chooses; plain alone if not said. */
  readonly doors?: readonly Door[]
  /** Of the admin side; one that the system chooses if not said. */
  readonly adminPort?: number
  /** Of the door for the web; one that the system chooses if not said. */
  readonly httpPort?: number
  /** I/O threads; none if not said. */
  readonly workers?: number
  /** The folder of the configuration and the data; one of its own, gone at the end, if not said. */
  readonly folder?: string
  /** A command that becomes Maru, whose own follows; it runs in the folder. */
  readonly through?: readonly string[]
}

export type Door = ChatDoor | 'admin'

type ChatDoor = 'plain' | 'tls' | 'http' | 'https'

const TRANSPORTS = { plain: 'tcp', tls: 'tls', http: 'ws', https: 'wss' } as const
const MARU = join(import.meta.dirname, '../../src/bin/maru.ts')

/** A Maru in a process of its own that is ready for clients. Rejects with what it said when it didn't start. */
export async function startServer(options: ServerOptions = {}): Promise<ServerProcess> {
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'maru-server-'))
  writeFileSync(join(folder, 'maru.toml'), configOf(options))
  const maru = [process.execPath, MARU, 'serve', '--config', 'maru.toml']
  const [command = '', ...args] = [...(options.through ?? []), ...maru]
  const child = spawn(command, args, {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const server = new ServerProcess(child, { folder, isOwn: options.folder === undefined })
  try {
    await server.until('ready')
  } catch (error) {
    await server[Symbol.asyncDispose]()
    throw error
  }
  return server
}

/** A line of the log. */
export type Logged = Readonly<Record<string, unknown>>

export interface Exit {
  readonly code: number | null
  /** Standard error. */
  readonly errors: string
}

/** The process, what it logs, and the way to its doors. */
export class ServerProcess implements AsyncDisposable {
  readonly folder: string
  readonly log: Logged[] = []
  readonly exited: Promise<Exit>
  readonly #child: ChildProcess
  readonly #isOwnFolder: boolean
  readonly #clients: Client[] = []
  #errors = ''
  #isGone = false
  #wakeUp: () => void = () => {}

  constructor(child: ChildProcess, { folder, isOwn }: { folder: string; isOwn: boolean }) {
    this.#child = child
    this.folder = folder
    this.#isOwnFolder = isOwn
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (this.#errors += text))
    if (child.stdout !== null) {
      createInterface(child.stdout).on('line', (line) => {
        // Who ends in a hurry may leave its last line half written.
        if (!line.endsWith('}')) return
        this.log.push(JSON.parse(line) as Logged)
        this.#wakeUp()
      })
    }
    this.exited = once(child, 'close').then(([code]) => {
      this.#isGone = true
      this.#wakeUp()
      return { code: code as number | null, errors: this.#errors }
    })
  }

  portOf(door: Door): number {
    const bound = this.log.find(({ event, name }) => event === 'listening' && name === door)
    if (typeof bound?.['port'] !== 'number') throw new Error(`there is no door ${door}`)
    return bound['port']
  }

  /** A client that has said nothing yet, and is gone with the server. */
  async connect(door: ChatDoor, options: Partial<ClientOptions> = {}): Promise<Client> {
    const client = await connectClient({
      transport: TRANSPORTS[door],
      port: this.portOf(door),
      ...options,
    })
    this.#clients.push(client)
    return client
  }

  /** What it has said on standard error. */
  get errors(): string {
    return this.#errors
  }

  get processId(): number {
    return this.#child.pid ?? 0
  }

  signal(name: NodeJS.Signals): void {
    this.#child.kill(name)
  }

  /** Waits for the next line of the log with this event; `after`: the number of lines that don't count. */
  async until(event: string, after = 0): Promise<Logged> {
    const find = (): Logged | undefined =>
      this.log.slice(after).find((line) => line['event'] === event)
    const deadline = performance.now() + PATIENCE_MS
    for (;;) {
      const found = find()
      if (found !== undefined) return found
      const leftMs = deadline - performance.now()
      if (this.#isGone || leftMs <= 0) {
        throw new Error(`no ${event} in the log: ${this.#errors}${JSON.stringify(this.log)}`)
      }
      await this.#more(leftMs)
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const client of this.#clients) client.close()
    this.#child.kill('SIGKILL')
    await this.exited
    if (this.#isOwnFolder) rmSync(this.folder, { recursive: true, force: true })
  }

  async #more(patienceMs: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#wakeUp = resolve
    const timer = setTimeout(resolve, patienceMs)
    await promise
    clearTimeout(timer)
  }
}

/** Written again with other options, it is what a reload finds. */
export function configOf({
  config = '',
  keys = '',
  doors = ['plain'],
  workers = 0,
  adminPort = 0,
  httpPort = 0,
}: ServerOptions): string {
  const https = doors.includes('https') ? '127.0.0.1:0' : 'none'
  const listed = (door: ChatDoor): string => (doors.includes(door) ? '["127.0.0.1:0"]' : '[]')
  return `server_name = "irc.test"
data = "data"
workers = ${workers}
dashboard = false
motd = "Welcome."
${keys}
[log]
format = "json"
[listen]
plain = ${listed('plain')}
tls = ${listed('tls')}
http = "${doors.includes('http') ? `127.0.0.1:${httpPort}` : 'none'}"
https = "${https}"
admin = "${doors.includes('admin') ? `127.0.0.1:${adminPort}` : 'none'}"
${config}
`
}
