import { createServer } from 'node:net'
import { getHeapStatistics } from 'node:v8'
import { NOBODY } from './engine.ts'
import type {
  Bound,
  Completion,
  ConnectionId,
  DeliveryClass,
  Engine,
  ListenSpec,
  RoomId,
  Text,
  ThreadFigures,
  TlsMaterial,
  Variants,
} from './engine.ts'
import type { EngineOptions } from './in-thread.ts'
import { joinConnections } from './pack-connections.ts'
import { readCompletion } from './read-completion.ts'
import { RoomPlaces } from './room-places.ts'
import { sharedNow } from './shared-clock.ts'
import { WorkerLink } from './worker-link.ts'

export interface PoolOptions extends EngineOptions {
  /** I/O threads, at least 1. */
  readonly workers: number
}

/** Completions that one turn takes at most: what comes meanwhile must not keep the queues from being written. */
const MOST_PER_TURN = 4096
/** A worker that is so far behind gets no more to do until it has caught up. */
const MOST_BACKLOG_BYTES = 64 * 1024 * 1024
const BACKLOG_LOOK_MS = 10

/**
 * The engine over I/O threads. The system deals connections out among their listening sockets; what a
 * worker has finished comes through its ring, and what the core wants done goes back through another. A
 * connection's number says which worker has it: the worker's own number times their count, plus its place.
 */
export class PooledEngine implements Engine {
  readonly #workers: readonly WorkerLink[]
  readonly #places: RoomPlaces
  readonly #onCompletions: EngineOptions['onCompletions']
  #turnStartMs = sharedNow()
  #isTurnDue = false
  #isDisposed = false

