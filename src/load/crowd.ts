import { Client, type ClientEvents } from './client.ts'
import { add, type Counters, BACK, BYTES, DELIVERIES, JOINED, LOST } from './counters.ts'
import { createHistogram, type Histogram, record } from '../base/histogram.ts'
import { loadWithMessages, type LoadResult } from './message-load.ts'
import { placeOf, type Plan, sendersOf, type Storm } from './plan.ts'

export interface CrowdOptions {
  readonly plan: Plan
  /** What the plan's host resolved to. */
  readonly address: string
  readonly thread: number
  readonly counters: Counters
}

/** What a thread measured in a storm: how long each client took to be back in its room. */
export interface StormResult {
  readonly times: Histogram
  readonly asked: number
}

/** How often what went wrong went wrong. */
export type Reasons = Map<string, number>

/** A client that isn't in its room this long after it set out has failed. */
const JOIN_DEADLINE_MS = 60_000
/** Joins in flight, of all threads together. */
const JOINS_IN_FLIGHT = 256
const KEEPALIVE_MS = 20_000
const TICK_MS = 500
/** Further reasons are counted together. */
const MOST_REASONS = 30

/** The clients of one thread. */
export class Crowd implements Disposable {
  readonly reasons: Reasons = new Map()
  readonly #options: CrowdOptions
  readonly #clients: readonly Client[]
  readonly #ticks: NodeJS.Timeout
  #lastKeepaliveMs = performance.now()
  #phase: Phase = { kind: 'idle' }

  constructor(options: CrowdOptions) {
    this.#options = options
    this.#clients = createClients(options, {
      joined: (client) => this.#onJoined(client),
      lost: (client, when, reason) => this.#onLost(client, when, reason),
      received: (bytes, lines) => {
        add(options.counters, BYTES, bytes)
        add(options.counters, DELIVERIES, lines)
      },
    })
    this.#ticks = setInterval(() => this.#tick(), TICK_MS)
  }

  /** The capabilities that the first client in its room has agreed on. */
  get capabilities(): readonly string[] {
    return this.#clients.find((client) => client.state === 'joined')?.capabilities ?? []
  }

  /** Resolves when every client is in its room or has failed. */
  join(): Promise<void> {
    const { plan } = this.#options
    const limit = Math.max(1, Math.floor(JOINS_IN_FLIGHT / plan.threads))
    return new Promise((resolve) => {
      const waiting = [...this.#clients].reverse()
      this.#phase = { kind: 'join', waiting, limit, out: 0, done: resolve }
      this.#advance(0)
    })
  }

  async load(): Promise<LoadResult> {
    const { plan, counters, thread } = this.#options
    const joined = this.#clients.filter((client) => client.state === 'joined')
    return loadWithMessages({
      ...plan,
      counters,
      rooms: Map.groupBy(joined, (client) => client.room),
      sendersOf: (room) => sendersOf(Number(room.slice(ROOM_PREFIX.length)), thread, plan),
      refused: (reason) => this.#count(reason),
    })
  }

  /** Resolves when every client that was in its room is back, or has failed. */
  storm(kind: Storm): Promise<StormResult> {
    const members = this.#clients.filter((client) => client.state === 'joined')
    const times = createHistogram()
    return new Promise((resolve) => {
      const done = () => resolve({ times, asked: members.length })
      this.#phase = { kind: 'storm', out: members.length, times, done }
      const startMs = performance.now()
      if (kind === 'reconnect') for (const client of members) client.cut()
      for (const client of members) {
        if (kind === 'join') client.rejoin(startMs)
        else client.connect(startMs)
      }
      this.#advance(0)
    })
  }

  [Symbol.dispose](): void {
    clearInterval(this.#ticks)
    for (const client of this.#clients) client.cut()
  }

  #onJoined(client: Client): void {
    const phase = this.#phase
    if (phase.kind === 'storm') {
      record(phase.times, performance.now() - client.startedMs)
      add(this.#options.counters, BACK, 1)
    } else add(this.#options.counters, JOINED, 1)
    this.#advance(-1)
  }

  #onLost(_client: Client, when: 'joining' | 'joined', reason: string): void {
    add(this.#options.counters, LOST, 1)
    this.#count(when === 'joined' ? `lost: ${reason}` : reason)
    if (when === 'joining') this.#advance(-1)
  }

  /** `change`: how the number of clients that are out has changed. */
  #advance(change: number): void {
    const phase = this.#phase
    if (phase.kind === 'idle') return
    phase.out += change
    if (phase.kind === 'join') this.#fill(phase)
    if (phase.out > 0) return
    this.#phase = { kind: 'idle' }
    phase.done()
  }

  #fill(phase: Phase & { kind: 'join' }): void {
    while (phase.out < phase.limit) {
      const next = phase.waiting.pop()
      if (next === undefined) return
      phase.out++
      next.connect(performance.now())
    }
  }

  #tick(): void {
    const nowMs = performance.now()
    if (this.#phase.kind !== 'idle') {
      for (const client of this.#clients) {
        const out = client.state === 'registering' || client.state === 'joining'
        if (out && nowMs - client.startedMs > JOIN_DEADLINE_MS) client.giveUp('no answer for 60 s')
      }
    }
    if (nowMs - this.#lastKeepaliveMs < KEEPALIVE_MS) return
    this.#lastKeepaliveMs = nowMs
    // a client without an ear doesn't see a PING that has tags or a source
    for (const client of this.#clients) if (client.state === 'joined') client.send('PONG :maru\r\n')
  }

  #count(reason: string): void {
    const known = this.reasons.has(reason) || this.reasons.size < MOST_REASONS
    const name = known ? reason : 'other'
    this.reasons.set(name, (this.reasons.get(name) ?? 0) + 1)
  }
}

type Phase =
  | { readonly kind: 'idle' }
  | {
      readonly kind: 'join'
      /** In the order from last to first. */
      readonly waiting: Client[]
      readonly limit: number
      out: number
      readonly done: () => void
    }
  | { readonly kind: 'storm'; readonly times: Histogram; out: number; readonly done: () => void }

const ROOM_PREFIX = '#r'

function createClients({ plan, address, thread }: CrowdOptions, events: ClientEvents): Client[] {
  const clients: Client[] = []
  for (let index = 0; index < plan.clients; index++) {
    const place = placeOf(index, plan)
    if (place.thread !== thread) continue
    const sourceAddress = plan.sources === 'many' ? loopbackSource(index) : undefined
    clients.push(
      new Client({
        index,
        nick: `u${index}`,
        room: `${ROOM_PREFIX}${place.room}`,
        lines: plan.lines,
        wire: { ...plan, address, sourceAddress },
        events,
      }),
    )
  }
  return clients
}

/** 10,000 connections to each 127.0.x, over 200 addresses. */
function loopbackSource(index: number): string {
  return `127.0.${Math.floor(index / 10_000)}.${1 + (index % 200)}`
}
