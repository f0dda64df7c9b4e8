import { createIds } from '../../src/base/ids.ts'
import type { TurnClock } from '../../src/base/clock.ts'
import type { Fields, Log } from '../../src/base/log.ts'
import type { ServerInfo } from '../../src/commands/command.ts'
import type { Operation } from '../../src/commands/effect.ts'
import { commands } from '../../src/commands/index.ts'
import type { Opened } from '../../src/io/engine.ts'
import { DEFAULT_LIMITS } from '../../src/protocol/limits.ts'
import { AddressBook } from '../../src/server/address-book.ts'
import type { Core } from '../../src/server/core.ts'
import { Ledger } from '../../src/server/ledger.ts'
import { OutputGate } from '../../src/server/output-gate.ts'
import { settlementOf } from '../../src/server/create-core.ts'
import { handleCompletions } from '../../src/server/pipeline.ts'
import { RoomClasses } from '../../src/server/room-classes.ts'
import { sweep } from '../../src/server/timers.ts'
import { createNetwork } from '../../src/state/network.ts'
import type { ServerBan } from '../../src/state/server-ban.ts'
import { noHistory } from '../../src/server/no-history.ts'
import { restoreNetwork } from '../../src/server/restore-network.ts'
import { cheapAccountAsks } from './account-world.ts'
import { MemoryEngine } from './memory-engine.ts'
import { WorldLog } from './world-log.ts'

/** Noon of the first day of 2026, UTC. */
const START_MS = Date.UTC(2026, 0, 1, 12)

/** A whole server without sockets, whose clock the test owns. */
export class World {
  readonly engine = new MemoryEngine()
  readonly core: Core
  readonly operations: Operation[] = []
  savedBans: readonly ServerBan[] = []
  /** What the server logged: the event, then its fields. */
  readonly logged: (readonly [event: string, fields: Fields])[] = []
  readonly #log: WorldLog | undefined
  #nowMs: number
  #connections = 0

