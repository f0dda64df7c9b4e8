import type { Socket } from 'node:net'
import type { Budget } from './budget.ts'
import { waitingBytes } from './direct-write.ts'
import type { ConnectionId, DeliveryClass, Opened } from './engine.ts'
import { STRANGER } from './engine.ts'
import type { LineSplitter } from './line-splitter.ts'
import type { Member, Place } from './rooms.ts'

/** How lines go on the wire: as they are, or each in a WebSocket frame. */
export type Framing = 'lines' | 'text' | 'binary'

/** What lies between a connection and its wire. A WebSocket has frames in between; everything else hasn't. */
export interface Wire {
  readonly framing: Framing
  pause(): void
  resume(): void
  /** Ends politely once all is written: FIN, or a close frame before it. */
  end(): void
}

/**
 * One connection as the I/O side sees it. Idle ones are many, so whatever an idle connection doesn't
 * need is absent until it does.
 */
export class Connection implements Member {
  readonly id: ConnectionId
  readonly slot: number
  readonly socket: Socket
  readonly wire: Wire
  readonly opened: Opened
  readonly openedAtMs: number
  /** By ourselves, not by a proxy. */
  readonly isEncrypted: boolean
  /** The wire's, held here because every write asks for it. */
  readonly framing: Framing
  deliveryClass: DeliveryClass = STRANGER
  readonly places: Place[] = []
  /** While the socket still has bytes of an earlier turn: what came since, to be written after them. */
  backlog: Uint8Array[] | undefined = undefined
  backlogBytes = 0
  /** Monotonic; since when its queue is longer than a slow reader's may be. */
  slowSinceMs: number | undefined = undefined
  splitter: LineSplitter | undefined = undefined
  budget: Budget | undefined = undefined
  /** Why its input is not read, if it isn't: it is over its budget, or the core has no room for it. */
  held: 'budget' | 'core' | undefined = undefined
  /** Monotonic: when the core was last told that it is over its budget, and that it reads too slowly. */
  budgetToldMs: number | undefined = undefined
  queueToldMs: number | undefined = undefined
  /** Why it is being closed; set once. */
  reason: string | undefined = undefined
  linesIn = 0
  bytesIn = 0
  bytesOut = 0

  constructor(
    opened: Opened,
    slot: number,
    { socket, wire, nowMs }: { socket: Socket; wire: Wire; nowMs: number },
  ) {
    this.id = opened.connection
    this.slot = slot
    this.opened = opened
    this.socket = socket
    this.wire = wire
    this.openedAtMs = nowMs
    this.isEncrypted = opened.tls !== undefined
    this.framing = wire.framing
  }

  get isStranger(): boolean {
    return this.deliveryClass === STRANGER
  }

  /** Bytes that wait for this reader. */
  get queuedBytes(): number {
    const backlogBytes = this.backlog === undefined ? 0 : this.backlogBytes
    return waitingBytes(this.socket) + backlogBytes
  }
}
