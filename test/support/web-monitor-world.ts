import { EventFeed } from '../../src/monitor/event-feed.ts'
import { FEED_VERSION, type FeedFrame, type FeedPosition } from '../../src/feed/feed.ts'
import type { Head, ServerFacts, Snapshot } from '../../src/feed/feed.ts'
import type { Figures, Series, Totals } from '../../src/feed/figures.ts'
import { pointOf } from '../../src/feed/point.ts'
import { SeriesStore } from '../../src/monitor/series-store.ts'
import { ViewError, type MonitorSource } from '../../src/monitor/source.ts'
import { selectRows } from '../../src/monitor/table.ts'
import type {
  BanRow,
  ConnectionRow,
  RoomMember,
  RoomRow,
  View,
  ViewQuery,
} from '../../src/feed/view.ts'
import { FULL_FIGURES } from './monitor-source.ts'

/** Somebody who comes to the server. */
export interface Person {
  readonly nick: string
  readonly rooms?: readonly string[]
  readonly realName?: string
  readonly client?: string
  readonly account?: string
  readonly address?: string
}

/** A server that isn't there: people, rooms and bans as the test wants them, seen as the real ones are. */
export class PretendServer implements MonitorSource {
  readonly people = new Map<number, ConnectionRow>()
  readonly bans = new Map<string, BanRow>()
  readonly topics = new Map<string, string>()
  readonly startedAtMs = Date.now()
  readonly #feed: EventFeed
  readonly #series = new SeriesStore()
  readonly #listeners = new Set<(frame: FeedFrame) => void>()
  readonly #timer: NodeJS.Timeout
  #last = 0
  #peak = 0
  #figures: Figures | undefined = undefined
  /** What the next seconds' figures are made of. */
  load: Partial<Totals> = {}

