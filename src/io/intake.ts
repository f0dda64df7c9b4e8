import type { EdgeLimits } from '../protocol/limits.ts'
import { Budget } from './budget.ts'
import type { Connection } from './connection.ts'
import type { LineFault } from './engine.ts'
import { lineCost, type LineCost, type Price } from './line-cost.ts'
import { cutLines, LineSplitter, type Block, type BlockSink } from './line-splitter.ts'

export interface IntakeOptions {
  readonly limits: EdgeLimits
  /** By upper-case command. */
  readonly prices: ReadonlyMap<string, Price>
  readonly monotonicMs: () => number
  readonly lines: (connection: Connection, block: Block) => void
  readonly malformed: (connection: Connection, fault: LineFault) => void
  /** It is over its budget, and not read from now on. */
  readonly slowed: (connection: Connection) => void
  /** Whether what is handed over would have to wait: then nothing more is read. */
  readonly isFull: () => boolean
  readonly close: (connection: Connection, reason: string) => void
}

export const UNPARSED_INPUT_EXCEEDED = 'Too much input without a line end'
export const REGISTRATION_INPUT_EXCEEDED = 'Too much input before registration'
export const TLS_ON_PLAIN_PORT = 'TLS handshake on a plain port'

const TLS_HANDSHAKE = 0x16
/** What is no command. */
const PLAIN: LineCost = { points: 1, isWelcome: false }
/** As large as a limit can be: it is none. */
const UNLIMITED = 2 ** 31 - 1

/**
 * The way in: bytes become lines, and lines are paid for. A connection that is over its budget is not
 * read, so that TCP itself slows the client down; it is told nothing and loses nothing.
 */
export class Intake {
  readonly #options: IntakeOptions
  readonly #isUnlimited: boolean
  readonly #held = new Set<Connection>()
  /** The connection whose bytes are being split: the sink below is one for all. */
  #current: Connection | undefined = undefined
  /** Whether it was its budget that stopped it. */
  #isOverBudget = false
  readonly #sink: BlockSink
  linesIn = 0
  bytesIn = 0
  /** Times that a connection was held for its budget. */
  slowed = 0

