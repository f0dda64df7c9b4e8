/** What is to happen later, by name: setting a name again moves it. */
export class Timers {
  readonly #entries = new Map<string, { readonly atMs: number; readonly run: () => void }>()

  set(name: string, atMs: number, run: () => void): void {
    this.#entries.set(name, { atMs, run })
  }

  has(name: string): boolean {
    return this.#entries.has(name)
  }

  clear(name: string): void {
    this.#entries.delete(name)
  }

  /** Runs what is due; what that sets anew waits for the next time. */
  run(nowMs: number): void {
    const due = [...this.#entries].filter(([, { atMs }]) => atMs <= nowMs)
    for (const [name, entry] of due) {
      if (this.#entries.get(name) !== entry) continue
      this.#entries.delete(name)
      entry.run()
    }
  }

  /** On the same clock; undefined: nothing is wanted. */
  next(): number | undefined {
    let next: number | undefined
    for (const { atMs } of this.#entries.values()) {
      if (next === undefined || atMs < next) next = atMs
    }
    return next
  }
}
