import type { EdgeLimits } from '../protocol/limits.ts'
import type { Connection } from './connection.ts'
import { BINARY, frameLines, TEXT } from './frame-lines.ts'
import { directWrite, type PendingWrite, WRITTEN } from './direct-write.ts'
import type { Text } from './engine.ts'
import { Outboxes } from './outboxes.ts'

export interface OutgoingOptions {
  readonly limits: EdgeLimits
  /** What all queues together may take. */
  readonly budgetBytes: number
  readonly monotonicMs: () => number
  /** Ends a reader that is too slow, with the name of the limit. */
  readonly drop: (connection: Connection, reason: string) => void
  /** More waits for it than a slow reader's queue may hold for long. */
  readonly slowed: (connection: Connection) => void
}

export const SEND_QUEUE_EXCEEDED = 'SendQ exceeded'
export const SLOW_READER = 'Reading too slowly'
export const QUEUES_EXCEEDED = 'All send queues exceeded'

/** How often the slow readers are looked at while there are some. */
const CHECK_EVERY_MS = 50
const NOTHING = new Uint8Array(0)

/**
 * The way out: nothing is written while a turn lasts; at its end each socket that has something to
 * receive gets one write. What a socket can't take yet stays with its connection until it can.
 */
export class Outgoing {
  readonly #options: OutgoingOptions
  readonly #outboxes = new Outboxes()
  readonly #bySlot: (Connection | undefined)[] = []
  readonly #freeSlots: number[] = []
  /** Given back in this turn: what the turn still holds for them must not reach who comes next. */
  #leftSlots: number[] = []
  readonly #blocked = new Set<Connection>()
  readonly #framed = { text: new Map<number, Uint8Array>(), binary: new Map<number, Uint8Array>() }
  #checkedAtMs = 0
  /** Segments handed to sockets: a message to a hundred members is a hundred. */
  deliveries = 0
  bytesOut = 0

  constructor(options: OutgoingOptions) {
    this.#options = options
  }

  get hasWork(): boolean {
    return !this.#outboxes.isEmpty
  }

