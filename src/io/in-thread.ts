import { getHeapStatistics } from 'node:v8'
import type { EdgeLimits } from '../protocol/limits.ts'
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
  Variants,
} from './engine.ts'
import { linesOf } from './line-splitter.ts'
import { Listeners } from './listeners.ts'

export interface EngineOptions {
  readonly limits: EdgeLimits
  /** Points of the line budget by upper-case command. */
  readonly costs: ReadonlyMap<string, number>
  /** A connection or a handshake failed before it was open. */
  readonly trouble: (listener: string, what: string) => void
  readonly onCompletions: OnCompletions
}

/** The engine in the core's own thread: no copy and no hop, and one core for all. */
export class InThreadEngine implements Engine {
  readonly #edge: Edge
  readonly #listeners: Listeners
  readonly #onCompletions: OnCompletions
  #batch: Completion[] = []
  #isTurnDue = false

  constructor(options: EngineOptions) {
    this.#onCompletions = options.onCompletions
    this.#edge = new Edge(edgeOptions(options), {
      opened: (completion) => this.#batch.push(completion),
      closed: (completion) => this.#batch.push(completion),
      malformed: (connection, fault) => this.#batch.push({ kind: 'malformed', connection, fault }),
      lines: (connection, block) => {
        const lines = linesOf(block)
        if (lines.length > 0) this.#batch.push({ kind: 'lines', connection, lines })
      },
      wake: () => this.#wake(),
      isFull: () => false,
    })
    const { limits, trouble } = options
    this.#listeners = new Listeners({ edge: this.#edge, limits, reusePort: false, trouble })
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
    return [edgeFigures(this.#edge)]
  }

  // oxlint-disable-next-line typescript/require-await
  async [Symbol.asyncDispose](): Promise<void> {
    this.#listeners.stop()
    this.#edge.dispose()
  }

  send(connection: ConnectionId, lines: Text): void {
    this.#edge.send(connection, lines)
  }

  cast(rooms: readonly RoomId[], variants: Variants, except: ConnectionId): void {
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
      if (batch.length > 0) this.#onCompletions(batch)
      this.#edge.flush()
    })
  }
}

export function edgeOptions({
  limits,
  costs,
}: Pick<EngineOptions, 'limits' | 'costs'>): ConstructorParameters<typeof Edge>[0] {
  return {
    limits,
    costs,
    queuesBudgetBytes: limits.queuesShareOfHeap * getHeapStatistics().heap_size_limit,
    monotonicMs: () => performance.now(),
  }
}

const DRAIN_LOOK_MS = 10

export async function drainEdge(edge: Edge, deadlineMs: number): Promise<void> {
  const deadline = performance.now() + deadlineMs
  while (performance.now() < deadline && !edge.isSettled) {
    await new Promise((resolve) => setTimeout(resolve, DRAIN_LOOK_MS))
  }
}

export function edgeFigures(edge: Edge): ThreadFigures {
  const usage = process.threadCpuUsage?.()
  return {
    connections: edge.size,
    queuedBytes: edge.queuedBytes,
    deliveries: edge.deliveries,
    cpuMs: usage && (usage.user + usage.system) / 1000,
  }
}
