import { dropFirst } from '../base/least-recent.ts'

/** An account logged in from a network. */
export interface KnownDevice {
  /** As `networkKey` says. */
  readonly network: string
  readonly lastLoginMs: number
}

/** From where accounts logged in within the last 30 days. Bounded: the least recent are forgotten. */
export interface KnownDevices {
  has(account: string, network: string, nowMs: number): boolean
  add(account: string, device: KnownDevice): void
  /** The account is gone, or its password was changed: it is known from nowhere. */
  forget(account: string): void
}

/** To be kept over a restart, and given back: all of an account, the least recent first. None: nothing is known of it any more. */
export type DevicesChanged = (account: string, devices: readonly KnownDevice[]) => void

export type DevicesByAccount = Iterable<readonly [account: string, devices: readonly KnownDevice[]]>

const DAY_MS = 24 * 3_600_000
const FORGET_MS = 30 * DAY_MS
const MOST_ACCOUNTS = 10_000
const MOST_PER_ACCOUNT = 16

interface Login {
  readonly lastMs: number
  /** What was said last of it: a day more or less is not worth to be kept. */
  readonly saidMs: number
}

export function createKnownDevices(
  before: DevicesByAccount = [],
  changed: DevicesChanged = () => {},
): KnownDevices {
  /** Account → network → login; the least recent comes first in both. */
  const byAccount = new Map<string, Map<string, Login>>()

  function put(account: string, { network, lastLoginMs }: KnownDevice, saidMs: number): void {
    const networks = byAccount.get(account) ?? new Map<string, Login>()
    // Taken out first, so that they become the most recent.
    byAccount.delete(account)
    byAccount.set(account, networks)
    networks.delete(network)
    networks.set(network, { lastMs: lastLoginMs, saidMs })
    dropFirst(networks, MOST_PER_ACCOUNT)
  }

  function say(account: string, nowMs: number): void {
    const networks = byAccount.get(account) ?? new Map<string, Login>()
    const recent = [...networks].filter(([, { lastMs }]) => nowMs - lastMs < FORGET_MS)
    for (const [network, { lastMs }] of recent) networks.set(network, { lastMs, saidMs: lastMs })
    const devices = recent.map(([network, { lastMs }]) => ({ network, lastLoginMs: lastMs }))
    changed(account, devices)
  }

  for (const [account, devices] of before) {
    for (const device of devices) put(account, device, device.lastLoginMs)
  }
  return {
    has(account, network, nowMs) {
      const login = byAccount.get(account)?.get(network)
      return login !== undefined && nowMs - login.lastMs < FORGET_MS
    },
    add(account, device) {
      const saidMs = byAccount.get(account)?.get(device.network)?.saidMs ?? -Infinity
      put(account, device, saidMs)
      if (device.lastLoginMs - saidMs >= DAY_MS) say(account, device.lastLoginMs)
      const evicted = dropFirst(byAccount, MOST_ACCOUNTS)
      if (evicted !== undefined) changed(evicted, [])
    },
    forget(account) {
      if (byAccount.delete(account)) changed(account, [])
    },
  }
}
