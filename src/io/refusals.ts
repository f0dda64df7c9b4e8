import type { Trouble } from './engine.ts'

export const BANNED_ADDRESS = 'Banned address'

/** A flood of refused connections must not become a flood of reports. */
const REPORTS_PER_SECOND = 100

/** Who was turned away before they were a connection: all are counted, the first of each second reported. */
export class Refusals {
  readonly #report: (trouble: Trouble) => void
  readonly #monotonicMs: () => number
  #secondBeganMs = Number.NEGATIVE_INFINITY
  #reported = 0
  /** Since the start. */
  count = 0

  constructor(report: (trouble: Trouble) => void, monotonicMs: () => number) {
    this.#report = report
    this.#monotonicMs = monotonicMs
  }

  add(trouble: Trouble): void {
    this.count++
    const nowMs = this.#monotonicMs()
    if (nowMs - this.#secondBeganMs >= 1000) {
      this.#secondBeganMs = nowMs
      this.#reported = 0
    }
    if (this.#reported >= REPORTS_PER_SECOND) return
    this.#reported++
    this.#report(trouble)
  }
}
