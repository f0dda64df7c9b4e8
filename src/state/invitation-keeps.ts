import type { Event } from './event.ts'
import { openedRoom } from './evolve-invitation.ts'
import type { Invitation, InvitedRoom } from './invitation.ts'
import type { Network } from './network.ts'
import type { LogRecord } from './record.ts'
import { keepRoom } from './room-keeps.ts'

/** What is kept of invitations: it stands in the same commit as the account that one was used for. */
export function invitationKeeps(network: Network, event: Event): readonly LogRecord[] {
  switch (event.kind) {
    case 'invitationMade':
      return [keep(event.invitation)]
    case 'invitationEnded':
      return [forget(event.invitation)]
    case 'invitationUsed': {
      const { hash, room } = event.invitation
      const left = network.invitations.get(hash)
      const channel = openedRoom(network, room)
      return [
        left === undefined ? forget(event.invitation) : keep(left),
        ...(channel === undefined ? [] : [keepRoom(channel)]),
      ]
    }
    default:
      return []
  }
}

/** False: it can't be understood. */
export function restoreInvitation(network: Network, hash: string, json: string): boolean {
  const invitation = parse(hash, json)
  if (invitation === undefined) return false
  network.invitations.set(hash, invitation)
  return true
}

/** For those who write it into a log that no server has open. */
export function keep(invitation: Invitation): LogRecord {
  const { hash, ...rest } = invitation
  return { kind: 'keep', table: 'invitation', key: hash, value: JSON.stringify(rest) }
}

export function forget({ hash }: Invitation): LogRecord {
  return { kind: 'forget', table: 'invitation', key: hash }
}

function parse(hash: string, json: string): Invitation | undefined {
  const fields = fieldsOf(json)
  if (fields === undefined || !/^[\da-f]{64}$/.test(hash)) return undefined
  const { uses, madeBy, madeAtMs, expiresAtMs } = fields
  if (!isCount(uses) || !isCount(madeAtMs) || !isCount(expiresAtMs)) return undefined
  if (typeof madeBy !== 'string') return undefined
  const room = roomFrom(fields['room'])
  return { hash, uses, madeBy, madeAtMs, expiresAtMs, ...(room === undefined ? {} : { room }) }
}

function roomFrom(value: unknown): InvitedRoom | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const { name, buffer } = value as Readonly<Record<string, unknown>>
  if (typeof name !== 'string' || !/^#[^\0\r\n ]+$/.test(name)) return undefined
  return { name, ...(isCount(buffer) ? { buffer } : {}) }
}

function fieldsOf(json: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(json)
    return typeof value === 'object' && value !== null ? { ...value } : undefined
  } catch {
    return undefined
  }
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0
}
