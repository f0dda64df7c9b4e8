import { foldCase } from '../protocol/casemap.ts'
import type { Channel } from './channel.ts'
import type { InvitationEnded, InvitationMade, InvitationUsed } from './room-event.ts'
import type { InvitedRoom } from './invitation.ts'
import type { Network } from './network.ts'

/** A part of `evolve`: codes with which somebody may make an account. */
export function evolveInvitation(
  network: Network,
  event: InvitationMade | InvitationUsed | InvitationEnded,
): void {
  const { invitation } = event
  switch (event.kind) {
    case 'invitationMade':
      network.invitations.set(invitation.hash, invitation)
      return
    case 'invitationEnded':
      network.invitations.delete(invitation.hash)
      return
    case 'invitationUsed': {
      const uses = invitation.uses - 1
      if (uses < 1) network.invitations.delete(invitation.hash)
      else network.invitations.set(invitation.hash, { ...invitation, uses })
      const channel = openedRoom(network, invitation.room)
      if (channel !== undefined) channel.expected = new Set(channel.expected).add(event.account)
      return
    }
    default:
      event satisfies never
  }
}

/** Another room of the same name is not the one that was meant. */
export function openedRoom(network: Network, room: InvitedRoom | undefined): Channel | undefined {
  const channel = room === undefined ? undefined : network.channels.get(foldCase(room.name))
  return channel !== undefined && channel.buffer === room?.buffer ? channel : undefined
}
