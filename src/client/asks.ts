/**
 * Questions to the server, and their answers. With labeled-response an answer has the label of its question.
 * Without, a PING follows each question: whatever comes before its PONG and looks like a refusal is taken for
 * the answer to the oldest question, since servers work in order.
 * https://ircv3.net/specs/extensions/labeled-response
 */
import type { Message as Line } from '../protocol/message.ts'
import type { Refusal } from './timeline.ts'
import type { OpenBatch } from './batches.ts'
import { MOST } from './most.ts'

export type Answer =
  | {
      readonly kind: 'answered'
      readonly lines: readonly Line[]
      readonly batches: readonly OpenBatch[]
      readonly refusal?: Refusal
    }
  /** No answer in time, or the connection broke; or there was none, and nothing was written. */
  | { readonly kind: 'unknown'; readonly why: 'timedOut' | 'broken' | 'notAsked' }

export interface Ask {
  readonly label: string
  readonly deadlineMs: number
  readonly lines: Line[]
  /** Those that are only understood as a whole. */
  readonly batches: OpenBatch[]
  /** The batch that answers it, for servers that don't label: its type and folded first parameter. */
  readonly expects: string | undefined
  /** What answers it is for whoever asked alone: it is shown nowhere. */
  readonly isSecret: boolean
  refusal: Refusal | undefined
  readonly heard: (answer: Answer) => void
}

/** What is to be done with an answer. */
export interface AnswerWish {
  readonly expects?: string
  readonly isSecret?: boolean
}

export class Asks {
  readonly #open = new Map<string, Ask>()
  #count = 0

  get size(): number {
    return this.#open.size
  }

  /** Undefined: too many are open. */
  begin(
    deadlineMs: number,
    { expects, isSecret = false }: AnswerWish,
    heard: (answer: Answer) => void,
  ): Ask | undefined {
    if (this.#open.size >= MOST.asks) return undefined
    const label = `q${(++this.#count).toString(36)}`
    const found = { lines: [], batches: [], refusal: undefined }
    const ask: Ask = { label, deadlineMs, expects, isSecret, ...found, heard }
    this.#open.set(label, ask)
    return ask
  }

  find(label: string | undefined): Ask | undefined {
    return label === undefined ? undefined : this.#open.get(label)
  }

  expecting(what: string): Ask | undefined {
    for (const ask of this.#open.values()) if (ask.expects === what) return ask
    return undefined
  }

  oldest(): Ask | undefined {
    return this.#open.values().next().value
  }

  end(ask: Ask): void {
    if (!this.#open.delete(ask.label)) return
    const { lines, batches, refusal } = ask
    ask.heard({ kind: 'answered', lines, batches, ...(refusal === undefined ? {} : { refusal }) })
  }

  /** Those whose time is over. */
  expire(nowMs: number): void {
    for (const ask of Array.from(this.#open.values())) {
      if (ask.deadlineMs > nowMs) continue
      this.#open.delete(ask.label)
      ask.heard({ kind: 'unknown', why: 'timedOut' })
    }
  }

  next(): number | undefined {
    let next: number | undefined
    for (const { deadlineMs } of this.#open.values()) {
      if (next === undefined || deadlineMs < next) next = deadlineMs
    }
    return next
  }

  /** The connection broke: none of them will be answered. */
  abandon(): void {
    const open = Array.from(this.#open.values())
    this.#open.clear()
    for (const ask of open) ask.heard({ kind: 'unknown', why: 'broken' })
  }
}
