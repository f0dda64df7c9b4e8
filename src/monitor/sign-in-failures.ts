import { networkKey } from '../protocol/network-key.ts'

/** So many wrong ones cost nothing … */
const FREE = 5
/** … each further one doubles the wait, which starts with this. */
const FIRST_WAIT_MS = 2000
const LONGEST_WAIT_MS = 300_000
/** After so long without another one they are forgotten. */
const FORGET_MS = 900_000
/** What an attacker with many addresses, or names, can make the server remember. */
const MOST_ENTRIES = 10_000

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

interface Failure {
  readonly count: number
  readonly lastMs: number
}

export function createSignInFailures(): SignInFailures {
  const byNetwork = new Map<string, Failure>()
  const byName = new Map<string, Failure>()
  /** Of a name from a network. */
  const byPair = new Map<string, Failure>()
  const known = new Set<string>()

  return {
    waitMs(name, from, nowMs) {
      const network = networkKey(from)
      const networkMs = waitOf(byNetwork.get(network), nowMs)
      if (name === undefined || known.has(pairKey(name, network))) return networkMs
      return Math.max(networkMs, waitOf(byName.get(name), nowMs))
    },
    begin(name, from, nowMs) {
      const network = networkKey(from)
      const undoNetwork = count(byNetwork, network, nowMs)
      if (name === undefined) return { succeed: () => undoNetwork(1) }
      const pair = pairKey(name, network)
      const undoName = count(byName, name, nowMs)
      count(byPair, pair, nowMs)
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

function waitOf(failure: Failure | undefined, nowMs: number): number {
  if (failure === undefined || failure.count < FREE || isOld(failure, nowMs)) return 0
  const waitMs = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (failure.count - FREE))
  return Math.max(0, failure.lastMs + waitMs - nowMs)
}

/** Returns what takes `times` off again. */
function count(
  failures: Map<string, Failure>,
  key: string,
  nowMs: number,
): (times: number) => void {
  const found = failures.get(key)
  const before = found === undefined || isOld(found, nowMs) ? undefined : found
  // Taken out first, so that it becomes the most recent.
  failures.delete(key)
  failures.set(key, { count: (before?.count ?? 0) + 1, lastMs: nowMs })
  dropOld(failures, nowMs)
  return (times) => {
    const now = failures.get(key)
    if (now === undefined) return
    const left = now.count - times
    // The wait of what is left counts from when that was.
    const lastMs = now.lastMs === nowMs ? (before?.lastMs ?? nowMs) : now.lastMs
    if (left <= 0) failures.delete(key)
    else failures.set(key, { count: left, lastMs })
  }
}

function dropOld(failures: Map<string, Failure>, nowMs: number): void {
  for (const [oldest, failure] of failures) {
    if (failures.size <= MOST_ENTRIES && !isOld(failure, nowMs)) return
    failures.delete(oldest)
  }
}

function isOld({ lastMs }: Failure, nowMs: number): boolean {
  return nowMs - lastMs >= FORGET_MS
}

function remember(known: Set<string>, pair: string): void {
  known.delete(pair)
  known.add(pair)
  const [oldest] = known
  if (known.size > MOST_ENTRIES && oldest !== undefined) known.delete(oldest)
}
