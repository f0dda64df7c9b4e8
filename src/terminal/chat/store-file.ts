import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { errorCode } from '../../base/error-text.ts'

/** So long the strokes of a draft are gathered, and the like. What waits to be sent must outlive whatever happens now. */
const GATHER_MS = 150
const MAY_WAIT = /^(?:draft|read):/

/** What the client keeps from one time to the next, in one file, written beside and put in place. */
export class StoreFile implements Disposable {
  readonly #path: string
  readonly #entries: Map<string, string>
  #timer: NodeJS.Timeout | undefined
  #soon: NodeJS.Immediate | undefined

  /** A file that can't be read is put aside, and everything begins anew. */
  constructor(path: string) {
    this.#path = path
    this.#entries = entriesIn(path)
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
    const text = JSON.stringify(Object.fromEntries(this.#entries))
    mkdirSync(dirname(this.#path), { recursive: true, mode: 0o700 })
    writeFileSync(`${this.#path}.new`, text, { mode: 0o600 })
    renameSync(`${this.#path}.new`, this.#path)
  }

  [Symbol.dispose](): void {
    this.flush()
  }
}

function entriesIn(path: string): Map<string, string> {
  const text = textOf(path)
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

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined
    throw error
  }
}
