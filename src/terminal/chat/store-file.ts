import { renameSync } from 'node:fs'
import { readKept, writeKept } from '../kept-file.ts'

/** So long the strokes of a draft are gathered, and the like. What waits to be sent must outlive whatever happens now. */
const GATHER_MS = 150
const MAY_WAIT = /^(?:draft|read):/

/** What the client keeps from one time to the next, in one file, written beside and put in place. */
export class StoreFile implements Disposable {
  readonly #path: string
  readonly #entries: Map<string, string>
  readonly #onFailure: (error: unknown) => void
  #timer: NodeJS.Timeout | undefined
  #soon: NodeJS.Immediate | undefined

  constructor(path: string, onFailure: (error: unknown) => void) {
    this.#path = path
    this.#onFailure = onFailure
    this.#entries = keptEntries(path)
  }

  get entries(): ReadonlyMap<string, string> {
    return this.#entries
  }

  store(key: string, value: string | undefined): void {
    if (value === undefined) this.#entries.delete(key)
    else this.#entries.set(key, value)
    this.#timer ??= setTimeout(() => this.flush(), GATHER_MS)
    if (!MAY_WAIT.test(key)) this.#soon ??= setImmediate(() => this.flush())
  }

  flush(): void {
    if (this.#timer === undefined) return
    clearTimeout(this.#timer)
    clearImmediate(this.#soon)
    this.#timer = undefined
    this.#soon = undefined
    try {
      keepEntries(this.#path, this.#entries)
    } catch (error) {
      this.#onFailure(error)
    }
  }

  [Symbol.dispose](): void {
    this.flush()
  }
}

/** A file that is damaged is put aside, and everything begins anew. */
export function keptEntries(path: string): Map<string, string> {
  const text = readKept(path)
  if (text === undefined) return new Map()
  try {
    const parsed: unknown = JSON.parse(text)
    if (typeof parsed === 'object' && parsed !== null) {
      return new Map(Object.entries(parsed).map(([key, value]) => [key, String(value)]))
    }
  } catch {}
  renameSync(path, `${path}.damaged`)
  return new Map()
}

export function keepEntries(path: string, entries: ReadonlyMap<string, string>): void {
  writeKept(path, JSON.stringify(Object.fromEntries(entries)))
}
