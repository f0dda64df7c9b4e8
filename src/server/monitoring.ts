import { randomUUID } from 'node:crypto'
import { systemClock } from '../base/clock.ts'
import type { CommandCount } from '../commands/command.ts'
import { readConnectionFigures } from '../io/connection-figures.ts'
import type { Engine, ThreadFigures } from '../io/engine.ts'
import { ThreadLoad } from '../io/thread-load.ts'
import type { ServerFacts } from '../feed/feed.ts'
import { MonitorHub } from '../monitor/hub.ts'
import type { ThreadSample } from '../monitor/thread-sample.ts'
import { muteOf } from '../state/mute.ts'
import type { Network } from '../state/network.ts'
import { banRow } from './ban-row.ts'
import type { HistorySide } from './history-side.ts'

export interface MonitoringParts {
  readonly network: Network
  readonly counts: ReadonlyMap<string, CommandCount>
  readonly engine: () => Engine
  readonly facts: () => ServerFacts
  /** Zero: the core's own thread has the sockets. */
  readonly workers: number
  /** Undefined: nothing is kept. */
  readonly history: HistorySide | undefined
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
      traffic: async () => readConnectionFigures(await parts.engine().connectionFigures()),
    })
  }

  [Symbol.dispose](): void {
    this.#load[Symbol.dispose]()
  }

  async #sample(): ReturnType<ConstructorParameters<typeof MonitorHub>[0]['sample']> {
    const { engine, history } = this.#parts
    const [figures, log] = await Promise.all([engine().figures(), history?.sample()])
    const { user, system } = process.cpuUsage()
    return {
      atMs: systemClock.now(),
      monotonicMs: systemClock.monotonic(),
      threads: this.#threads(figures),
      log,
      cpuMs: (user + system) / 1000,
      residentBytes: process.memoryUsage.rss(),
    }
  }

  #threads(figures: readonly ThreadFigures[]): readonly ThreadSample[] {
    const isPooled = this.#parts.workers > 0
    const threads = figures.map((thread, index): ThreadSample => {
      const name = isPooled ? `io ${index + 1}` : 'core'
      return { ...thread, name, sockets: thread }
    })
    // Without sockets of its own, the core is not among those that the engine knows.
    return isPooled
      ? [{ ...this.#load.read(), name: 'core', rings: undefined, sockets: undefined }, ...threads]
      : threads
  }
}
