import type { EdgeLimits } from '../protocol/limits.ts'
import type { Connection } from './connection.ts'
import { Link, type Framing, type Segment } from './outbox.ts'

export interface OutgoingOptions {
  readonly limits: EdgeLimits
  /** What all queues together may take. */
  readonly budgetBytes: number
  readonly frame: (framing: Framing, lines: Uint8Array) => Uint8Array
  readonly monotonicMs: () => number
  /** Ends a reader that is too slow, with the name of the limit. */
  readonly drop: (connection: Connection, reason: string) => void
}

export const SEND_QUEUE_EXCEEDED = 'SendQ exceeded'
export const SLOW_READER = 'Reading too slowly'
export const QUEUES_EXCEEDED = 'All send queues exceeded'

/** How often the slow readers are looked at while there are some. */
const CHECK_EVERY_MS = 50
const NOTHING = new Uint8Array(0)

/**
 * The way out: nothing is written while a turn lasts; at its end each socket that has something to
 * receive gets one write. A socket that can't take more keeps its outbox until it can.
 */
export class Outgoing {
  readonly #options: OutgoingOptions
  #root = Link.root()
  #dirty: Connection[] = []
  readonly #blocked = new Set<Connection>()
  #checkedAtMs = 0
  /** Segments handed to sockets: a message to a hundred members is a hundred. */
  deliveries = 0

  constructor(options: OutgoingOptions) {
    this.#options = options
  }

  get hasWork(): boolean {
    return this.#dirty.length > 0
  }

  append(connection: Connection, segment: Segment): void {
    const outbox = connection.outbox
    if (outbox !== undefined) {
      connection.outbox = outbox.append(segment)
      return
    }
    connection.outbox = this.#root.append(segment)
    if (!connection.blocked) this.#dirty.push(connection)
  }

  /** The end of the turn. */
  flush(): void {
    const dirty = this.#dirty
    this.#dirty = []
    // What comes next is another turn's: a chain that grew on would keep every message alive.
    this.#root = Link.root()
    for (const connection of dirty) this.#write(connection)
    if (this.#blocked.size > 0) this.check()
  }

  /** To be called now and then while nothing is flushed, too. */
  check(): void {
    const nowMs = this.#options.monotonicMs()
    if (this.#blocked.size === 0 || nowMs - this.#checkedAtMs < CHECK_EVERY_MS) return
    this.#checkedAtMs = nowMs
    let total = 0
    for (const connection of this.#blocked) {
      const reason = this.#tooSlow(connection, nowMs)
      if (reason === undefined) total += connection.queuedBytes
      else this.#options.drop(connection, reason)
    }
    if (total > this.#options.budgetBytes) this.#dropBiggest(total)
  }

  forget(connection: Connection): void {
    this.#blocked.delete(connection)
    connection.outbox = undefined
  }

  get queuedBytes(): number {
    let bytes = 0
    for (const connection of this.#blocked) bytes += connection.queuedBytes
    return bytes
  }

  #write(connection: Connection): void {
    const { outbox, socket, wire } = connection
    if (outbox === undefined || connection.blocked) return
    connection.outbox = undefined
    if (socket.destroyed) return
    this.deliveries += outbox.segments
    const bytes =
      wire.framing === 'lines'
        ? outbox.flatten()
        : outbox.flattenAs(wire.framing, (lines) => this.#options.frame(wire.framing, lines))
    connection.bytesOut += bytes.length
    socket.write(bytes)
    if (socket.writableLength > 0) this.#block(connection)
    else if (connection.reason !== undefined) wire.end()
  }

  /** An empty write is done when all before it is: that is how we hear of it. */
  #block(connection: Connection): void {
    connection.blocked = true
    this.#blocked.add(connection)
    connection.socket.write(NOTHING, () => {
      connection.blocked = false
      connection.slowSinceMs = undefined
      this.#blocked.delete(connection)
      if (connection.outbox !== undefined) this.#write(connection)
      else if (connection.reason !== undefined) connection.wire.end()
    })
  }

  #tooSlow(connection: Connection, nowMs: number): string | undefined {
    const { sendQueueBytes, slowReaderBytes, slowReaderMs } = this.#options.limits
    const queued = connection.queuedBytes
    if (queued > sendQueueBytes) return SEND_QUEUE_EXCEEDED
    if (queued <= slowReaderBytes) {
      connection.slowSinceMs = undefined
      return undefined
    }
    connection.slowSinceMs ??= nowMs
    return nowMs - connection.slowSinceMs > slowReaderMs ? SLOW_READER : undefined
  }

  #dropBiggest(total: number): void {
    const bySize = [...this.#blocked].sort((a, b) => b.queuedBytes - a.queuedBytes)
    let left = total
    for (const connection of bySize) {
      if (left <= this.#options.budgetBytes) return
      left -= connection.queuedBytes
      this.#options.drop(connection, QUEUES_EXCEEDED)
    }
  }
}
