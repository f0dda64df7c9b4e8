import type { Clock } from '../../../../base/clock.ts'

/** Time of one frame of a screen: what comes within it is looked at together. */
const FRAME_MS = 16
/** So many at once are more than anybody reads. While that goes on they are gathered for longer, up to so long. */
const MANY_LINES = 16
const FLOOD_MS = 64

/** Lines as they come, handed on at once when it is calm, and together when many come. */
export class LineFlow {
  readonly #clock: Clock
  readonly #hand: (lines: readonly string[]) => void
  #lines: string[] = []
  #handedAtMs = Number.NEGATIVE_INFINITY
  #restMs = FRAME_MS
  #timer: ReturnType<typeof setTimeout> | undefined = undefined

  constructor(clock: Clock, hand: (lines: readonly string[]) => void) {
    this.#clock = clock
    this.#hand = hand
  }

  push(line: string): void {
    this.#lines.push(line)
    if (this.#timer !== undefined) return
    const waitMs = this.#handedAtMs + this.#restMs - this.#clock.monotonic()
    this.#timer = setTimeout(() => this.flush(), Math.max(0, waitMs))
  }

  flush(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    if (this.#lines.length === 0) return
    const lines = this.#lines
    this.#lines = []
    this.#handedAtMs = this.#clock.monotonic()
    this.#restMs = lines.length < MANY_LINES ? FRAME_MS : Math.min(FLOOD_MS, this.#restMs * 2)
    this.#hand(lines)
  }
}
