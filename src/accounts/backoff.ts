import { createGuesses } from './guesses.ts'
import { createKnownDevices, type DevicesByAccount, type DevicesChanged } from './known-devices.ts'
import { networkKey } from '../protocol/network-key.ts'

/** A try to log in. */
export interface Login {
  /** The key of the account; of one that there is not as well. */
  readonly account: string
  readonly address: string
}

/**
 * Makes guessing passwords slow: for whoever tries many accounts from one address, and for many addresses
 * that try one account. Where an account logged in within 30 days, guesses from elsewhere don't count:
 * strangers lock nobody out of what is theirs. It knows addresses and accounts, not connections, so that
 * reconnecting doesn't help.
 *
 * Times come from one wall clock. A clock that is set back makes a wait start anew, at worst.
 */
export interface LoginBackoff {
  /** How long a try would have to wait if it began now. */
  waitMs(login: Login, nowMs: number): number
  /** To be asked right before a password is looked at; the try counts as a wrong one until it succeeds. */
  begin(login: Login, nowMs: number): LoginAttempt | LoginWait
  /** It logged in by what nobody can guess: it is known from there. */
  remember(login: Login, nowMs: number): void
  /** The account is gone or has another password: from everywhere it is a stranger again. */
  forget(account: string): void
}

export interface LoginAttempt {
  readonly kind: 'attempt'
  /** It was right: this try and the wrong ones before it, of this account from this address, are forgotten. */
  succeed(nowMs: number): void
  /** Nobody looked at it. */
  withdraw(): void
}

/** The password is not looked at; this doesn't count as a try. */
export interface LoginWait {
  readonly kind: 'wait'
  readonly waitMs: number
}

/** `before`: what `changed` said before a restart. */
export function createLoginBackoff(
  before: DevicesByAccount = [],
  changed?: DevicesChanged,
): LoginBackoff {
  const atAccounts = createGuesses()
  const fromNetworks = createGuesses()
  /** At an account from where it is known. */
  const fromKnown = createGuesses()
  const known = createKnownDevices(before, changed)

  /** What a try counts for, and what it waits for. */
  function bucketsOf({ account, network }: Place, nowMs: number): Buckets {
    const ofNetwork = { guesses: fromNetworks, key: network, by: account }
    if (known.has(account, network, nowMs)) {
      const own = { guesses: fromKnown, key: pairKey(account, network), by: '' }
      return { waits: [own], counts: [own, ofNetwork] }
    }
    const ofAccount = { guesses: atAccounts, key: account, by: network }
    return { waits: [ofAccount, ofNetwork], counts: [ofAccount, ofNetwork] }
  }

  return {
    waitMs: (login, nowMs) => longestWaitMs(bucketsOf(placeOf(login), nowMs), nowMs),
    begin(login, nowMs) {
      const place = placeOf(login)
      const buckets = bucketsOf(place, nowMs)
      const waitMs = longestWaitMs(buckets, nowMs)
      if (waitMs > 0) return { kind: 'wait', waitMs }
      const { counts } = buckets
      const undo = counts.map(({ guesses, key, by }) => guesses.add(key, by, nowMs))
      return {
        kind: 'attempt',
        succeed(atMs) {
          for (const { guesses, key, by } of counts) guesses.forgive(key, by)
          known.add(place.account, { network: place.network, lastLoginMs: atMs })
        },
        withdraw() {
          for (const takeBack of undo) takeBack()
        },
      }
    },
    remember(login, nowMs) {
      const { account, network } = placeOf(login)
      known.add(account, { network, lastLoginMs: nowMs })
    },
    forget: (account) => known.forget(account),
  }
}

interface Place {
  readonly account: string
  readonly network: string
}

interface Bucket {
  readonly guesses: ReturnType<typeof createGuesses>
  readonly key: string
  readonly by: string
}

interface Buckets {
  readonly waits: readonly Bucket[]
  readonly counts: readonly Bucket[]
}

function longestWaitMs({ waits }: Buckets, nowMs: number): number {
  return Math.max(...waits.map(({ guesses, key }) => guesses.waitMs(key, nowMs)))
}

/** No name of an account is longer: what a stranger calls itself may be. */
const LONGEST_ACCOUNT = 64

function placeOf({ account, address }: Login): Place {
  return { account: account.slice(0, LONGEST_ACCOUNT), network: networkKey(address) }
}

/** Networks hold no space. */
function pairKey(account: string, network: string): string {
  return `${network} ${account}`
}
