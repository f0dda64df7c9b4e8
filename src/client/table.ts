/** Records by key that remembers which of them have changed since it was last asked. */
export class Table<V> {
  readonly #rows = new Map<string, V>()
  readonly #changed = new Set<string>()

  get size(): number {
    return this.#rows.size
  }

  get(key: string): V | undefined {
    return this.#rows.get(key)
  }

  has(key: string): boolean {
    return this.#rows.has(key)
  }

  set(key: string, row: V): void {
    if (this.#rows.get(key) === row) return
    this.#rows.set(key, row)
    this.#changed.add(key)
  }

  delete(key: string): void {
    if (this.#rows.delete(key)) this.#changed.add(key)
  }

  clear(): void {
    for (const key of this.#rows.keys()) this.#changed.add(key)
    this.#rows.clear()
  }

  keys(): IterableIterator<string> {
    return this.#rows.keys()
  }

  values(): IterableIterator<V> {
    return this.#rows.values()
  }

  copy(): Map<string, V> {
    return new Map(this.#rows)
  }

  get isChanged(): boolean {
    return this.#changed.size > 0
  }

  /** What has changed, once. */
  take(): { readonly put: readonly V[]; readonly gone: readonly string[] } {
    const put: V[] = []
    const gone: string[] = []
    for (const key of this.#changed) {
      const row = this.#rows.get(key)
      if (row === undefined) gone.push(key)
      else put.push(row)
    }
    this.#changed.clear()
    return { put, gone }
  }
}
