import { countFailure, waitOf, type FailureCounts } from '../base/failure-counts.ts'
import { dropFirst } from '../base/least-recent.ts'
import { networkKey } from '../protocol/network-key.ts'

/** What an attacker with many addresses, or names, can make the server remember. */
const MOST_KNOWN = 10_000

/**
 * Wrong passwords, by address and by name: guessing gets slow for whoever tries many names from one
 * address, and for many addresses that try one name. From where a name has signed in before, what others
 * do to that name doesn't count: nobody is locked out by strangers who know what they are called.
 * In memory: reconnecting doesn't help, and only a restart forgets.
 */
export interface SignInFailures {
  /** How long the next try has to wait. `name` is a key; undefined: a code was tried. Times are monotonic. */
  waitMs(name: string | undefined, from: string, nowMs: number): number
  /** Counts the try as a wrong one before it is looked at, so that many at once gain nothing. */
  begin(name: string | undefined, from: string, nowMs: number): Attempt
}

export interface Attempt {
  /** It was right: forgets this try and those before it for this name from this address. */
  succeed(): void
}

export function createSignInFailures(): SignInFailures {
  const byNetwork: FailureCounts = new Map()
  const byName: FailureCounts = new Map()
  /** Of a name from a network. */
  const byPair: FailureCounts = new Map()
  const known = new Set<string>()

  return {
    waitMs(name, from, nowMs) {
      const network = networkKey(from)
      const networkMs = waitOf(byNetwork, network, nowMs)
      if (name === undefined || known.has(pairKey(name, network))) return networkMs
      return Math.max(networkMs, waitOf(byName, name, nowMs))
    },
    begin(name, from, nowMs) {
      const network = networkKey(from)
      const undoNetwork = countFailure(byNetwork, network, nowMs)
      if (name === undefined) return { succeed: () => undoNetwork(1) }
      const pair = pairKey(name, network)
      const undoName = countFailure(byName, name, nowMs)
      countFailure(byPair, pair, nowMs)
      return {
        succeed() {
          const own = byPair.get(pair)?.count ?? 1
          undoNetwork(own)
          undoName(own)
          byPair.delete(pair)
          remember(known, pair)
        },
      }
    },
  }
}

function pairKey(name: string, network: string): string {
  return `${network} ${name}`
}

function remember(known: Set<string>, pair: string): void {
  known.delete(pair)
  known.add(pair)
  dropFirst(known, MOST_KNOWN)
}
