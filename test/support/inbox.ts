import { PATIENCE_MS } from './patience.ts'

/** What a connection has received, and the waiting for more. */
export class Inbox<Item = string> {
  /** Received and not read by the test. */
  readonly unread: Item[] = []
  readonly #show: (item: Item) => string
  #isClosed = false
  #changed = Promise.withResolvers<void>()

  /** `show`: for whoever has to find out what went wrong. */
  constructor(show: (item: Item) => string = String) {
    this.#show = show
  }

  get isClosed(): boolean {
    return this.#isClosed
  }

  add(items: readonly Item[]): void {
    this.unread.push(...items)
    this.changed()
  }

  /** The connection is gone. */
  close(): void {
    this.#isClosed = true
    this.changed()
  }

  /** Whoever waits looks again. */
  changed(): void {
    this.#changed.resolve()
    this.#changed = Promise.withResolvers()
  }

  /** Reads up to the first that fits, which is the last of those returned. */
  async until(fits: (item: Item) => boolean, what: string): Promise<Item[]> {
    const at = (): number => this.unread.findIndex(fits)
    await this.becomes(() => at() >= 0 || this.#isClosed, what)
    if (at() < 0) throw new Error(`closed before ${what}; got ${this.last()}`)
    return this.unread.splice(0, at() + 1)
  }

  /** What is still to come before the connection ends. */
  async ended(): Promise<Item[]> {
    await this.becomes(() => this.#isClosed, 'the end')
    return this.unread.splice(0)
  }

  /** Rejects when it takes too long. */
  async becomes(isSo: () => boolean, what: string): Promise<void> {
    const late = Promise.withResolvers<never>()
    const timer = setTimeout(
      () => late.reject(new Error(`waited in vain for ${what}; got ${this.last()}`)),
      PATIENCE_MS,
    )
    try {
      while (!isSo()) await Promise.race([late.promise, this.#changed.promise])
    } finally {
      clearTimeout(timer)
    }
  }

  protected last(): string {
    return this.unread.slice(-20).map(this.#show).join(' | ')
  }
}

/** Lines, of text that comes in pieces. */
export class LineInbox extends Inbox {
  /** What isn't a line yet. */
  rest = ''

  take(text: string): void {
    const lines = (this.rest + text).split('\r\n')
    this.rest = lines.pop() ?? ''
    this.add(lines)
  }

  reads(pattern: RegExp): Promise<string[]> {
    return this.until((line) => pattern.test(line), String(pattern))
  }

  protected override last(): string {
    return super.last() + this.rest
  }
}

/** All that was caused by what was sent before: what comes up to the answer of a PING. */
export async function settled(client: {
  readonly send: (line: string) => void
  readonly until: (pattern: RegExp) => Promise<string[]>
}): Promise<string[]> {
  const token = `settled-${++tokens}`
  client.send(`PING ${token}`)
  return (await client.until(new RegExp(` PONG .*${token}$`))).slice(0, -1)
}

let tokens = 0

/** The last line of a welcome: the end of the message of the day, or that there is none. */
export const WELCOMED = / (?:376|422) /
