import { errorText } from '../base/error-text.ts'
import { systemClock } from '../base/clock.ts'
import { openStore } from '../history/open-store.ts'
import type { Loaded } from '../history/store.ts'
import type { InvitationInfo, InvitationOrder, Inviting } from '../monitor/invitations.ts'
import type { Actor, Outcome } from '../monitor/steering.ts'
import { foldCase } from '../protocol/casemap.ts'
import { forget, keep, restoreInvitation } from '../state/invitation-keeps.ts'
import { hasEnded } from '../state/invitation.ts'
import { createNetwork, type Network } from '../state/network.ts'
import type { BufferId } from '../state/record.ts'
import { parseRoom } from '../state/room-record.ts'
import { openDataFolder } from './data-folder.ts'
import { nameOfStore } from './history-side.ts'
import { infoOf, invitationNamed, makeInvitation } from './make-invitation.ts'
import { logFile } from './offline-log.ts'
import type { Settings } from './settings.ts'
import { StartupError } from './startup-error.ts'
import { done } from './steering-outcome.ts'

/** Invitations of a server that doesn't run. */
export interface OfflineInvitations extends AsyncDisposable {
  invite(order: InvitationOrder, by: Actor): Promise<Inviting>
  invitations(): readonly InvitationInfo[]
  revokeInvitation(id: string): Promise<Outcome>
}

/** Rejects with a StartupError, which is a FolderInUse when the server runs. */
export async function openOfflineInvitations(settings: Settings): Promise<OfflineInvitations> {
  const { history, database, accounts, dataFolder } = settings
  if (history === 'off') throw new StartupError('nothing is kept (history = "off"): no accounts')
  const folder = openDataFolder(dataFolder)
  try {
    const at = database ?? logFile(settings) ?? ''
    const store = await openStore({ at, durability: history, role: 'write' })
    const loaded = await store.load()
    const known = invitationsIn(loaded)
    const buffers = buffersIn(loaded)
    return {
      async invite(order, by) {
        const made = makeInvitation(order, {
          by,
          nowMs: systemClock.now(),
          known,
          bufferOf: (room) => buffers.get(foldCase(room)),
          baseUrl: accounts.invitationUrl,
        })
        if (!made.done) return made
        await store.commit([keep(made.invitation)])
        return { done: true, invitation: made.shown }
      },
      invitations: () => [...known.values()].map(infoOf),
      async revokeInvitation(id) {
        const invitation = invitationNamed(known, id)
        if ('problem' in invitation) return invitation
        await store.commit([forget(invitation)])
        return done(id)
      },
      async [Symbol.asyncDispose]() {
        await store[Symbol.asyncDispose]()
        folder[Symbol.dispose]()
      },
    }
  } catch (error) {
    folder[Symbol.dispose]()
    const why = errorText(error)
    throw new StartupError(`${nameOfStore(settings)} can't be opened: ${why}`)
  }
}

function invitationsIn({ kept }: Loaded): Network['invitations'] {
  const network = createNetwork()
  for (const { table, key, value } of kept) {
    if (table === 'invitation') restoreInvitation(network, key, value)
  }
  const { invitations } = network
  for (const [hash, each] of invitations) {
    if (hasEnded(each, systemClock.now())) invitations.delete(hash)
  }
  return invitations
}

function buffersIn({ kept }: Loaded): ReadonlyMap<string, BufferId> {
  const buffers = new Map<string, BufferId>()
  for (const { table, key, value } of kept) {
    const room = table === 'room' && /^\d+$/.test(key) ? parseRoom(value) : undefined
    if (room !== undefined) buffers.set(foldCase(room.name), room.buffer)
  }
  return buffers
}
