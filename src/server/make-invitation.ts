import { invitationCodeHash, newInvitationCode } from '../accounts/invitation-code.ts'
import type { InvitationInfo, InvitationOrder, NewInvitation } from '../monitor/invitations.ts'
import type { Actor, Outcome } from '../monitor/steering.ts'
import { DEFAULT_LIMITS } from '../protocol/limits.ts'
import { channelName } from '../protocol/names.ts'
import { invitationId, type Invitation } from '../state/invitation.ts'
import type { BufferId } from '../state/record.ts'
import { notFound, notPossible } from './steering-outcome.ts'

/** Every one of them is in memory. */
const MOST_INVITATIONS = 10_000
const DAY_MS = 86_400_000

export interface InvitationFacts {
  readonly by: Actor
  readonly nowMs: number
  /** Those that there are. */
  readonly known: ReadonlyMap<string, Invitation>
  /** The past of a room, if it is there. */
  readonly bufferOf: (room: string) => BufferId | undefined
  /** Where people come in with a browser. */
  readonly baseUrl: string | undefined
}

export type Made =
  | { readonly done: true; readonly invitation: Invitation; readonly shown: NewInvitation }
  | Extract<Outcome, { done: false }>

/** An invitation that is still to be kept, with its code. */
export function makeInvitation(order: InvitationOrder, facts: InvitationFacts): Made {
  const { by, nowMs, known, bufferOf, baseUrl } = facts
  const { room, uses = 1, days = 7 } = order
  if (known.size >= MOST_INVITATIONS) return notPossible('There are too many invitations')
  const named = room === undefined ? undefined : channelName(room, MOST_NAME_LENGTH)
  if (named !== undefined && named.ok === undefined) return notPossible(`${room} can't be a room`)
  const code = newInvitationCode()
  const invitation: Invitation = {
    hash: invitationCodeHash(code),
    uses,
    madeBy: by.name,
    madeAtMs: nowMs,
    expiresAtMs: nowMs + days * DAY_MS,
    ...(named === undefined ? {} : { room: roomOf(named.ok, bufferOf(named.ok)) }),
  }
  const link = baseUrl === undefined ? {} : { link: linkOf(baseUrl, code) }
  return { done: true, invitation, shown: { ...infoOf(invitation), code, ...link } }
}

/** The one that begins with `id`. */
export function invitationNamed(
  known: ReadonlyMap<string, Invitation>,
  id: string,
): Invitation | Extract<Outcome, { done: false }> {
  for (const invitation of known.values()) if (invitationId(invitation) === id) return invitation
  return notFound('There is no such invitation')
}

export function infoOf(invitation: Invitation): InvitationInfo {
  const { room, uses, madeBy, madeAtMs, expiresAtMs } = invitation
  const where = room === undefined ? {} : { room: room.name }
  return { id: invitationId(invitation), ...where, uses, madeBy, madeAtMs, expiresAtMs }
}

function roomOf(name: string, buffer: BufferId | undefined): NonNullable<Invitation['room']> {
  return buffer === undefined ? { name } : { name, buffer }
}

/** `https://chat.example.org/invite/CODE` */
function linkOf(baseUrl: string, code: string): string {
  return `${baseUrl.replace(/\/+$/, '')}/invite/${code}`
}

const MOST_NAME_LENGTH = DEFAULT_LIMITS.chat.channelLength