  constructor({ workers, limits, prices, trouble, onCompletions }: PoolOptions) {
    this.#onCompletions = onCompletions
    this.#places = new RoomPlaces(workers)
    const budget = limits.queuesShareOfHeap * getHeapStatistics().heap_size_limit
    const queuesBudgetBytes = budget / workers
    const onRing = (): void => this.#wake()
    this.#workers = Array.from(
      { length: workers },
      () => new WorkerLink({ limits, prices, queuesBudgetBytes, onRing, trouble }),
    )
    // Nobody rings a core that has never gone to sleep.
    this.#wake()
  }

  async listen(spec: ListenSpec): Promise<Bound> {
    // Threads share the port, and would share it with another process without a word.
    await probe(spec)
    let bound: Bound | undefined
    for (const worker of this.#workers) {
      bound = await worker.ask('listen', { ...spec, port: bound?.port ?? spec.port })
    }
    if (bound === undefined) throw new Error('a pool without workers')
    // Held while there is a listener: else an idle server would end.
    for (const worker of this.#workers) worker.bell.ref()
    return bound
  }

  async useTls(material: TlsMaterial): Promise<void> {
    for (const worker of this.#workers) await worker.ask('useTls', material)
  }

  async stopListening(): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.ask('stopListening', undefined)))
  }

  async drained(deadlineMs: number): Promise<void> {
    const deadline = performance.now() + deadlineMs
    this.#publish()
    // A worker knows nothing of what found its ring full, and would say that it is done.
    while (this.#workers.some(hasBacklog) && performance.now() < deadline) {
      await new Promise((resolve) => setTimeout(resolve, BACKLOG_LOOK_MS))
    }
    const leftMs = Math.max(0, deadline - performance.now())
    await Promise.all(this.#workers.map((worker) => worker.ask('drained', leftMs)))
  }

  figures(): Promise<readonly ThreadFigures[]> {
    const figuresOf = async (worker: WorkerLink): Promise<ThreadFigures> => {
      const rings = worker.ringShares
      return { ...(await worker.ask('figures', undefined)), rings }
    }
    return Promise.all(this.#workers.map(figuresOf))
  }

  async connectionFigures(): Promise<Float64Array> {
    const parts = this.#workers.map((worker) => worker.ask('connectionFigures', undefined))
    return joinConnections(await Promise.all(parts), (local, index) => this.#globalOf(local, index))
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isDisposed = true
    await Promise.all(this.#workers.map((worker) => worker.dispose()))
  }

  send(connection: ConnectionId, lines: Text): void {
    this.#workerOf(connection)?.submissions.send(this.#localOf(connection), lines)
    this.#wake()
  }

  cast(rooms: readonly RoomId[], variants: Variants, except: ConnectionId): void {
    for (const [index, worker] of this.#workers.entries()) {
      if (!rooms.some((room) => this.#places.has(room, index))) continue
      const isHere = except !== NOBODY && this.#indexOf(except) === index
      worker.hasCast = true
      worker.submissions.cast(rooms, variants, isHere ? this.#localOf(except) : NOBODY)
    }
    this.#wake()
  }

  enter(connection: ConnectionId, room: RoomId): void {
    this.#places.enter(connection, room, this.#indexOf(connection))
    this.#workerOf(connection)?.submissions.enter(this.#localOf(connection), room)
    this.#wake()
  }

  leave(connection: ConnectionId, room: RoomId): void {
    this.#places.leave(connection, room, this.#indexOf(connection))
    this.#workerOf(connection)?.submissions.leave(this.#localOf(connection), room)
    this.#wake()
  }

  classify(connection: ConnectionId, deliveryClass: DeliveryClass): void {
    this.#workerOf(connection)?.submissions.classify(this.#localOf(connection), deliveryClass)
    this.#wake()
  }

  close(connection: ConnectionId, farewell: Text, reason: string): void {
    this.#workerOf(connection)?.submissions.close(this.#localOf(connection), farewell, reason)
    this.#wake()
  }

  bar(networks: readonly string[]): void {
    for (const { submissions } of this.#workers) submissions.bar(networks)
    this.#wake()
  }

  #indexOf(connection: ConnectionId): number {
    return connection % this.#workers.length
  }

  #workerOf(connection: ConnectionId): WorkerLink | undefined {
    return this.#workers[this.#indexOf(connection)]
  }

  #localOf(connection: ConnectionId): number {
    return Math.floor(connection / this.#workers.length)
  }

  #globalOf(local: number, index: number): ConnectionId {
    return local * this.#workers.length + index
  }

  #wake(): void {
    if (this.#isTurnDue || this.#isDisposed) return
    this.#isTurnDue = true
    setImmediate(() => this.#turn())
  }

  /** Takes what is finished, has the core work on it, hands out what it wants done; sleeps when nothing came. */
  #turn(): void {
    this.#isTurnDue = false
    if (this.#isDisposed) return
    for (const { completions } of this.#workers) completions.unpark()
    this.#turnStartMs = sharedNow()
    const batch = this.#isBehind() ? [] : this.#take()
    if (batch.length > 0) this.#onCompletions(batch)
    this.#publish()
    // A busy ring is looked at once more rather than slept on: that spares its worker the bell.
    if (batch.length > 0 || !this.#park()) this.#wake()
  }

  #isBehind(): boolean {
    return this.#workers.some(({ submissions }) => submissions.backlogBytes > MOST_BACKLOG_BYTES)
  }

  #take(): Completion[] {
    const batch: Completion[] = []
    for (const [index, { completions, bell }] of this.#workers.entries()) {
      const globalOf = (local: number): ConnectionId => this.#globalOf(local, index)
      for (let left = MOST_PER_TURN; left > 0 && completions.next(); left--) {
        const completion = readCompletion(completions, globalOf)
        if (completion.kind === 'opened') this.#places.open(completion.connection)
        else if (completion.kind === 'closed') this.#places.forget(completion.connection, index)
        batch.push(completion)
      }
      if (completions.release()) bell.ring()
    }
    return batch
  }

  #publish(): void {
    for (const worker of this.#workers) {
      if (worker.hasCast) worker.submissions.mark(this.#turnStartMs)
      worker.hasCast = false
      if (worker.submissions.publish()) worker.bell.ring()
    }
  }

  #park(): boolean {
    // While it is behind, it is the room in the submissions' ring that it waits for, and it will be rung for that.
    if (this.#isBehind()) return true
    let isAsleep = true
    for (const { completions } of this.#workers) if (!completions.park()) isAsleep = false
    return isAsleep
  }
}

function hasBacklog({ submissions }: WorkerLink): boolean {
  return submissions.backlogBytes > 0
}

/** Whether the address can be had for us alone. Rejects as `listen` would. */
async function probe({ host, port }: ListenSpec): Promise<void> {
  if (port === 0) return
  const server = createServer()
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  server.once('error', reject)
  server.listen({ host: host === '*' ? '::' : host, port, exclusive: true }, resolve)
  await promise
  await new Promise((closed) => server.close(closed))
}
