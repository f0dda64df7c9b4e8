import type { EdgeLimits } from '../protocol/limits.ts'
import { Connection, type Wire } from './connection.ts'
import { NOBODY, STRANGER } from './engine.ts'
import type {
  Closed,
  ConnectionId,
  DeliveryClass,
  LineFault,
  Opened,
  RoomId,
  Slowness,
  Text,
  Variants,
} from './engine.ts'
import { createHistogram, record, type Histogram } from '../base/histogram.ts'
import { Intake } from './intake.ts'
import type { Price } from './line-cost.ts'
import type { Block } from './line-splitter.ts'
import { createNetworks, type Networks } from './networks.ts'
import { Outgoing } from './outgoing.ts'
import { packConnections } from './pack-connections.ts'
import { Rooms } from './rooms.ts'
import type { Obeying } from './submission-reader.ts'
import type { Socket } from 'node:net'

/** Where completions go, and who is told that a turn is due. */
export interface EdgeEvents {
  readonly opened: (completion: Opened) => void
  readonly lines: (connection: ConnectionId, block: Block) => void
  readonly malformed: (connection: ConnectionId, fault: LineFault) => void
  readonly slowed: (connection: ConnectionId, why: Slowness) => void
  readonly closed: (completion: Closed) => void
  readonly wake: () => void
  readonly isFull: () => boolean
}

export interface EdgeOptions {
  readonly limits: EdgeLimits
  readonly prices: ReadonlyMap<string, Price>
  readonly queuesBudgetBytes: number
  /** The clock of `mark`. */
  readonly monotonicMs: () => number
}

export const REGISTRATION_TIMEOUT = 'Registration timeout'
const CLOSED_BY_PEER = 'Connection closed'

/** How often held input, slow readers and late strangers are looked at. */
const TICK_MS = 100
/** Who has closed its side has so long to be answered: the core is never that far behind. */
const ANSWERS_MS = 250
/** After our goodbye, the peer has so long to close its side. */
const LINGER_MS = 2000
/** That a connection is slow is told once in so long. */
const TELL_SLOW_MS = 10_000

/**
 * The sockets of one thread: their input, their outboxes, their rooms and their limits. It obeys
 * submissions at once; what they and the turn bring about is written by `flush`.
 */
export class Edge implements Obeying {
  readonly #options: EdgeOptions
  readonly #events: EdgeEvents
  readonly #connections = new Map<ConnectionId, Connection>()
  /** In the order of their coming, so that the oldest are looked at first. */
  readonly #strangers = new Set<Connection>()
  readonly #rooms = new Rooms<Connection>()
  readonly #outgoing: Outgoing
  readonly #intake: Intake
  readonly #tick: NodeJS.Timeout
  /** From the core's turn until what it cast is written. */
  readonly fanOut: Histogram = createHistogram()
  readonly #marks: number[] = []
  #barred: Networks = createNetworks([])
  #nextId = 1
  #closing = 0
  /** Connections that were opened, since the start. */
  accepted = 0

