import type { LineCost } from './line-cost.ts'

export interface BudgetLimits {
  readonly lineBurst: number
  readonly linesPerSecond: number
  readonly lineWelcome: number
  readonly byteBurst: number
  readonly bytesPerSecond: number
}

/**
 * What one connection may send: a bucket of cost points and one of bytes, each with a burst and a rate.
 * A line is admitted while neither is empty, and may leave both in debt: a dear command is not refused,
 * it makes the next one wait. What is welcome is paid for out of a purse of its own first, which is never filled
 * again. Infinite limits never run out.
 */
export class Budget {
  readonly #limits: BudgetLimits
  #points: number
  #welcome: number
  #bytes: number
  #filledAtMs: number

  constructor(limits: BudgetLimits, nowMs: number) {
    this.#limits = limits
    this.#points = limits.lineBurst
    this.#welcome = limits.lineWelcome
    this.#bytes = limits.byteBurst
    this.#filledAtMs = nowMs
  }

  /** What is left of cost points; below zero: in debt. */
  get points(): number {
    return this.#points
  }

  get bytes(): number {
    return this.#bytes
  }

  /** False: nothing is spent, and the line has to wait. */
  spend({ points, isWelcome }: LineCost, bytes: number, nowMs: number): boolean {
    this.fill(nowMs)
    const isPaid = isWelcome && this.#welcome >= points
    if ((!isPaid && this.#points < LEAST_POINTS) || this.#bytes <= 0) return false
    if (isPaid) this.#welcome -= points
    else this.#points -= points
    this.#bytes -= bytes
    return true
  }

  /** Milliseconds until `spend` allows again; 0: it does now. */
  waitMs(nowMs: number): number {
    this.fill(nowMs)
    const { linesPerSecond, bytesPerSecond } = this.#limits
    const missingBytes = this.#bytes > 0 ? 0 : 1 - this.#bytes
    return Math.max(
      fillingMs(LEAST_POINTS - this.#points, linesPerSecond),
      fillingMs(missingBytes, bytesPerSecond),
    )
  }

  /** Gives what the time since the last look has brought. */
  fill(nowMs: number): void {
    const elapsedMs = nowMs - this.#filledAtMs
    if (elapsedMs <= 0) return
    const { lineBurst, linesPerSecond, byteBurst, bytesPerSecond } = this.#limits
    this.#points = Math.min(lineBurst, this.#points + (elapsedMs * linesPerSecond) / 1000)
    this.#bytes = Math.min(byteBurst, this.#bytes + (elapsedMs * bytesPerSecond) / 1000)
    this.#filledAtMs = nowMs
  }
}

/** Above the rounding errors that a thousand lines of 0.1 points add up to, below any cost. */
const LEAST_POINTS = 0.001

function fillingMs(missing: number, perSecond: number): number {
  return missing <= 0 ? 0 : Math.ceil((1000 * missing) / perSecond)
}
