import { AccountRecordError, parseAccount, serializeAccount } from '../accounts/account-record.ts'
import type { Loaded } from '../history/store.ts'
import { keepAccount } from '../state/account-book.ts'
import type { Event } from '../state/event.ts'
import type { Network } from '../state/network.ts'
import type { LogRecord } from '../state/record.ts'

/** What is to be kept of accounts after `event`. */
export function accountKeeps(event: Event): readonly LogRecord[] {
  switch (event.kind) {
    case 'accountKept': {
      const { account } = event
      return [
        { kind: 'keep', table: 'account', key: account.key, value: serializeAccount(account) },
      ]
    }
    case 'accountDropped':
      return [{ kind: 'keep', table: 'account', key: event.account.key, value: DROPPED }]
    default:
      return []
  }
}

/** In the place of an account that is no longer there. */
const DROPPED = '{"dropped":true}'

/** One that can't be read is left where it is, for somebody to look at: nobody can enter it, or take its name. */
export function restoreAccounts(
  network: Network,
  { kept, damaged }: Pick<Loaded, 'kept' | 'damaged'>,
  skipped: (what: string, why: string) => void,
): void {
  for (const { table, key } of damaged) if (table === 'account') network.droppedAccounts.add(key)
  for (const { table, key, value } of kept) {
    if (table !== 'account') continue
    if (value === DROPPED) {
      network.droppedAccounts.add(key)
      continue
    }
    try {
      keepAccount(network, parseAccount(value))
    } catch (error) {
      if (!(error instanceof AccountRecordError)) throw error
      network.droppedAccounts.add(key)
      skipped(`account ${key}`, error.message)
    }
  }
}
