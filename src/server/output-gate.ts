import type {
  ConnectionId,
  DeliveryClass,
  RoomId,
  Submissions,
  Text,
  Variants,
} from '../io/engine.ts'

/**
 * Holds what the core submits until the log has committed what it depends on, and lets it out in order.
 * The state goes on meanwhile: the next command sees what this one changed, and only its bytes wait.
 * With nothing to wait for, everything passes straight through.
 *
 * All that comes after something that waits, waits too: whoever heard a later thing has heard the earlier.
 */
export class OutputGate implements Submissions {
  readonly #engine: Submissions
  readonly #held: Held[] = []
  /** The newest batch of the log that something depends on, and the newest that is settled. */
  #awaited = 0
  #settled = 0
  #isMessage = false
  #heldBytes = 0

  constructor(engine: Submissions) {
    this.#engine = engine
  }

  /** From now on, what is submitted waits until batch `batch` of the log is settled. */
  awaits(batch: number): void {
    this.#awaited = batch
  }

  /** Characters of text that wait. */
  get heldBytes(): number {
    return this.#heldBytes
  }

  /** What `work` submits is of a message: if the log refuses it, nobody gets it. */
  asMessage(work: () => void): void {
    this.#isMessage = true
    try {
      work()
    } finally {
      this.#isMessage = false
    }
  }

  /** `batch` is committed. */
  release(batch: number): void {
    this.#settle(batch, (each) => {
      if (each.kind === 'answer') this.#engine.send(each.connection, each.lines)
      else each.submit(this.#engine)
    })
  }

  /** `batch` is refused: its messages go nowhere and their senders are told; the rest of it is true all the same. */
  refuse(batch: number): void {
    this.#settle(batch, (each) => {
      if (each.kind === 'answer') this.#engine.send(each.connection, each.refused())
      else if (!each.isMessage) each.submit(this.#engine)
    })
  }

  /** The answer to a command that said something: `lines` when that is committed, else what `refused` gives. */
  answer(connection: ConnectionId, lines: string, refused: () => string): void {
    if (this.#isOpen) {
      if (lines !== '') this.#engine.send(connection, lines)
      return
    }
    this.#heldBytes += lines.length
    const bytes = lines.length
    this.#held.push({ kind: 'answer', batch: this.#awaited, bytes, connection, lines, refused })
  }

  send(connection: ConnectionId, lines: Text): void {
    if (this.#isOpen) return this.#engine.send(connection, lines)
    this.#hold(lines.length, (engine) => engine.send(connection, lines))
  }

  cast(rooms: readonly RoomId[], variants: Variants, except: ConnectionId): void {
    if (this.#isOpen) return this.#engine.cast(rooms, variants, except)
    let bytes = 0
    for (const lines of variants.values()) bytes += lines.length
    this.#hold(bytes, (engine) => engine.cast(rooms, variants, except))
  }

  enter(connection: ConnectionId, room: RoomId): void {
    if (this.#isOpen) return this.#engine.enter(connection, room)
    this.#hold(0, (engine) => engine.enter(connection, room))
  }

  leave(connection: ConnectionId, room: RoomId): void {
    if (this.#isOpen) return this.#engine.leave(connection, room)
    this.#hold(0, (engine) => engine.leave(connection, room))
  }

  classify(connection: ConnectionId, deliveryClass: DeliveryClass): void {
    if (this.#isOpen) return this.#engine.classify(connection, deliveryClass)
    this.#hold(0, (engine) => engine.classify(connection, deliveryClass))
  }

  close(connection: ConnectionId, farewell: Text, reason: string): void {
    if (this.#isOpen) return this.#engine.close(connection, farewell, reason)
    this.#hold(farewell.length, (engine) => engine.close(connection, farewell, reason))
  }

  /** Nobody hears of it, and it is urgent. */
  bar(networks: readonly string[]): void {
    this.#engine.bar(networks)
  }

  get #isOpen(): boolean {
    return this.#settled === this.#awaited
  }

  #hold(bytes: number, submit: (engine: Submissions) => void): void {
    this.#heldBytes += bytes
    const isMessage = this.#isMessage
    this.#held.push({ kind: 'any', batch: this.#awaited, bytes, isMessage, submit })
  }

  #settle(batch: number, pass: (each: Held) => void): void {
    let count = 0
    for (const each of this.#held) {
      if (each.batch > batch) break
      count++
      this.#heldBytes -= each.bytes
      pass(each)
    }
    this.#held.splice(0, count)
    this.#settled = batch
  }
}

type Held = HeldAnswer | HeldSubmission

interface HeldAnswer {
  readonly kind: 'answer'
  readonly batch: number
  readonly bytes: number
  readonly connection: ConnectionId
  readonly lines: string
  readonly refused: () => string
}

interface HeldSubmission {
  readonly kind: 'any'
  readonly batch: number
  readonly bytes: number
  readonly isMessage: boolean
  readonly submit: (engine: Submissions) => void
}
