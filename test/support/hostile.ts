import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect as connectTls } from 'node:tls'
import type { AdmissionLimits, ChatLimits, EdgeLimits } from '../../src/protocol/limits.ts'
import { loadSettings, thisMachine } from '../../src/server/config.ts'
import { serve } from '../../src/server/server.ts'
import { LineInbox, settled, WELCOMED } from './inbox.ts'

export interface MaruOptions {
  /** Which doors are open; plain alone if not said. */
  readonly doors?: readonly Door[]
  readonly edge?: Partial<EdgeLimits>
  readonly admission?: Partial<AdmissionLimits>
  readonly chat?: Partial<ChatLimits>
  /** Whose PROXY header is required and believed. */
  readonly proxies?: readonly string[]
  readonly origins?: readonly string[]
}

export type Door = 'plain' | 'tls' | 'http' | 'https'

export interface Maru {
  portOf(door: Door): number
  /** A client that has said nothing yet. */
  dial(door?: Door): Promise<Peer>
  /** One that has registered and read the welcome. */
  join(nick: string, ...caps: readonly string[]): Promise<Peer>
}

/** Budgets that no test reaches by chance. What a test is about it sets itself. */
const ROOMY: Partial<EdgeLimits> = { lineBurst: 100_000, byteBurst: 64 * 1024 * 1024 }

/** A whole server in this process, on ports of its own, that is gone when `run` has ended. */
export async function withMaru(
  options: MaruOptions,
  run: (maru: Maru) => Promise<void>,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'maru-hostile-'))
  writeFileSync(join(folder, 'maru.toml'), configOf(options))
  const load = (): ReturnType<typeof loadSettings> =>
    loadSettings({ workingFolder: folder, environment: {}, flags: {}, machine: thisMachine() })
  const loaded = load()
  if (loaded.kind === 'refused') throw new Error(loaded.problems.join('\n'))
  const server = await serve(loaded.settings, load)
  const peers = new Set<Peer>()
  const portOf = (door: Door): number =>
    server.listening.find(({ name }) => name === door)?.port ?? 0
  const dial = async (door: Door = 'plain'): Promise<Peer> => {
    const peer = await dialPort(portOf(door), door === 'tls' || door === 'https' ? 'tls' : 'tcp')
    peers.add(peer)
    return peer
  }
  const join_ = async (nick: string, ...caps: readonly string[]): Promise<Peer> => {
    const peer = await dial()
    await peer.register(nick, ...caps)
    return peer
  }
  try {
    await run({ portOf, dial, join: join_ })
  } finally {
    for (const peer of peers) peer.destroy()
    await server.stop()
    rmSync(folder, { recursive: true })
  }
}

/** The configuration as a file says it. */
export function configOf(options: MaruOptions): string {
  const { doors = ['plain'], edge, admission, chat, proxies = [], origins = [] } = options
  const where = (door: Door): string => (doors.includes(door) ? '127.0.0.1:0' : 'none')
  return [
    'server_name = "irc.test"',
    'motd = "Welcome."',
    'workers = 0',
    'dashboard = false',
    '[users]\ncloak_hosts = false',
    '[log]\nlevel = "error"',
    `[listen]\nplain = ${list(doors.includes('plain') ? [where('plain')] : [])}`,
    `tls = ${list(doors.includes('tls') ? [where('tls')] : [])}`,
    `http = "${where('http')}"\nhttps = "${where('https')}"\nadmin = "none"`,
    `[proxy]\nnetworks = ${list(proxies)}`,
    `[websocket]\norigins = ${list(origins)}`,
    table('limits.edge', { ...ROOMY, ...edge }),
    table('limits.admission', { ...admission }),
    table('limits.chat', { ...chat }),
  ].join('\n')
}

function list(texts: readonly string[]): string {
  return `[${texts.map((text) => JSON.stringify(text)).join(', ')}]`
}

function table(name: string, values: Readonly<Record<string, number>>): string {
  const rows = Object.entries(values).map(([key, value]) => {
    const written = key.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
    return `${written} = ${value}`
  })
  return [`[${name}]`, ...rows].join('\n')
}

/** Nothing that a test waits for takes so long: it ends with what had come instead of hanging. */
const GUARD_MS = 15_000

export async function dialPort(port: number, transport: 'tcp' | 'tls' = 'tcp'): Promise<Peer> {
  const to = { host: '127.0.0.1', port }
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const socket =
    transport === 'tcp'
      ? connect(to, resolve)
      : connectTls({ ...to, rejectUnauthorized: false }, resolve)
  socket.once('error', reject)
  socket.setNoDelay(true)
  const peer = new Peer(socket)
  await promise
  return peer
}

/** A client that sends what the test says, byte for byte, and keeps the lines that it gets. */
export class Peer {
  readonly socket: Socket
  readonly #inbox = new LineInbox()

  constructor(socket: Socket) {
    this.socket = socket
    // Whatever was sent to Maru, what comes out is UTF-8.
    const decoder = new TextDecoder('utf-8', { fatal: true })
    socket.on('data', (chunk: Buffer) => this.#inbox.take(decoder.decode(chunk, { stream: true })))
    socket.on('error', () => {})
    socket.on('close', () => this.#inbox.close())
  }

  /** Received and not read by the test. */
  get unread(): readonly string[] {
    return this.#inbox.unread
  }

  get isClosed(): boolean {
    return this.#inbox.isClosed
  }

  /** Bytes as they are; a string with CR LF behind it. */
  send(data: string | Uint8Array): void {
    this.socket.write(typeof data === 'string' ? `${data}\r\n` : data)
  }

  /** Reads up to the first line that matches, which is the last of those returned. */
  until(pattern: RegExp): Promise<string[]> {
    return this.#inbox.reads(pattern)
  }

  /** All that was caused by what was sent before. */
  settled(): Promise<string[]> {
    return settled(this)
  }

  /** All lines that came before the end of the connection; text that isn't a line last. */
  async closed(): Promise<string[]> {
    const lines = await this.#inbox.ended()
    return this.#inbox.rest === '' ? lines : [...lines, this.#inbox.rest]
  }

  async register(nick: string, ...caps: readonly string[]): Promise<string[]> {
    if (caps.length > 0) this.send(`CAP REQ :${caps.join(' ')}`)
    this.send(`NICK ${nick}\r\nUSER ${nick} 0 * :${nick}`)
    if (caps.length > 0) this.send('CAP END')
    return [...(await this.until(WELCOMED)), ...(await this.settled())]
  }

  destroy(): void {
    this.socket.destroy()
  }
}

/** So that each piece that is written is read on its own. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve)
  })
}

/** Looks every few milliseconds until it is so. */
export async function becomes(isSo: () => boolean, what: string): Promise<void> {
  const deadline = performance.now() + GUARD_MS
  while (!isSo()) {
    if (performance.now() > deadline) throw new Error(`never became so: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}
