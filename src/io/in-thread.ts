import { getHeapStatistics } from 'node:v8'
import type { EdgeLimits } from '../protocol/limits.ts'
import { edgeFigures } from './edge-figures.ts'
import { Edge } from './edge.ts'
import type {
  Bound,
  Completion,
  ConnectionId,
  DeliveryClass,
  Engine,
  ListenSpec,
  OnCompletions,
  RoomId,
  Text,
  ThreadFigures,
  TlsMaterial,
  Trouble,
  Variants,
} from './engine.ts'
import type { Price } from './line-cost.ts'
import { linesOf } from './line-splitter.ts'
import { Listeners } from './listeners.ts'
import { Refusals } from './refusals.ts'
import { sharedNow } from './shared-clock.ts'
import { ThreadLoad } from './thread-load.ts'

export interface EngineOptions {
  readonly limits: EdgeLimits
  /** Points of the line budget by upper-case command. */
  readonly prices: ReadonlyMap<string, Price>
  /** At most a hundred times a second for each I/O thread; what is beyond is only counted, as `refused`. */
  readonly trouble: (trouble: Trouble) => void
  readonly onCompletions: OnCompletions
}

/** The engine in the core's own thread: no copy and no hop, and one core for all. */
export class InThreadEngine implements Engine {
  readonly #edge: Edge
  readonly #listeners: Listeners
  readonly #refusals: Refusals
  readonly #load = new ThreadLoad()
  readonly #onCompletions: OnCompletions
  #batch: Completion[] = []
  #isTurnDue = false
  #hasCast = false

  constructor(options: EngineOptions) {
    this.#onCompletions = options.onCompletions
    this.#edge = new Edge(edgeOptions(options), {
      opened: (completion) => this.#batch.push(completion),
      closed: (completion) => this.#batch.push(completion),
      malformed: (connection, fault) => this.#batch.push({ kind: 'malformed', connection, fault }),
      slowed: (connection, why) => this.#batch.push({ kind: 'slowed', connection, why }),
      lines: (connection, block) => {
        const lines = linesOf(block)
        if (lines.length > 0) this.#batch.push({ kind: 'lines', connection, lines })
      },
      wake: () => this.#wake(),
      isFull: () => false,
    })
    this.#refusals = new Refusals(options.trouble, sharedNow)
    this.#listeners = new Listeners({
      edge: this.#edge,
      limits: options.limits,
      reusePort: false,
      refusals: this.#refusals,
    })
  }

  listen(spec: ListenSpec): Promise<Bound> {
    return this.#listeners.listen(spec)
  }

  // oxlint-disable-next-line typescript/require-await -- the contract is asynchronous, this one isn't
  async useTls(material: TlsMaterial): Promise<void> {
    this.#listeners.useTls(material)
  }

  // oxlint-disable-next-line typescript/require-await
  async stopListening(): Promise<void> {
    this.#listeners.stop()
  }

  async drained(deadlineMs: number): Promise<void> {
    await drainEdge(this.#edge, deadlineMs)
  }

  // oxlint-disable-next-line typescript/require-await
  async figures(): Promise<readonly ThreadFigures[]> {
    return [edgeFigures(this.#edge, this.#refusals, this.#load)]
  }

  // oxlint-disable-next-line typescript/require-await
  async connectionFigures(): Promise<Float64Array> {
    return this.#edge.connectionFigures()
  }

  // oxlint-disable-next-line typescript/require-await
  async [Symbol.asyncDispose](): Promise<void> {
    this.#listeners.stop()
    this.#edge.dispose()
    this.#load[Symbol.dispose]()
  }

  send(connection: ConnectionId, lines: Text): void {
    this.#edge.send(connection, lines)
  }

  cast(rooms: readonly RoomId[], variants: Variants, except: ConnectionId): void {
    this.#hasCast = true
    this.#edge.cast(rooms, variants, except)
  }

  enter(connection: ConnectionId, room: RoomId): void {
    this.#edge.enter(connection, room)
  }

  leave(connection: ConnectionId, room: RoomId): void {
    this.#edge.leave(connection, room)
  }

  classify(connection: ConnectionId, deliveryClass: DeliveryClass): void {
    this.#edge.classify(connection, deliveryClass)
  }

  close(connection: ConnectionId, farewell: Text, reason: string): void {
    this.#edge.close(connection, farewell, reason)
  }

  bar(networks: readonly string[]): void {
    this.#edge.bar(networks)
  }

  /** A turn is what the poll phase brought, then the core, then one write for each socket. */
  #wake(): void {
    if (this.#isTurnDue) return
    this.#isTurnDue = true
    setImmediate(() => {
      this.#isTurnDue = false
      const batch = this.#batch
      this.#batch = []
      const startMs = sharedNow()
      if (batch.length > 0) this.#onCompletions(batch)
      if (this.#hasCast) this.#edge.mark(startMs)
      this.#hasCast = false
      this.#edge.flush()
    })
  }
}

export function edgeOptions({
  limits,
  prices,
}: Pick<EngineOptions, 'limits' | 'prices'>): ConstructorParameters<typeof Edge>[0] {
  return {
    limits,
    prices,
    queuesBudgetBytes: limits.queuesShareOfHeap * getHeapStatistics().heap_size_limit,
    monotonicMs: sharedNow,
  }
}

const DRAIN_LOOK_MS = 10

export async function drainEdge(edge: Edge, deadlineMs: number): Promise<void> {
  const deadline = performance.now() + deadlineMs
  while (performance.now() < deadline && !edge.isSettled) {
    await new Promise((resolve) => setTimeout(resolve, DRAIN_LOOK_MS))
  }
}