  constructor(options: EdgeOptions, events: EdgeEvents) {
    this.#options = options
    this.#events = events
    this.#outgoing = new Outgoing({
      limits: options.limits,
      budgetBytes: options.queuesBudgetBytes,
      monotonicMs: options.monotonicMs,
      drop: (connection, reason) => this.#cut(connection, reason),
      slowed: (connection) => this.#tellSlow(connection, 'queue'),
    })
    this.#intake = new Intake({
      limits: options.limits,
      prices: options.prices,
      monotonicMs: options.monotonicMs,
      lines: (connection, block) => this.#events.lines(connection.id, block),
      malformed: (connection, fault) => this.#events.malformed(connection.id, fault),
      slowed: (connection) => this.#tellSlow(connection, 'budget'),
      isFull: events.isFull,
      close: (connection, reason) => this.close(connection.id, errorLine(reason), reason),
    })
    this.#tick = setInterval(() => this.#onTick(), TICK_MS)
    this.#tick.unref()
  }

  isBarred(address: string): boolean {
    return this.#barred.has(address)
  }

  /** A connection is there, its handshakes done. The input is to be given to `input`, the end to `gone`. */
  open(facts: Omit<Opened, 'kind' | 'connection'>, socket: Socket, wire: Wire): Connection {
    const opened: Opened = { kind: 'opened', connection: this.#nextId++, ...facts }
    const nowMs = this.#options.monotonicMs()
    const connection = new Connection(opened, this.#outgoing.freeSlot(), { socket, wire, nowMs })
    this.#outgoing.add(connection)
    this.#connections.set(connection.id, connection)
    this.#strangers.add(connection)
    this.accepted++
    this.#events.opened(opened)
    this.#events.wake()
    return connection
  }

  input(connection: Connection, chunk: Buffer): void {
    this.#intake.take(connection, chunk)
    this.#events.wake()
  }

  /** A line that came as a message of its own, without a line end, and was refused. */
  malformed(connection: Connection, fault: LineFault): void {
    if (connection.reason !== undefined) return
    this.#events.malformed(connection.id, fault)
    this.#events.wake()
  }

  /** The socket is closed; `reason` counts when nobody named one before. */
  gone(connection: Connection, reason: string): void {
    if (!this.#connections.delete(connection.id)) return
    if (connection.reason !== undefined) this.#closing--
    this.#strangers.delete(connection)
    this.#rooms.leaveAll(connection)
    this.#outgoing.forget(connection)
    this.#intake.forget(connection)
    const totals = {
      linesIn: connection.linesIn,
      bytesIn: connection.bytesIn,
      bytesOut: connection.bytesOut,
      openForMs: this.#options.monotonicMs() - connection.openedAtMs,
    }
    const kind = 'closed'
    this.#events.closed({
      kind,
      connection: connection.id,
      reason: connection.reason ?? reason,
      totals,
    })
    this.#events.wake()
  }

  /** The peer has said all that it will: it still gets the answers. What it said and we held is read to its end. */
  ended(connection: Connection): void {
    setTimeout(() => {
      if (!this.#connections.has(connection.id)) return
      if (connection.held !== undefined && connection.reason === undefined) this.ended(connection)
      // Not the wire alone: what still waits in its queue is to be written, and nothing more to be added.
      else this.close(connection.id, '', CLOSED_BY_PEER)
    }, ANSWERS_MS).unref()
  }

  send(id: ConnectionId, lines: Text): void {
    const connection = this.#connections.get(id)
    if (connection === undefined || connection.reason !== undefined) return
    this.#append(connection, lines)
  }

  cast(rooms: readonly RoomId[], variants: Variants, except: ConnectionId): void {
    const excepted = except === NOBODY ? undefined : this.#connections.get(except)
    for (const [deliveryClass, bytes] of variants) {
      this.#outgoing.appendToAll(this.#rooms.slotsOf(rooms, deliveryClass), bytes, excepted)
    }
    this.#events.wake()
  }

  enter(id: ConnectionId, room: RoomId): void {
    const connection = this.#connections.get(id)
    // Nothing may come behind its farewell.
    if (connection === undefined || connection.reason !== undefined) return
    this.#rooms.enter(connection, room)
  }

  leave(id: ConnectionId, room: RoomId): void {
    const connection = this.#connections.get(id)
    if (connection !== undefined) this.#rooms.leave(connection, room)
  }

  classify(id: ConnectionId, deliveryClass: DeliveryClass): void {
    const connection = this.#connections.get(id)
    if (connection === undefined) return
    if (deliveryClass !== STRANGER) this.#strangers.delete(connection)
    this.#rooms.classify(connection, deliveryClass)
  }

  close(id: ConnectionId, farewell: Text, reason: string): void {
    const connection = this.#connections.get(id)
    if (connection === undefined || connection.reason !== undefined) return
    this.#append(connection, farewell)
    connection.reason = reason
    this.#closing++
    this.#strangers.delete(connection)
    this.#rooms.leaveAll(connection)
    this.#intake.forget(connection)
    // Input is read on and dropped: unread bytes would make the kernel reset, and lose the farewell.
    connection.wire.resume()
    setTimeout(() => connection.socket.destroy(), LINGER_MS).unref()
  }

  bar(networks: readonly string[]): void {
    this.#barred = createNetworks(networks)
  }

  /** The end of the turn: one write for each socket that has something to receive. */
  flush(): void {
    this.#outgoing.flush()
    if (this.#marks.length === 0) return
    const nowMs = this.#options.monotonicMs()
    for (const startMs of this.#marks) record(this.fanOut, nowMs - startMs)
    this.#marks.length = 0
  }

  mark(startMs: number): void {
    this.#marks.push(startMs)
  }

  get hasWork(): boolean {
    return this.#outgoing.hasWork
  }

  /** What has come in, and who is held for it. */
  get incoming(): Pick<Intake, 'linesIn' | 'bytesIn' | 'slowed' | 'heldConnections'> {
    return this.#intake
  }

  /** What has gone out, and what waits to. */
  get outgoing(): Pick<Outgoing, 'deliveries' | 'bytesOut' | 'queuedBytes'> {
    return this.#outgoing
  }

  /** See `CONNECTION_FIGURES`. */
  connectionFigures(): Float64Array<ArrayBuffer> {
    return packConnections(this.#connections, this.#options.monotonicMs())
  }

  /** Nothing waits to be written, and everyone who was told goodbye is gone. */
  get isSettled(): boolean {
    return !this.hasWork && this.#outgoing.queuedBytes === 0 && this.#closing === 0
  }

  get size(): number {
    return this.#connections.size
  }

  /** The core has room again. */
  resumeHeld(): void {
    this.#intake.resume()
  }

  dispose(): void {
    clearInterval(this.#tick)
    for (const connection of this.#connections.values()) connection.socket.destroy()
  }

  #append(connection: Connection, segment: Text): void {
    this.#outgoing.append(connection, segment)
    this.#events.wake()
  }

  #tellSlow(connection: Connection, why: Slowness): void {
    if (connection.reason !== undefined) return
    const nowMs = this.#options.monotonicMs()
    const toldMs = why === 'budget' ? connection.budgetToldMs : connection.queueToldMs
    if (toldMs !== undefined && nowMs - toldMs < TELL_SLOW_MS) return
    if (why === 'budget') connection.budgetToldMs = nowMs
    else connection.queueToldMs = nowMs
    this.#events.slowed(connection.id, why)
    this.#events.wake()
  }

  /** At once and without a farewell: this peer doesn't read. */
  #cut(connection: Connection, reason: string): void {
    if (connection.reason === undefined) this.#closing++
    connection.reason ??= reason
    connection.socket.destroy()
  }

  #onTick(): void {
    if (this.#intake.hasHeld) {
      this.#intake.resume()
      this.#events.wake()
    }
    this.#outgoing.check()
    const deadline = this.#options.monotonicMs() - this.#options.limits.registrationMs
    for (const connection of this.#strangers) {
      if (connection.openedAtMs > deadline) return
      this.close(connection.id, errorLine(REGISTRATION_TIMEOUT), REGISTRATION_TIMEOUT)
    }
  }
}

/** The edge's own farewell. https://modern.ircdocs.horse/#error-message */
export function errorLine(reason: string): string {
  return `ERROR :${reason}\r\n`
}
