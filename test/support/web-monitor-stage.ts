import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemClock } from '../../src/base/clock.ts'
import type { Log } from '../../src/base/log.ts'
import { openAdminSide, type AdminSide } from '../../src/monitor/http/admin-side.ts'
import { openMonitorStore } from '../../src/monitor/monitor-store.ts'
import { openAccess } from '../../src/monitor/open-access.ts'
import { openAudit } from '../../src/monitor/open-audit.ts'
import { noUpkeep } from '../../src/server/no-upkeep.ts'
import { noInvitations } from './no-invitations.ts'
import { pretendSteering } from './web-monitor-steering.ts'
import { PretendServer, type Person } from './web-monitor-world.ts'

/** A server for the page of the monitor to look at, whatever is behind it. */
export interface WebMonitorStage extends AsyncDisposable {
  readonly url: string
  /** What the link of the first start has in it. */
  readonly firstCode: string
  come(person: Person): Promise<void>
  go(nick: string, reason: string): Promise<void>
  /** Who is here. */
  nicks(): readonly string[]
  /** Who is in a room. */
  members(room: string): readonly string[]
  stop(): Promise<void>
  /** At the same place, with nobody there. */
  start(): Promise<void>
}

export const PAGE = join(import.meta.dirname, '../../dist/web/monitor')

const QUIET: Log = { debug() {}, info() {}, warn() {}, error() {} }

/** The real admin side, accounts and audit, before a server that isn't there. */
export async function openPretendStage(): Promise<PretendStage> {
  const folder = mkdtempSync(join(tmpdir(), 'maru-web-'))
  const stage = new PretendStage(folder)
  await stage.start()
  return stage
}

export class PretendStage implements WebMonitorStage {
  readonly said: string[] = []
  server = new PretendServer('0')
  readonly #folder: string
  readonly #store: ReturnType<typeof openMonitorStore>
  readonly #access: ReturnType<typeof openAccess>
  readonly #audit: ReturnType<typeof openAudit>
  #side: AdminSide | undefined = undefined
  #port = 0
  #starts = 0

  constructor(folder: string) {
    this.#folder = folder
    this.#store = openMonitorStore(folder)
    this.#access = openAccess({
      store: this.#store,
      clock: systemClock,
      randomBytes,
      // Hashes have tests of their own.
      hashPassword: (password) => Promise.resolve(`of ${password}`),
      verifyPassword: (password, hash) => Promise.resolve(hash === `of ${password}`),
    })
    this.#audit = openAudit({ store: this.#store, clock: systemClock })
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}/`
  }

  get firstCode(): string {
    return this.#access.firstCode ?? ''
  }

  async start(): Promise<void> {
    this.server[Symbol.dispose]()
    this.server = new PretendServer(`start ${++this.#starts}`)
    this.#side = await openAdminSide({
      at: { host: '127.0.0.1', port: this.#port },
      source: this.server,
      access: this.#access,
      audit: this.#audit,
      steering: pretendSteering(() => this.server, this.said),
      upkeep: noUpkeep,
      invitations: noInvitations,
      health: { isReady: () => true, facts: () => ({}) },
      hosts: [],
      page: PAGE,
      metrics: () => Promise.resolve(''),
      log: QUIET,
      clock: systemClock,
    })
    this.#port = this.#side.bound.port
  }

  async stop(): Promise<void> {
    await this.#side?.[Symbol.asyncDispose]()
    this.#side = undefined
  }

  async come(person: Person): Promise<void> {
    this.server.come(person)
    await Promise.resolve()
  }

  async go(nick: string, reason: string): Promise<void> {
    const row = [...this.server.people.values()].find((one) => one.nick === nick)
    if (row !== undefined) this.server.go(row.connection, reason)
    await Promise.resolve()
  }

  nicks(): readonly string[] {
    return [...this.server.people.values()].map(({ nick = '' }) => nick)
  }

  members(room: string): readonly string[] {
    return (this.server.members(room) ?? []).map(({ nick }) => nick)
  }

  /** As if somebody had ended all sessions elsewhere. */
  endSessions(): void {
    for (const { id } of this.#access.sessions()) this.#access.endSession(id)
  }

  addOperator(name: string, password: string, role: 'watch' | 'moderate'): Promise<unknown> {
    return this.#access.addOperator(name, password, role)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop()
    this.server[Symbol.dispose]()
    this.#access[Symbol.dispose]()
    this.#audit[Symbol.dispose]()
    this.#store[Symbol.dispose]()
    rmSync(this.#folder, { recursive: true, force: true })
  }
}