  /** `log`: with one, what happens is kept, and output waits for it; let the world settle before reading. */
  constructor(server: Partial<ServerInfo> = {}, options: WorldOptions = {}) {
    const { nowMs = START_MS } = options
    const history = options.log === true ? new WorldLog() : options.log
    this.#log = history
    this.#nowMs = nowMs
    const starts = history?.starts || ''
    const clock: TurnClock = {
      now: () => this.#nowMs,
      monotonic: () => this.#nowMs - START_MS,
      tick: () => {},
    }
    const network = createNetwork()
    const skipped = (what: string, why: string) => this.logged.push(['not restored', { what, why }])
    if (history !== undefined) restoreNetwork(network, history.loaded, { nowMs, skipped })
    const gate = new OutputGate(this.engine)
    this.core = {
      network,
      engine: gate,
      ledger: new Ledger({
        network,
        log: history,
        awaits: (batch) => gate.awaits(batch),
        newMsgid: createIds(`event${starts}`),
        places: placesOf(history),
      }),
      rooms: new RoomClasses(),
      addresses: new AddressBook(),
      clock,
      log: this.#logger(),
      table: commands,
      counts: new Map(),
      newMsgid: createIds(`id${starts}`),
      startedAtMs: START_MS,
      isLogFull: () => history?.isFull === true,
      // In tests a hash is the password itself.
      asks: {
        checkPassword: (hash, password) => Promise.resolve(hash === password),
        history: history?.asks ?? noHistory,
        accounts: cheapAccountAsks(network, () => this.#nowMs),
      },
      saveBans: (bans) => {
        this.savedBans = bans
      },
      observe: () => {},
      slowed: () => {},
      audit: (_, action, fields) => this.logged.push([action, fields]),
      operate: (operation) => this.operations.push(operation),
      server: { ...TEST_SERVER, ...(history === undefined ? {} : KEEPS), ...server },
    }
    history?.attach(settlementOf(this.core))
  }

  /** A connection that has said nothing yet. */
  connect(facts: Partial<Opened> = {}): Actor {
    const connection = ++this.#connections
    this.engine.open(connection)
    const where = {
      transport: 'tcp',
      address: '192.0.2.1',
      port: 50_000,
      listener: 'plain',
    } as const
    handleCompletions(this.core, [{ kind: 'opened', connection, ...where, ...facts }])
    return new Actor(this, connection)
  }

  /** A registered user with these capabilities, who has read the welcome. */
  join(nick: string, ...caps: readonly string[]): Actor {
    const actor = this.connect()
    if (caps.length > 0) actor.sends('CAP LS 302', `CAP REQ :${caps.join(' ')}`)
    actor.sends(`NICK ${nick}`, `USER ${nick} 0 * :${nick} real`)
    if (caps.length > 0) actor.sends('CAP END')
    actor.read()
    return actor
  }

  /** Several of them, in these channels. */
  joinAll(nicks: readonly string[], channels: string): Actor[] {
    const actors = nicks.map((nick) => this.join(nick))
    for (const actor of actors) actor.sends(`JOIN ${channels}`)
    for (const actor of actors) actor.read()
    return actors
  }

  /** The log has committed all, and answers to slow questions have arrived. */
  async settles(): Promise<void> {
    await this.#log?.settled()
    await new Promise((resolve) => setImmediate(resolve))
    await this.#log?.settled()
  }

  /** The server ends at once, and another begins with what the log has kept. Nobody is connected to it. */
  async restarts(server: Partial<ServerInfo> = {}): Promise<World> {
    const log = await this.#log?.again()
    return new World(server, { nowMs: this.#nowMs, ...(log === undefined ? {} : { log }) })
  }

  /** A registered user who has become an operator, `root` of all rights unless another is named. */
  async joinAsOperator(nick: string, name = 'root', ...caps: readonly string[]): Promise<Actor> {
    const actor = this.join(nick, ...caps)
    actor.sends(`OPER ${name} secret`)
    await this.settles()
    actor.read()
    return actor
  }

  #logger(): Log {
    const log = (event: string, fields: Fields = {}): void => {
      this.logged.push([event, fields])
    }
    return { debug: log, info: log, warn: log, error: log }
  }

  passes(ms: number): void {
    this.#nowMs += ms
    sweep(this.core)
  }
}

/** One client: what it sends, and what it received since it last looked. */
export class Actor {
  readonly #world: World
  readonly connection: number

  constructor(world: World, connection: number) {
    this.#world = world
    this.connection = connection
  }

  sends(...lines: readonly string[]): void {
    const { connection } = this
    handleCompletions(this.#world.core, [{ kind: 'lines', connection, lines }])
  }

  /** What it received, line by line, without line ends. */
  read(): string[] {
    const peer = this.#world.engine.peers.get(this.connection)
    const text = peer?.text ?? ''
    if (peer !== undefined) peer.text = ''
    return text.split('\r\n').slice(0, -1)
  }

  /** Sends, then reads. */
  asks(...lines: readonly string[]): string[] {
    this.sends(...lines)
    return this.read()
  }

  /** The connection breaks. */
  vanishes(reason = 'Connection reset by peer'): void {
    const totals = { linesIn: 0, bytesIn: 0, bytesOut: 0, openForMs: 0 }
    const { connection } = this
    handleCompletions(this.#world.core, [{ kind: 'closed', connection, reason, totals }])
  }

  get closedWith(): string | undefined {
    return this.#world.engine.peers.get(this.connection)?.closedWith
  }
}

const KEEPS = { history: 'strict' } as const

interface WorldOptions {
  readonly log?: true | WorldLog
  readonly nowMs?: number
}

function placesOf(log: WorldLog | undefined) {
  const buffers = log?.loaded.buffers ?? []
  return new Map(
    buffers.map(({ id, lastSeq, lastTimeMs }) => [id, { seq: lastSeq, timeMs: lastTimeMs }]),
  )
}

export const TEST_SERVER: ServerInfo = {
  name: 'irc.test',
  networkName: 'Test',
  description: 'Test server',
  version: 'maru-test',
  createdAtMs: START_MS,
  motd: ['Welcome.'],
  admin: { location1: 'Here', location2: 'There', email: 'admin@irc.test' },
  limits: DEFAULT_LIMITS,
  defaultChannelFlags: 'nt',
  history: 'off',
  clientTagDeny: [],
  accounts: {
    registration: 'open',
    beforeConnect: true,
    requireEmail: false,
    minPasswordLength: 4,
    registrationsPerHour: 5,
    alwaysOn: 'opt-in',
    alwaysOnDays: 30,
    sessionsPerUser: 20,
    nicksPerAccount: 10,
  },
  operators: [
    {
      name: 'root',
      passwordHash: 'secret',
      class: 'admin',
      privileges: [
        'see-hosts',
        'see-hidden',
        'wallops',
        'kill',
        'ban',
        'override',
        'expunge',
        'rehash',
        'die',
      ],
    },
    { name: 'guard', passwordHash: 'secret', class: 'watch', privileges: ['see-hosts'] },
  ],
  gateways: [],
  cloak: (_host, address) => `${address.replaceAll(/[.:]/g, '-')}.cloak`,
}
