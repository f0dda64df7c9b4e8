import type { Clock } from '../base/clock.ts'
import { foldCase } from '../protocol/casemap.ts'
import { prefixesOf } from '../protocol/modes.ts'
import type { Network } from '../state/network.ts'
import type { Session } from '../state/session.ts'
import { banView } from './ban-table.ts'
import { connectionRow, connectionView, type ConnectionFacts } from './connection-table.ts'
import { EventFeed, type After } from './event-feed.ts'
import { FEED_VERSION, type FeedEvent, type FeedFrame, type FeedPosition } from '../feed/feed.ts'
import type { Head, ServerFacts, Snapshot } from '../feed/feed.ts'
import type { Figures, Series } from '../feed/figures.ts'
import { pointOf } from '../feed/point.ts'
import { NetworkObserver } from './network-observer.ts'
import { Refusals } from './refusals.ts'
import { roomView } from './room-table.ts'
import { figuresOf } from './sample-figures.ts'
import { SeriesStore } from './series-store.ts'
import { ViewError, type CommandUse, type MonitorSource } from './source.ts'
import type { Sample } from './thread-sample.ts'
import { TrafficMeter, type TrafficCounts } from './traffic-meter.ts'
import type { BanRow, ConnectionRow, RoomMember, View, ViewQuery } from '../feed/view.ts'

export interface HubOptions {
  /** Of this start of the server; never the same twice. */
  readonly epoch: string
  readonly clock: Clock
  readonly network: Network
  readonly counts: ReadonlyMap<string, { readonly uses: number; readonly bytes: number }>
  readonly facts: () => ServerFacts
  readonly bans: () => readonly BanRow[]
  readonly isSilenced: (session: Session) => boolean
  readonly sample: () => Promise<
    Omit<Sample, 'messages' | 'registered' | 'closed' | 'failedLogins'>
  >
  /** By connection; the rates are the hub's to add. */
  readonly traffic: () => Promise<ReadonlyMap<number, TrafficCounts>>
}

/** With a snapshot come so many of the newest entries. */
const SNAPSHOT_ENTRIES = 500

/** Where all that can be seen of the server comes together, for every surface that shows it. */
export class MonitorHub implements MonitorSource {
  readonly #options: HubOptions
  readonly #feed: EventFeed
  readonly #observer: NetworkObserver
  readonly #refusals = new Refusals()
  readonly #series = new SeriesStore()
  readonly #listeners = new Set<(frame: FeedFrame) => void>()
  readonly #traffic: TrafficMeter
  #before: Sample | undefined = undefined
  #figures: Figures | undefined = undefined

  constructor(options: HubOptions) {
    this.#options = options
    const { epoch, clock } = options
    this.#feed = new EventFeed({ epoch, now: () => clock.now(), head: () => this.#head() })
    this.#observer = new NetworkObserver({
      put: (event) => this.#feed.put(event),
      now: () => clock.now(),
    })
    this.#traffic = new TrafficMeter(options.traffic, clock)
  }

  get observer(): NetworkObserver {
    return this.#observer
  }

  get figures(): Figures | undefined {
    return this.#figures
  }

  put(event: FeedEvent): void {
    this.#feed.put(event)
  }

  refused(refusal: Parameters<Refusals['add']>[0]): void {
    this.#refusals.add(refusal)
  }

  /** Once a second. */
  async tick(): Promise<void> {
    for (const refusal of this.#refusals.take()) this.#feed.put(refusal)
    const { messages, registered, closed, failedLogins } = this.#observer
    const counted = { messages, registered, closed, failedLogins }
    const sample = { ...(await this.#options.sample()), ...counted }
    const figures = figuresOf(sample, this.#before)
    this.#before = sample
    this.#figures = figures
    const head = this.#head()
    this.#series.add(figures.atMs, pointOf(figures, head))
    this.#tell({ type: 'tick', figures, head })
  }

  snapshot(): Snapshot {
    return {
      ...this.#feed.position,
      version: FEED_VERSION,
      facts: this.#options.facts(),
      head: this.#head(),
      entries: this.#feed.latest(SNAPSHOT_ENTRIES),
      ...(this.#figures === undefined ? {} : { figures: this.#figures }),
    }
  }

  after(position: FeedPosition): After {
    return this.#feed.after(position)
  }

  subscribe(listener: (frame: FeedFrame) => void): Disposable {
    const entries = this.#feed.subscribe(listener)
    this.#listeners.add(listener)
    return {
      [Symbol.dispose]: () => {
        entries[Symbol.dispose]()
        this.#listeners.delete(listener)
      },
    }
  }

  async view(query: ViewQuery): Promise<View> {
    const { network, clock } = this.#options
    switch (query.of) {
      case 'connections': {
        const facts = await this.#connectionFacts()
        const sessions = [...network.sessions.values()]
        const shown =
          query.registered === true ? sessions.filter(({ user }) => user !== undefined) : sessions
        return connectionView(shown, query, facts)
      }
      case 'rooms':
        return roomView([...network.channels.values()], query, {
          tallyOf: (channel) => this.#observer.tallyOf(channel),
          nowMs: clock.now(),
        })
      case 'bans':
        return banView(this.#options.bans(), query)
      default:
        throw new ViewError('of: expected connections, rooms or bans')
    }
  }

  async connection(id: number): Promise<ConnectionRow | undefined> {
    const facts = await this.#connectionFacts()
    const session = this.#options.network.sessions.get(id)
    return session === undefined ? undefined : connectionRow(session, facts)
  }

  members(room: string): readonly RoomMember[] | undefined {
    const channel = this.#options.network.channels.get(foldCase(room))
    if (channel === undefined) return undefined
    return [...channel.members.values()].map(({ user, ranks, joinedAtMs }) => ({
      nick: user.nick,
      connection: user.sessions[0]?.id ?? 0,
      ranks: prefixesOf(ranks),
      joinedAtMs,
    }))
  }

  series(stepMs: Series['stepMs']): Series {
    return this.#series.of(stepMs)
  }

  commands(): readonly CommandUse[] {
    return [...this.#options.counts]
      .map(([command, { uses, bytes }]) => ({ command, uses, bytes }))
      .sort((a, b) => b.uses - a.uses)
  }

  #head(): Head {
    const { sessions, users, channels, counts } = this.#options.network
    return {
      connections: sessions.size,
      peakConnections: counts.peakLocal,
      people: users.size,
      peakPeople: counts.peakUsers,
      rooms: channels.size,
      operators: counts.operators,
    }
  }

  async #connectionFacts(): Promise<ConnectionFacts> {
    const trafficOf = await this.#traffic.read()
    const { isSilenced, clock } = this.#options
    return { trafficOf, isSilenced, monotonicMs: clock.monotonic() }
  }

  #tell(frame: FeedFrame): void {
    // What happened before the tick is told before it.
    this.#feed.flush()
    for (const listener of this.#listeners) listener(frame)
  }
}
