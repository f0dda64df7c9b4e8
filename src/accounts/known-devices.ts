/** An account logged in from a network. */
export interface KnownDevice {
  /** The account's key. */
  readonly account: string
  /** As `networkKey` says. */
  readonly network: string
  readonly lastLoginMs: number
}

/** From where accounts logged in within the last 30 days. Bounded: the least recent are forgotten. */
export interface KnownDevices {
  has(account: string, network: string, nowMs: number): boolean
  add(device: KnownDevice): void
  /** The account is gone, or its password was changed: it is known from nowhere. */
  forget(account: string): void
  /** Least recent account first: to be kept over a restart. */
  all(nowMs: number): readonly KnownDevice[]
}

const FORGET_MS = 30 * 24 * 3_600_000
const MOST_ACCOUNTS = 10_000
const MOST_PER_ACCOUNT = 16

export function createKnownDevices(before: Iterable<KnownDevice> = []): KnownDevices {
  /** Account → network → last login; the least recent comes first in both. */
  const byAccount = new Map<string, Map<string, number>>()

  function add({ account, network, lastLoginMs }: KnownDevice): void {
    const networks = byAccount.get(account) ?? new Map<string, number>()
    // Taken out first, so that they become the most recent.
    byAccount.delete(account)
    byAccount.set(account, networks)
    networks.delete(network)
    networks.set(network, lastLoginMs)
    dropFirst(networks, MOST_PER_ACCOUNT)
    dropFirst(byAccount, MOST_ACCOUNTS)
  }

  for (const device of before) add(device)
  return {
    has(account, network, nowMs) {
      const lastLoginMs = byAccount.get(account)?.get(network)
      return lastLoginMs !== undefined && nowMs - lastLoginMs < FORGET_MS
    },
    add,
    forget(account) {
      byAccount.delete(account)
    },
    all: (nowMs) =>
      [...byAccount].flatMap(([account, networks]) =>
        [...networks]
          .filter(([, lastLoginMs]) => nowMs - lastLoginMs < FORGET_MS)
          .map(([network, lastLoginMs]) => ({ account, network, lastLoginMs })),
      ),
  }
}

function dropFirst(map: Map<string, unknown>, most: number): void {
  const [first] = map.keys()
  if (map.size > most && first !== undefined) map.delete(first)
}
