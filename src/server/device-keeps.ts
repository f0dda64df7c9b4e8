import type { KnownDevice } from '../accounts/known-devices.ts'
import type { Loaded } from '../history/store.ts'
import type { LogRecord } from '../state/record.ts'
import type { Skipped } from './restore-rooms.ts'

/** From where an account logged in, as it is kept. */
export function deviceRecord(account: string, devices: readonly KnownDevice[]): LogRecord {
  if (devices.length === 0) return { kind: 'forget', table: 'device', key: account }
  const rows = devices.map(({ network, lastLoginMs }) => [network, lastLoginMs])
  return { kind: 'keep', table: 'device', key: account, value: JSON.stringify(rows) }
}

/** By account. What can't be read is left out: from there, one is a stranger until one logs in. */
export function restoreDevices(
  { kept }: Pick<Loaded, 'kept'>,
  skipped: Skipped,
): Map<string, readonly KnownDevice[]> {
  const found = new Map<string, readonly KnownDevice[]>()
  for (const { table, key, value } of kept) {
    if (table !== 'device') continue
    const devices = parse(value)
    if (devices === undefined) skipped(`device ${key}`, 'it is not understood')
    else found.set(key, devices)
  }
  return found
}

function parse(text: string): readonly KnownDevice[] | undefined {
  const rows = parseJson(text)
  if (!Array.isArray(rows) || !rows.every(isRow)) return undefined
  return rows.map(([network, lastLoginMs]) => ({ network, lastLoginMs }))
}

function isRow(value: unknown): value is readonly [string, number] {
  if (!Array.isArray(value)) return false
  const [network, lastLoginMs] = value as readonly unknown[]
  return typeof network === 'string' && Number.isSafeInteger(lastLoginMs)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
