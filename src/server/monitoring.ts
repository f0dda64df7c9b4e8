import { randomUUID } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { existsSync } from 'node:fs'
import { addSparse } from '../base/sparse-histogram.ts'
import { createHistogram } from '../base/histogram.ts'
import { systemClock } from '../base/clock.ts'
import type { Fields, Log } from '../base/log.ts'
import type { CommandCount } from '../commands/command.ts'
import { readConnectionFigures } from '../io/connection-figures.ts'
import type { Engine, LoadFigures, ThreadFigures, Trouble } from '../io/engine.ts'
import { ThreadLoad } from '../io/thread-load.ts'
import type { ServerFacts } from '../monitor/feed.ts'
import { MonitorHub } from '../monitor/hub.ts'
import type { SocketSample, ThreadSample } from '../monitor/thread-sample.ts'
import type { TrafficCounts } from '../monitor/traffic-meter.ts'
import type { Event } from '../state/event.ts'
import { muteOf } from '../state/mute.ts'
import type { Network } from '../state/network.ts'
import type { Session } from '../state/session.ts'
import { banRow } from './ban-row.ts'

export interface MonitoringParts {
  readonly network: Network
  readonly counts: ReadonlyMap<string, CommandCount>
  readonly engine: () => Engine
  readonly facts: () => ServerFacts
  /** Zero: the core's own thread has the sockets. */
  readonly workers: number
}

/** The hub of the monitor, fed by the chat on one side and the engine on the other. */
export class Monitoring implements Disposable {
  readonly hub: MonitorHub
  readonly #parts: MonitoringParts
  readonly #load = new ThreadLoad()

  constructor(parts: MonitoringParts) {
    this.#parts = parts
    this.hub = new MonitorHub({
      epoch: randomUUID(),
      clock: systemClock,
      network: parts.network,
      counts: parts.counts,
      facts: parts.facts,
      bans: () => parts.network.bans.map(banRow),
      isSilenced: ({ user }) => user !== undefined && muteOf(user) !== undefined,
      sample: () => this.#sample(),
      traffic: () => this.#traffic(),
    })
  }

  observe(event: Event): void {
    this.hub.observer.hear(event)
  }

  slowed(session: Session, why: 'budget' | 'queue'): void {
    this.hub.observer.slowed(session, why)
  }

  refused({ listener, address, reason }: Trouble): void {
    this.hub.refused({ listener, reason, ...(address === undefined ? {} : { address }) })
  }

  /** What an operator did on IRC. */
  acted(action: string, fields: Fields): void {
    const { by, operator, victim, mask, channel, nick, reason } = fields
    const target = victim ?? mask ?? channel ?? nick
    this.hub.put({
      kind: 'operator',
      via: 'irc',
      action,
      by: String(operator ?? by ?? '*'),
      ...(target === undefined ? {} : { target: String(target) }),
      ...(reason === undefined ? {} : { reason: String(reason) }),
    })
  }

  /** Once a second. */
  async tick(): Promise<void> {
    await this.hub.tick()
  }

  [Symbol.dispose](): void {
    this.#load[Symbol.dispose]()
  }

  async #sample(): ReturnType<ConstructorParameters<typeof MonitorHub>[0]['sample']> {
    const figures = await this.#parts.engine().figures()
    const { user, system } = process.cpuUsage()
    return {
      atMs: systemClock.now(),
      monotonicMs: systemClock.monotonic(),
      threads: this.#threads(figures),
      cpuMs: (user + system) / 1000,
      residentBytes: process.memoryUsage.rss(),
    }
  }

  #threads(figures: readonly ThreadFigures[]): readonly ThreadSample[] {
    if (this.#parts.workers === 0) return figures.map((thread) => sampleOf('core', thread))
    return [
      loadOf('core', this.#load.read()),
      ...figures.map((thread, index) => sampleOf(`io ${index + 1}`, thread)),
    ]
  }

  async #traffic(): Promise<ReadonlyMap<number, TrafficCounts>> {
    const rows = readConnectionFigures(await this.#parts.engine().connectionFigures())
    const counts = new Map<number, TrafficCounts>()
    for (const [id, { budgetLines, budgetBytes, ...row }] of rows) {
      counts.set(id, {
        ...row,
        ...(budgetLines === undefined ? {} : { budgetLines: Math.floor(budgetLines) }),
        ...(budgetBytes === undefined ? {} : { budgetBytes: Math.floor(budgetBytes) }),
      })
    }
    return counts
  }
}

function loadOf(name: string, { cpuMs, loopDelayMs, heapBytes }: LoadFigures): ThreadSample {
  return {
    name,
    heapBytes,
    ...(cpuMs === undefined ? {} : { cpuMs }),
    ...(loopDelayMs === undefined ? {} : { loopDelayMs }),
  }
}

function sampleOf(name: string, figures: ThreadFigures): ThreadSample {
  const { rings } = figures
  return {
    ...loadOf(name, figures),
    ...(rings === undefined ? {} : { rings }),
    sockets: socketsOf(figures),
  }
}

function socketsOf(figures: ThreadFigures): SocketSample {
  const { connections, heldConnections, queuedBytes, accepted, refused, slowed } = figures
  const { deliveries, linesIn, bytesIn, bytesOut, fanOut } = figures
  const counts = {
    connections,
    heldConnections,
    queuedBytes,
    accepted,
    refused,
    slowed,
    deliveries,
    linesIn,
    bytesIn,
    bytesOut,
  }
  if (fanOut === undefined) return counts
  const histogram = createHistogram()
  addSparse(histogram, fanOut)
  return { ...counts, fanOut: histogram }
}

/**
 * Tells the feed what the log is told, but for what the feed is told anyway: who comes and goes, and what
 * operators do, which always says `by`.
 */
export function logToFeed(log: Log, hub: () => MonitorHub): Log {
  const tell = (level: 'info' | 'warn' | 'error', text: string, fields: Fields = {}): void => {
    if (level === 'info' && (TOLD_ANYWAY.has(text) || 'by' in fields)) return
    const known = Object.entries(fields).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value] as const],
    )
    hub().put({ kind: 'log', level, text, fields: Object.fromEntries(known) })
  }
  return {
    debug: (event, fields) => log.debug(event, fields),
    info(event, fields) {
      log.info(event, fields)
      tell('info', event, fields)
    },
    warn(event, fields) {
      log.warn(event, fields)
      tell('warn', event, fields)
    },
    error(event, fields) {
      log.error(event, fields)
      tell('error', event, fields)
    },
  }
}

const TOLD_ANYWAY: ReadonlySet<string> = new Set([
  'connected',
  'disconnected',
  'refused',
  'reloaded',
  'stopping',
])

/** Where `npm run build` puts the page, seen from the source and from what was built of it alike. */
export function pageFolder(): string | undefined {
  const folder = fileURLToPath(new URL('../../dist/web/monitor', import.meta.url))
  return existsSync(folder) ? folder : undefined
}