  constructor(options: IntakeOptions) {
    this.#options = options
    const { lineBurst, byteBurst } = options.limits
    this.#isUnlimited = lineBurst >= UNLIMITED && byteBurst >= UNLIMITED
    this.#sink = {
      block: (block) => this.#block(block),
      fault: (fault, bytes) => this.#fault(fault, bytes),
      blank: (bytes) => this.#spend(PLAIN, bytes),
    }
  }

  take(connection: Connection, chunk: Buffer): void {
    connection.bytesIn += chunk.length
    this.bytesIn += chunk.length
    if (connection.reason !== undefined) return
    if (connection.isStranger && this.#isRefused(connection, chunk)) return
    connection.splitter ??= new LineSplitter(this.#options.limits)
    this.#split(connection, connection.splitter, (splitter) => splitter.push(chunk, this.#sink))
  }

  /** Reads on where budgets allow it again. */
  resume(): void {
    const nowMs = this.#options.monotonicMs()
    for (const connection of this.#held) {
      if (this.#options.isFull()) return
      const { splitter, budget } = connection
      if (splitter === undefined || (budget !== undefined && budget.waitMs(nowMs) > 0)) continue
      this.#split(connection, splitter, (each) => each.resume(this.#sink))
    }
  }

  get hasHeld(): boolean {
    return this.#held.size > 0
  }

  /** Those that are over their budget. */
  get heldConnections(): number {
    let count = 0
    for (const { held } of this.#held) if (held === 'budget') count++
    return count
  }

  forget(connection: Connection): void {
    this.#held.delete(connection)
    connection.held = undefined
    connection.splitter?.end()
  }

  #isRefused(connection: Connection, chunk: Buffer): boolean {
    const { registrationBytes } = this.#options.limits
    const isFirst = connection.bytesIn === chunk.length
    const { transport } = connection.opened
    if (isFirst && chunk[0] === TLS_HANDSHAKE && transport === 'tcp') {
      this.#options.close(connection, TLS_ON_PLAIN_PORT)
      return true
    }
    if (connection.bytesIn <= registrationBytes) return false
    this.#options.close(connection, REGISTRATION_INPUT_EXCEEDED)
    return true
  }

  #split(
    connection: Connection,
    splitter: LineSplitter,
    step: (splitter: LineSplitter) => string,
  ): void {
    this.#current = connection
    this.#isOverBudget = false
    const state = step(splitter)
    this.#current = undefined
    if (state === 'stopped') return this.#hold(connection)
    if (state === 'unparsedInputExceeded') {
      this.#options.close(connection, UNPARSED_INPUT_EXCEEDED)
      return
    }
    if (connection.held !== undefined) {
      this.#held.delete(connection)
      connection.held = undefined
      connection.wire.resume()
    }
    if (splitter.isIdle) connection.splitter = undefined
  }

  #hold(connection: Connection): void {
    if (connection.reason !== undefined) return
    const { held } = connection
    connection.held = this.#whyHeld(held)
    if (held === undefined) {
      this.#held.add(connection)
      connection.wire.pause()
    }
    if (!this.#isOverBudget || held === 'budget') return
    this.slowed++
    this.#options.slowed(connection)
  }

  /** What comes while it is held may be put behind the rest without a question to the budget. */
  #whyHeld(before: Connection['held']): 'budget' | 'core' {
    if (this.#isOverBudget) return 'budget'
    return this.#options.isFull() ? 'core' : (before ?? 'core')
  }

  #block(block: Block): number {
    const connection = this.#current
    if (connection === undefined || connection.reason !== undefined) return block.bytes.length
    if (this.#options.isFull()) return 0
    if (this.#isUnlimited) {
      const lines = countLines(block.text)
      connection.linesIn += lines
      this.linesIn += lines
      this.#options.lines(connection, block)
      return block.bytes.length
    }
    const taken = cutLines(block, {
      line: (text, bytes) => this.#spend(lineCost(text, this.#options.prices), bytes),
      blank: (bytes) => this.#spend(PLAIN, bytes),
    })
    // Paying for them may have been what closed it.
    if (taken > 0 && !isClosing(connection)) this.#options.lines(connection, frontOf(block, taken))
    return taken
  }

  #fault(fault: LineFault, bytes: number): boolean {
    const connection = this.#current
    if (connection === undefined || connection.reason !== undefined) return true
    if (this.#options.isFull() || !this.#spend(PLAIN, bytes)) return false
    this.#options.malformed(connection, fault)
    return true
  }

  #spend(cost: LineCost, bytes: number): boolean {
    const connection = this.#current
    if (connection === undefined || this.#isUnlimited) return true
    const nowMs = this.#options.monotonicMs()
    const { limits } = this.#options
    if (connection.isStranger) {
      // Registration has a budget of its own, and a client may send all of it at once.
      this.linesIn++
      if (++connection.linesIn <= limits.registrationLines) return true
      this.#options.close(connection, REGISTRATION_INPUT_EXCEEDED)
      return true
    }
    connection.budget ??= new Budget(limits, nowMs)
    if (!connection.budget.spend(cost, bytes, nowMs)) {
      this.#isOverBudget = true
      return false
    }
    connection.linesIn++
    this.linesIn++
    return true
  }
}

function isClosing({ reason }: Connection): boolean {
  return reason !== undefined
}

function frontOf(block: Block, bytes: number): Block {
  if (bytes === block.bytes.length) return block
  const isAscii = block.text.length === block.bytes.length
  const units = isAscii ? bytes : block.bytes.toString('utf8', 0, bytes).length
  return { bytes: block.bytes.subarray(0, bytes), text: block.text.slice(0, units) }
}

function countLines(text: string): number {
  let lines = 0
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines++
  return lines
}
