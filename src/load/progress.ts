import { type Counters, BACK, DELIVERIES, JOINED, LOST, MESSAGES, total } from './counters.ts'

/** Where progress goes: a terminal has its line rewritten, anything else gets a line now and then. */
export interface ProgressOutput {
  readonly isTTY?: boolean | undefined
  write(text: string): unknown
}

export type Step = 'joining' | 'waiting for quiet' | 'sending' | 'storm'

/** Shows what the threads count until it's disposed of. */
export class Progress implements Disposable {
  step: Step = 'joining'
  readonly #output: ProgressOutput
  readonly #threads: readonly Counters[]
  readonly #clients: number
  readonly #timer: NodeJS.Timeout
  #before = { atMs: performance.now(), messages: 0, deliveries: 0 }

  constructor(output: ProgressOutput, threads: readonly Counters[], clients: number) {
    this.#output = output
    this.#threads = threads
    this.#clients = clients
    this.#timer = setInterval(() => this.#show(), output.isTTY === true ? 250 : 3000)
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer)
    if (this.#output.isTTY === true) this.#output.write('\r\u001b[K')
  }

  #show(): void {
    const line = this.#line()
    this.#output.write(this.#output.isTTY === true ? `\r${line}\u001b[K` : `${line}\n`)
  }

  #line(): string {
    const threads = this.#threads
    const nowMs = performance.now()
    const now = {
      atMs: nowMs,
      messages: total(threads, MESSAGES),
      deliveries: total(threads, DELIVERIES),
    }
    const seconds = (nowMs - this.#before.atMs) / 1000
    const messages = Math.round((now.messages - this.#before.messages) / seconds)
    const deliveries = Math.round((now.deliveries - this.#before.deliveries) / seconds)
    this.#before = now
    const lost = total(threads, LOST)
    const parts = [
      `${this.step}: ${total(threads, JOINED)} of ${this.#clients} joined`,
      ...(lost > 0 ? [`${lost} lost`] : []),
      ...(this.step === 'storm' ? [`${total(threads, BACK)} back`] : []),
      ...(this.step === 'sending' ? [`${messages} messages/s`] : []),
      `${deliveries} lines/s`,
    ]
    return parts.join(', ')
  }
}