  get queuedBytes(): number {
    let bytes = 0
    for (const connection of this.#blocked) bytes += connection.queuedBytes
    return bytes
  }

  freeSlot(): number {
    return this.#freeSlots.pop() ?? this.#bySlot.push(undefined) - 1
  }

  add(connection: Connection): void {
    this.#bySlot[connection.slot] = connection
    this.#outboxes.reserve(connection.slot)
  }

  forget(connection: Connection): void {
    this.#blocked.delete(connection)
    connection.backlog = undefined
    if (this.#bySlot[connection.slot] !== connection) return
    this.#bySlot[connection.slot] = undefined
    this.#leftSlots.push(connection.slot)
  }

  append(connection: Connection, segment: Text): void {
    this.#outboxes.append(connection.slot, segment)
  }

  appendToAll(slots: readonly number[], segment: Text, except: Connection | undefined): void {
    this.#outboxes.appendToAll(slots, segment, except?.slot ?? NO_SLOT)
  }

  /** The end of the turn. */
  flush(): void {
    for (const slot of this.#outboxes.takeDirty()) {
      const link = this.#outboxes.takeLink(slot)
      const connection = this.#bySlot[slot]
      if (connection === undefined) continue
      this.deliveries += this.#outboxes.depthOf(link)
      this.#put(connection, this.#bytesFor(connection, link))
    }
    this.#outboxes.endTurn()
    this.#framed.text.clear()
    this.#framed.binary.clear()
    for (const slot of this.#leftSlots) this.#freeSlots.push(slot)
    this.#leftSlots = []
    if (this.#blocked.size > 0) this.check()
  }

  /** To be called now and then while nothing is flushed, too. */
  check(): void {
    const nowMs = this.#options.monotonicMs()
    if (this.#blocked.size === 0 || nowMs - this.#checkedAtMs < CHECK_EVERY_MS) return
    this.#checkedAtMs = nowMs
    let total = 0
    for (const connection of this.#blocked) {
      if (connection.socket.destroyed) continue
      const reason = this.#tooSlow(connection, nowMs)
      if (reason === undefined) total += connection.queuedBytes
      else this.#options.drop(connection, reason)
    }
    if (total > this.#options.budgetBytes) this.#dropBiggest(total)
  }

  #bytesFor({ framing }: Connection, link: number): Uint8Array {
    const lines = this.#outboxes.bytesOf(link)
    if (framing === 'lines') return lines
    let frames = this.#framed[framing].get(link)
    if (frames === undefined) {
      frames = frameLines(lines, framing === 'text' ? TEXT : BINARY)
      this.#framed[framing].set(link, frames)
    }
    return frames
  }

  #put(connection: Connection, bytes: Uint8Array): void {
    if (connection.backlog !== undefined) {
      this.#outboxes.keepBytes()
      connection.backlog.push(bytes)
      connection.backlogBytes += bytes.length
      return
    }
    const { socket } = connection
    connection.bytesOut += bytes.length
    this.bytesOut += bytes.length
    if (connection.isEncrypted) return this.#putEncrypted(connection, bytes)
    const outcome = directWrite(socket, bytes) ?? this.#putOnStream(connection, bytes)
    if (outcome === WRITTEN) {
      if (connection.reason !== undefined) connection.wire.end()
      return
    }
    this.#outboxes.keepBytes()
    this.#await(connection)
    outcome.oncomplete = () => this.#unblock(connection)
  }

  /** An empty write is done when all before it is: that is how we hear of it. */
  #putOnStream({ socket }: Connection, bytes: Uint8Array): typeof WRITTEN | PendingWrite {
    socket.write(bytes)
    if (socket.writableLength === 0) return WRITTEN
    const pending = { oncomplete: () => {} }
    socket.write(NOTHING, () => pending.oncomplete())
    return pending
  }

  /** TLS takes the bytes at once and is always done later, so that it needs no second write and no memory of ours. */
  #putEncrypted(connection: Connection, bytes: Uint8Array): void {
    this.#await(connection)
    connection.socket.write(bytes, () => this.#unblock(connection))
  }

  #await(connection: Connection): void {
    connection.backlog = []
    connection.backlogBytes = 0
    this.#blocked.add(connection)
  }

  #unblock(connection: Connection): void {
    const { backlog, reason } = connection
    connection.backlog = undefined
    this.#blocked.delete(connection)
    if (backlog === undefined) return
    if (backlog.length > 0) this.#put(connection, Buffer.concat(backlog))
    else if (reason !== undefined) connection.wire.end()
    // Whoever reads just enough for what has come meanwhile is as slow as before.
    if (!this.#blocked.has(connection)) connection.slowSinceMs = undefined
  }

  #tooSlow(connection: Connection, nowMs: number): string | undefined {
    const { sendQueueBytes, slowReaderBytes, slowReaderMs } = this.#options.limits
    const queued = connection.queuedBytes
    if (queued > sendQueueBytes) return SEND_QUEUE_EXCEEDED
    if (queued <= slowReaderBytes) {
      connection.slowSinceMs = undefined
      return undefined
    }
    if (connection.slowSinceMs === undefined) {
      connection.slowSinceMs = nowMs
      this.#options.slowed(connection)
    }
    return nowMs - connection.slowSinceMs > slowReaderMs ? SLOW_READER : undefined
  }

  #dropBiggest(total: number): void {
    const bySize = [...this.#blocked].sort((a, b) => b.queuedBytes - a.queuedBytes)
    let left = total
    for (const connection of bySize) {
      if (left <= this.#options.budgetBytes) return
      if (connection.socket.destroyed) continue
      left -= connection.queuedBytes
      this.#options.drop(connection, QUEUES_EXCEEDED)
    }
  }
}

const NO_SLOT = -1
