import { isLoopback } from '../protocol/address.ts'
import { networkKey } from '../protocol/network-key.ts'

/** Counts those from each IPv4 address or IPv6 /64 who knock and aren't in yet. Loopback is exempt. */
export class Knocks {
  readonly #most: number
  readonly #counts = new Map<string, number>()

  constructor(most: number) {
    this.#most = most
  }

  /** Counts one more, until what it returns is called, once or more often; `undefined`: they are too many. */
  enter(address: string): (() => void) | undefined {
    const key = networkKey(address)
    const count = this.#counts.get(key) ?? 0
    if (count >= this.#most && !isLoopback(address)) return undefined
    this.#counts.set(key, count + 1)
    let isIn = true
    return () => {
      if (isIn) this.#leave(key)
      isIn = false
    }
  }

  #leave(key: string): void {
    const count = (this.#counts.get(key) ?? 1) - 1
    if (count > 0) this.#counts.set(key, count)
    else this.#counts.delete(key)
  }
}
