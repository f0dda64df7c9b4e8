import type { Change } from '../../client/change.ts'

export interface OutletParts {
  readonly send: (changes: readonly Change[]) => void
  /** All of it, when there is too much of what has changed. */
  readonly snapshot: () => Change
}

/** More than this that was not taken, and a snapshot is less. */
const MAX_WAITING = 2000

/**
 * Hands changes over one batch at a time: the next goes when the one before was taken. An interface that is
 * busy gets fewer and larger ones, and in the end a snapshot; what waits is bounded.
 */
export class ChangeOutlet {
  readonly #parts: OutletParts
  #waiting: Change[] = []
  #isAtWork = false
  #isOverfull = false

  constructor(parts: OutletParts) {
    this.#parts = parts
  }

  put(changes: readonly Change[]): void {
    this.#waiting.push(...(this.#isOverfull ? changes.filter(isOutcome) : changes))
    if (this.#waiting.length > MAX_WAITING && !this.#isOverfull) {
      this.#isOverfull = true
      this.#waiting = this.#waiting.filter(isOutcome)
    }
    if (!this.#isAtWork) this.#send()
  }

  taken(): void {
    this.#isAtWork = false
    if (this.#waiting.length > 0 || this.#isOverfull) this.#send()
  }

  #send(): void {
    const changes = this.#isOverfull ? [this.#parts.snapshot(), ...this.#waiting] : this.#waiting
    this.#isAtWork = true
    this.#isOverfull = false
    this.#waiting = []
    this.#parts.send(changes)
  }
}

/** Those are no part of a snapshot. */
function isOutcome({ kind }: Change): boolean {
  return kind === 'outcome'
}
