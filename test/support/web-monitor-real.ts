import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Client } from './client.ts'
import { firstCode } from './monitor-reader.ts'
import { startServer, type ServerProcess } from './server.ts'
import type { WebMonitorStage } from './web-monitor-stage.ts'
import type { Person } from './web-monitor-world.ts'

/** A whole server in a process of its own, and people on it who are real clients. */
export async function openRealStage(): Promise<WebMonitorStage> {
  const folder = mkdtempSync(join(tmpdir(), 'maru-web-real-'))
  const server = await startServer({ folder, doors: ['plain', 'admin'] })
  return new RealStage(folder, server, await firstCode(server))
}

class RealStage implements WebMonitorStage {
  readonly firstCode: string
  readonly #folder: string
  readonly #port: number
  readonly #clients = new Map<string, Client>()
  /** Knows who is where, as a client does. */
  readonly #rooms = new Map<string, Set<string>>()
  #server: ServerProcess

  constructor(folder: string, server: ServerProcess, code: string) {
    this.#folder = folder
    this.#server = server
    this.#port = server.portOf('admin')
    this.firstCode = code
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}/`
  }

  async come({ nick, rooms = [], realName = nick }: Person): Promise<void> {
    const client = await this.#server.connect('plain')
    this.#clients.set(nick, client)
    client.send(`NICK ${nick}`, `USER ${nick} 0 * :${realName}`)
    await client.until(/ 001 /)
    for (const room of rooms) {
      client.send(`JOIN ${room}`)
      await client.until(/ 366 /)
      const members = this.#rooms.get(room) ?? new Set()
      this.#rooms.set(room, members.add(nick))
    }
    void this.#follow(nick, client)
  }

  // oxlint-disable-next-line typescript/require-await -- others have to wait
  async go(nick: string, reason: string): Promise<void> {
    this.#clients.get(nick)?.send(`QUIT :${reason.replace(/^Quit: /, '')}`)
    this.#forget(nick)
  }

  nicks(): readonly string[] {
    return [...this.#clients.keys()]
  }

  members(room: string): readonly string[] {
    return [...(this.#rooms.get(room) ?? [])]
  }

  async stop(): Promise<void> {
    this.#server.signal('SIGTERM')
    await this.#server.exited
    this.#clients.clear()
    this.#rooms.clear()
  }

  async start(): Promise<void> {
    const folder = this.#folder
    const adminPort = this.#port
    this.#server = await startServer({ folder, doors: ['plain', 'admin'], adminPort })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#server[Symbol.asyncDispose]()
    rmSync(this.#folder, { recursive: true, force: true })
  }

  /** What the server tells a client of itself: that it was kicked, or that it is to go. */
  async #follow(nick: string, client: Client): Promise<void> {
    const news = new RegExp(`^ERROR | KICK \\S+ ${nick}( |$)`)
    // Whether it is kicked or closed is known late, when nothing happens for long.
    for (let quiet = 0; quiet < 8;) {
      try {
        const line = (await client.until(news)).at(-1) ?? ''
        const [, command, room = ''] = line.split(' ')
        if (command !== 'KICK') break
        this.#rooms.get(room)?.delete(nick)
      } catch {
        quiet++
      }
    }
    this.#forget(nick)
  }

  #forget(nick: string): void {
    this.#clients.delete(nick)
    for (const members of this.#rooms.values()) members.delete(nick)
  }
}
