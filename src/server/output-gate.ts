import type { Spoken } from './response.ts'
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
  /** In the order of their batches. */
  readonly #held: Group[] = []
  /** The newest batch of the log that something depends on, and the newest that is settled. */
  #awaited = 0
  #settled = 0
  #isMessage = false

  constructor(engine: Submissions) {
    this.#engine = engine
  }

  /** From now on, what is submitted waits until batch `batch` of the log is settled. */
  awaits(batch: number): void {
    this.#awaited = batch
  }

  /** Characters of text that wait. */
  get heldBytes(): number {
    return this.#held.reduce((sum, { bytes }) => sum + bytes, 0)
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
    for (const held of this.#take(batch)) submit(this.#engine, held)
  }

  /**
   * `batch` is refused: its messages go nowhere, and who said them gets what `answerOf` makes of their
   * command; the rest of it is true all the same.
   */
  refuse(batch: number, answerOf: (spoken: Spoken) => string): void {
    for (const held of this.#take(batch)) {
      if (held.op !== 'answer') {
        if (!held.isMessage) submit(this.#engine, held)
        continue
      }
      const lines = answerOf(held.spoken)
      if (lines !== '') this.#engine.send(held.connection, lines)
    }
  }

  /** The answer to a command that said something: `lines` when that is committed. */
  answer(connection: ConnectionId, lines: string, spoken: Spoken): void {
    if (this.#isOpen) {
      if (lines !== '') this.#engine.send(connection, lines)
      return
    }
    this.#hold(
      { op: 'answer', isMessage: this.#isMessage, connection, lines, spoken },
      lines.length,
    )
  }

  send(connection: ConnectionId, lines: Text): void {
    if (this.#isOpen) return this.#engine.send(connection, lines)
    this.#hold({ op: 'send', isMessage: this.#isMessage, connection, lines }, lines.length)
  }

  cast(rooms: readonly RoomId[], variants: Variants, except: ConnectionId): void {
    if (this.#isOpen) return this.#engine.cast(rooms, variants, except)
    let bytes = 0
    for (const lines of variants.values()) bytes += lines.length
    this.#hold({ op: 'cast', isMessage: this.#isMessage, rooms, variants, except }, bytes)
  }

  enter(connection: ConnectionId, room: RoomId): void {
    if (this.#isOpen) return this.#engine.enter(connection, room)
    this.#hold({ op: 'enter', isMessage: this.#isMessage, connection, room }, 0)
  }

  leave(connection: ConnectionId, room: RoomId): void {
    if (this.#isOpen) return this.#engine.leave(connection, room)
    this.#hold({ op: 'leave', isMessage: this.#isMessage, connection, room }, 0)
  }

  classify(connection: ConnectionId, deliveryClass: DeliveryClass): void {
    if (this.#isOpen) return this.#engine.classify(connection, deliveryClass)
    this.#hold({ op: 'classify', isMessage: this.#isMessage, connection, deliveryClass }, 0)
  }

  close(connection: ConnectionId, farewell: Text, reason: string): void {
    if (this.#isOpen) return this.#engine.close(connection, farewell, reason)
    this.#hold(
      { op: 'close', isMessage: this.#isMessage, connection, farewell, reason },
      farewell.length,
    )
  }

  /** Nobody hears of it, and it is urgent. */
  bar(networks: readonly string[]): void {
    this.#engine.bar(networks)
  }

  get #isOpen(): boolean {
    return this.#settled === this.#awaited
  }

  #hold(held: Held, bytes: number): void {
    let group = this.#held.at(-1)
    if (group?.batch !== this.#awaited) {
      group = { batch: this.#awaited, bytes: 0, submissions: [] }
      this.#held.push(group)
    }
    group.bytes += bytes
    group.submissions.push(held)
  }

  /** What waited for `batch` and no later one. */
  #take(batch: number): readonly Held[] {
    this.#settled = batch
    const later = this.#held.findIndex((group) => group.batch > batch)
    const count = later < 0 ? this.#held.length : later
    return this.#held.splice(0, count).flatMap(({ submissions }) => submissions)
  }
}

/** Who learns what became of the batches of the log, in order. */
export interface Settlement {
  release(batch: number): void
  refuse(batch: number): void
}

/** What waits for the same batch. */
interface Group {
  readonly batch: number
  /** Of text. */
  bytes: number
  readonly submissions: Held[]
}

/** Plain data: a busy server holds many, and closures would be three objects each. */
type Held = { readonly isMessage: boolean } & (
  | {
      readonly op: 'answer'
      readonly connection: ConnectionId
      readonly lines: string
      readonly spoken: Spoken
    }
  | { readonly op: 'send'; readonly connection: ConnectionId; readonly lines: Text }
  | {
      readonly op: 'cast'
      readonly rooms: readonly RoomId[]
      readonly variants: Variants
      readonly except: ConnectionId
    }
  | { readonly op: 'enter' | 'leave'; readonly connection: ConnectionId; readonly room: RoomId }
  | {
      readonly op: 'classify'
      readonly connection: ConnectionId
      readonly deliveryClass: DeliveryClass
    }
  | {
      readonly op: 'close'
      readonly connection: ConnectionId
      readonly farewell: Text
      readonly reason: string
    }
)

function submit(engine: Submissions, held: Held): void {
  switch (held.op) {
    case 'answer':
      return held.lines === '' ? undefined : engine.send(held.connection, held.lines)
    case 'send':
      return engine.send(held.connection, held.lines)
    case 'cast':
      return engine.cast(held.rooms, held.variants, held.except)
    case 'enter':
      return engine.enter(held.connection, held.room)
    case 'leave':
      return engine.leave(held.connection, held.room)
    case 'classify':
      return engine.classify(held.connection, held.deliveryClass)
    case 'close':
      return engine.close(held.connection, held.farewell, held.reason)
    default:
      return held satisfies never
  }
}