  constructor(epoch: string) {
    this.#feed = new EventFeed({ epoch, now: () => Date.now(), head: () => this.#head() })
    this.#timer = setInterval(() => this.tick(Date.now()), 1000)
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer)
  }

  put = (event: Parameters<EventFeed['put']>[0]): void => this.#feed.put(event)

  come(person: Person): number {
    const id = ++this.#last
    const { nick, rooms = [], address = `192.0.2.${id % 250}`, realName = nick } = person
    const row: ConnectionRow = {
      connection: id,
      nick,
      address,
      port: 40_000 + id,
      transport: id % 3 === 0 ? 'wss' : 'tls',
      listener: 'tls',
      tls: { version: 'TLSv1.3', cipher: 'TLS_AES_256_GCM_SHA384' },
      connectedAtMs: Date.now() - id * 1000,
      isRegistered: true,
      userName: 'u',
      realName,
      host: `${id.toString(36)}.hidden`,
      modes: 'ix',
      isSilenced: false,
      rooms,
      idleMs: (id * 7919) % 400_000,
      linesIn: id * 3,
      bytesIn: id * 311,
      bytesOut: id * 4099,
      linesInPerSecond: (id % 7) / 10,
      bytesOutPerSecond: (id * 53) % 4000,
      queuedBytes: id % 9 === 0 ? 20_480 : 0,
      budgetLines: 10 - (id % 4),
      budgetBytes: 16_384,
      isHeld: id % 41 === 0,
      ...(person.client === undefined ? {} : { client: person.client }),
      ...(person.account === undefined ? {} : { account: person.account }),
    }
    this.people.set(id, row)
    this.#peak = Math.max(this.#peak, this.people.size)
    this.put({ kind: 'connected', ...row })
    this.put({ kind: 'registered', ...row, userName: 'u', realName })
    for (const room of rooms) {
      this.put({ kind: 'joined', ...row, room, members: this.members(room)?.length ?? 0 })
    }
    return id
  }

  go(connection: number, reason: string): void {
    const row = this.people.get(connection)
    if (row === undefined) return
    this.people.delete(connection)
    this.put({ kind: 'disconnected', ...row, reason, openForMs: Date.now() - row.connectedAtMs })
  }

  tick(atMs: number): void {
    const perSecond = { ...FULL_FIGURES.perSecond, refused: 0, ...this.load }
    this.#figures = { ...FULL_FIGURES, atMs, perSecond, heldConnections: 0 }
    const head = this.#head()
    this.#series.add(atMs, pointOf(this.#figures, head))
    for (const listener of this.#listeners) {
      listener({ type: 'tick', figures: this.#figures, head })
    }
  }

  snapshot(): Snapshot {
    return {
      ...this.#feed.position,
      version: FEED_VERSION,
      facts: this.#facts(),
      head: this.#head(),
      entries: this.#feed.latest(500),
      ...(this.#figures === undefined ? {} : { figures: this.#figures }),
    }
  }

  after(position: FeedPosition): ReturnType<MonitorSource['after']> {
    return this.#feed.after(position)
  }

  subscribe(listener: (frame: FeedFrame) => void): Disposable {
    this.#listeners.add(listener)
    const feed = this.#feed.subscribe(listener)
    return {
      [Symbol.dispose]: () => {
        this.#listeners.delete(listener)
        feed[Symbol.dispose]()
      },
    }
  }

  view(query: ViewQuery): Promise<View> {
    const texts = (row: object): string[] => Object.values(row).flat().map(String)
    const columns = (names: readonly string[]): Record<string, (row: object) => string | number> =>
      Object.fromEntries(
        names.map((name) => [name, (row) => columnOf(row as Record<string, unknown>, name)]),
      )
    switch (query.of) {
      case 'connections': {
        const table = { texts, columns: columns(CONNECTION_COLUMNS), sortedBy: 'connectedAtMs' }
        const { selected, ...window } = selectRows([...this.people.values()], query, table)
        return Promise.resolve({ of: 'connections', rows: selected, ...window })
      }
      case 'rooms': {
        const table = { texts, columns: columns(ROOM_COLUMNS), sortedBy: 'name' }
        const { selected, ...window } = selectRows(this.#rooms(), query, table)
        return Promise.resolve({ of: 'rooms', rows: selected, ...window })
      }
      case 'bans': {
        const table = { texts, columns: columns(BAN_COLUMNS), sortedBy: 'setAtMs' }
        const { selected, ...window } = selectRows([...this.bans.values()], query, table)
        return Promise.resolve({ of: 'bans', rows: selected, ...window })
      }
      default:
        return Promise.reject(new ViewError('of: there is no such table'))
    }
  }

  connection(id: number): Promise<ConnectionRow | undefined> {
    return Promise.resolve(this.people.get(id))
  }

  members(room: string): readonly RoomMember[] | undefined {
    const members = [...this.people.values()].filter(({ rooms }) => rooms.includes(room))
    if (members.length === 0) return undefined
    return members.map(({ nick = '', connection, connectedAtMs }, index) => ({
      nick,
      connection,
      ranks: index === 0 ? '~' : '',
      joinedAtMs: connectedAtMs,
    }))
  }

  series(stepMs: Series['stepMs']): Series {
    return this.#series.of(stepMs)
  }

  commands(): ReturnType<MonitorSource['commands']> {
    return [
      { command: 'PRIVMSG', uses: 91_233, bytes: 8_211_200 },
      { command: 'PING', uses: 20_120, bytes: 401_000 },
      { command: 'JOIN', uses: 2210, bytes: 61_000 },
    ]
  }

  #head(): Head {
    const people = this.people.size
    return {
      connections: people,
      peakConnections: this.#peak,
      people,
      peakPeople: this.#peak,
      rooms: this.#rooms().length,
      operators: 1,
    }
  }

  #rooms(): RoomRow[] {
    const counts = new Map<string, number>()
    for (const { rooms } of this.people.values()) {
      for (const room of rooms) counts.set(room, (counts.get(room) ?? 0) + 1)
    }
    return [...counts].map(([name, members], index) => ({
      name,
      members,
      topic: this.topics.get(name) ?? `About ${name}`,
      modes: 'nt',
      founder: 'minji',
      createdAtMs: this.startedAtMs,
      messages: members * 17,
      messagesPerSecond: index % 5,
      lastMessageAtMs: Date.now() - index * 1000,
    }))
  }

  #facts(): ServerFacts {
    return {
      version: '0.1.0',
      serverName: 'irc.example.org',
      network: 'Atelier',
      startedAtMs: this.startedAtMs,
      nowMs: Date.now(),
      listening: [
        { name: 'plain', host: '127.0.0.1', port: 6667 },
        { name: 'tls', host: '::', port: 6697 },
        { name: 'https', host: '::', port: 8067 },
      ],
      workers: 2,
      processId: 4242,
      runtime: 'Node 24',
      platform: 'linux x64',
      logLevel: 'info',
      isStopping: false,
      certificate: { sha256: 'ab', endsAtMs: Date.now() + 60 * 86_400_000 },
      limits: { 'limits.lines.burst': 10, 'limits.per_address.connections': 16 },
    }
  }
}

const CONNECTION_COLUMNS = [
  'connectedAtMs',
  'nick',
  'address',
  'rooms',
  'idleMs',
  'bytesOut',
  'bytesOutPerSecond',
  'queuedBytes',
  'client',
]
const ROOM_COLUMNS = [
  'name',
  'members',
  'topic',
  'founder',
  'messages',
  'messagesPerSecond',
  'lastMessageAtMs',
]
const BAN_COLUMNS = ['mask', 'reason', 'setBy', 'setAtMs', 'expiresAtMs']

function columnOf(row: Record<string, unknown>, name: string): string | number {
  const value = row[name]
  if (Array.isArray(value)) return value.length
  return typeof value === 'number' || typeof value === 'string' ? value : ''
}
