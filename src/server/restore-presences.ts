import type { Loaded } from '../history/store.ts'
import { foldCase } from '../protocol/casemap.ts'
import { lookalikeOf } from '../protocol/lookalikes.ts'
import { nicksOf } from '../state/account-book.ts'
import type { Account } from '../state/account.ts'
import { NOT_CONNECTED } from '../state/away.ts'
import { accountPerson } from '../state/conversation.ts'
import { addUser, evolve } from '../state/evolve.ts'
import type { Network } from '../state/network.ts'
import { parsePresence, userOf, type PresenceRecord } from '../state/presence-record.ts'
import type { User } from '../state/user.ts'
import type { Skipped } from './restore-rooms.ts'

/**
 * Who stayed on is there again, in their rooms and with their ranks; after the rooms and the accounts. What
 * they missed began when they were last seen, at the latest when the server ended.
 */
export function restorePresences(
  network: Network,
  { kept, buffers }: Pick<Loaded, 'kept' | 'buffers'>,
  skipped: Skipped,
): void {
  const endedMs = buffers.reduce((latest, { lastTimeMs }) => Math.max(latest, lastTimeMs), 0)
  for (const { table, key, value } of kept) {
    if (table !== 'presence') continue
    const record = parsePresence(value)
    const account = network.accounts.get(key)
    const why = misfit(network, record, account)
    if (record === undefined || account === undefined || why !== undefined) {
      skipped(`presence of ${key}`, why ?? UNREADABLE)
      continue
    }
    const as = { account: account.name, person: accountPerson(account.key) }
    const user = userOf(record, as, endedMs)
    user.away = NOT_CONNECTED
    addUser(network, user, endedMs)
    enterRooms(network, user, record)
  }
}

const UNREADABLE = 'it is not what this version of Maru writes'

function misfit(
  network: Network,
  record: PresenceRecord | undefined,
  account: Account | undefined,
): string | undefined {
  if (record === undefined) return UNREADABLE
  if (account === undefined) return 'there is no such account'
  if (account.suspended !== undefined) return 'the account is suspended'
  const isTheirs = nicksOf(account).some((nick) => foldCase(nick) === foldCase(record.nick))
  if (!isTheirs) return 'the nick is not of that account'
  const taken = lookalikeOf(network.userLooks, record.nick)
  return taken === undefined ? undefined : 'the nick is taken'
}

/** A room that is gone, or that is another one now, is left out. */
function enterRooms(network: Network, user: User, { rooms }: PresenceRecord): void {
  const byBuffer = new Map([...network.channels.values()].map((each) => [each.buffer, each]))
  const key = foldCase(user.account ?? '')
  for (const [buffer, joinedAtMs] of rooms) {
    const channel = byBuffer.get(buffer)
    const ranks = channel?.rest?.members.get(key)
    // The rooms know who was in them: whoever isn't among those was put out after this was written.
    if (channel === undefined || ranks === undefined) continue
    evolve(network, { kind: 'joined', user, channel, ranks }, joinedAtMs)
  }
}
