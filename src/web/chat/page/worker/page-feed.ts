import type { Change } from '../../../../client/change.ts'
import type { FromWorker } from '../../state/worker-messages.ts'

/** A page that listens. */
export interface Page {
  readonly hear: (message: FromWorker) => void
}

/** How far a page may fall behind: seconds of a flood, and forever in a room where nobody talks. */
const MOST_UNHEARD = 200
const MOST_OUTCOMES = 500

/**
 * What one page is told. A page that is frozen, or too busy to listen, gets nothing more until it has heard what it
 * was told already; then it gets all that there is, at once. So nothing piles up, however long it is away.
 */
export class PageFeed {
  readonly #page: Page
  readonly #snapshot: () => Change | undefined
  #unheard = 0
  #isBehind = false
  #outcomes: Change[] = []

  /** `snapshot`: undefined while nobody has come in. */
  constructor(page: Page, snapshot: () => Change | undefined) {
    this.#page = page
    this.#snapshot = snapshot
  }

  /** As it begins, or when all that it knew may be old. */
  begin(): void {
    this.#unheard = 0
    this.#isBehind = false
    this.#tellAll()
  }

  tell(changes: readonly Change[]): void {
    if (!this.#isBehind && this.#unheard < MOST_UNHEARD) return this.#send(changes)
    this.#isBehind = true
    // Somebody waits for each of them, and no snapshot has them.
    const outcomes = changes.filter(({ kind }) => kind === 'outcome')
    this.#outcomes = [...this.#outcomes, ...outcomes].slice(-MOST_OUTCOMES)
  }

  kept(receipt: string): void {
    this.#page.hear({ kind: 'kept', receipt })
  }

  heard(): void {
    this.#unheard = Math.max(0, this.#unheard - 1)
    if (!this.#isBehind || this.#unheard > 0) return
    this.#isBehind = false
    this.#tellAll()
  }

  #tellAll(): void {
    const snapshot = this.#snapshot()
    if (snapshot === undefined) return this.#page.hear({ kind: 'idle' })
    return this.#send([snapshot, ...this.#outcomes.splice(0)])
  }

  #send(changes: readonly Change[]): void {
    this.#unheard++
    this.#page.hear({ kind: 'changes', changes })
  }
}
