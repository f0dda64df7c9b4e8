import type { Loaded } from '../history/store.ts'
import { addConversation, isGuest } from '../state/conversation.ts'
import { restoreInvitation } from '../state/invitation-keeps.ts'
import { restoreMarker } from '../state/marker-keeps.ts'
import { restoreMetadata } from '../state/metadata-keeps.ts'
import type { Network } from '../state/network.ts'
import type { KeptTable } from '../state/record.ts'
import { sentKey } from '../state/sent.ts'
import { restoreAccounts } from './account-keeps.ts'
import { restorePresences } from './restore-presences.ts'
import { restoreRooms, type Skipped } from './restore-rooms.ts'

/** What was kept is there again before anybody comes in. */
export function restoreNetwork(
  network: Network,
  loaded: Loaded,
  { nowMs, skipped }: { readonly nowMs: number; readonly skipped: Skipped },
): void {
  const { buffers, damaged, sent } = loaded
  for (const { person, clientMsgid, ...rest } of sent) {
    network.sent.set(sentKey(person, clientMsgid), rest)
  }
  restoreConversations(network, buffers)
  restoreRooms(network, loaded, nowMs, skipped)
  restoreAccounts(network, loaded, skipped)
  for (const { table, key } of damaged) skipped(`${table} ${key}`, 'it is damaged')
  restorePresences(network, loaded, skipped)
  for (const { table, key, value } of loaded.kept) {
    const restore = RESTORED[table]
    if (restore === undefined || restore(network, key, value)) continue
    skipped(`${table} ${key}`, 'it is not understood')
  }
}

function restoreConversations(network: Network, buffers: Loaded['buffers']): void {
  for (const { id, of, name, people } of buffers) {
    network.nextBuffer = Math.max(network.nextBuffer, id + 1)
    const [one, other] = people
    // Of two guests nobody will ever be there again.
    if (of !== 'pair' || one === undefined || other === undefined) continue
    if (isGuest(one) && isGuest(other)) continue
    const [first = '', second = ''] = name.split(' ')
    addConversation(network, { buffer: id, people: [one, other], nicks: [first, second] })
  }
}

/** What stands by itself. False: it can't be understood. */
const RESTORED: Partial<
  Record<KeptTable, (network: Network, key: string, value: string) => boolean>
> = {
  invitation: restoreInvitation,
  marker: restoreMarker,
  metadata: restoreMetadata,
}
