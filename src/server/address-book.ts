import { isLoopback } from '../protocol/address.ts'
import type { AdmissionLimits } from '../protocol/limits.ts'
import { networkKey } from '../protocol/network-key.ts'

/** What one IPv4 address or IPv6 /64 has taken. */
interface Entry {
  open: number
  opened: number
  windowStartMs: number
}

/** Addresses without a connection are remembered for their window, but not more of them than this. */
const MOST_ENTRIES = 100_000

/**
 * Counts connections by where they come from. Loopback and the addresses that speak for others (gateways)
 * are exempt; those for whom a gateway speaks are not.
 */
export class AddressBook {
  readonly #entries = new Map<string, Entry>()
  #open = 0

  /** Counts a connection in, or says why it may not come in; then it isn't counted. Times in ms, of any steady clock. */
  enter(
    address: string,
    { limits, isExempt, nowMs }: { limits: AdmissionLimits; isExempt: boolean; nowMs: number },
  ): string | undefined {
    if (limits.connections > 0 && this.#open >= limits.connections) return SERVER_FULL
    if (isExempt || isLoopback(address)) {
      this.#open++
      return undefined
    }
    const entry = this.#entry(networkKey(address), limits, nowMs)
    if (entry.open >= limits.connectionsPerAddress) return TOO_MANY
    if (entry.opened >= limits.newConnectionsPerAddress) return TOO_FAST
    entry.open++
    entry.opened++
    this.#open++
    return undefined
  }

  /** A connection that was counted in is gone. */
  leave(address: string): void {
    this.#open--
    const entry = this.#entries.get(networkKey(address))
    if (entry !== undefined && entry.open > 0) entry.open--
  }

  #entry(key: string, limits: AdmissionLimits, nowMs: number): Entry {
    let entry = this.#entries.get(key)
    if (entry === undefined) {
      if (this.#entries.size >= MOST_ENTRIES) this.#forget(limits, nowMs)
      entry = { open: 0, opened: 0, windowStartMs: nowMs }
      this.#entries.set(key, entry)
    } else if (nowMs - entry.windowStartMs >= limits.newConnectionsWindowMs) {
      entry.opened = 0
      entry.windowStartMs = nowMs
    }
    return entry
  }

  /** Those whose window is over, and if that makes no room the oldest that have no connection. */
  #forget({ newConnectionsWindowMs }: AdmissionLimits, nowMs: number): void {
    for (const [key, { open, windowStartMs }] of this.#entries) {
      if (open > 0) continue
      const isOver = nowMs - windowStartMs >= newConnectionsWindowMs
      if (isOver || this.#entries.size >= MOST_ENTRIES) this.#entries.delete(key)
    }
  }
}

export const SERVER_FULL = 'The server is full'
export const TOO_MANY = 'Too many connections from your address'
export const TOO_FAST = 'Too many new connections from your address, try again later'
