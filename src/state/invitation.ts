import type { Network } from './network.ts'
import type { BufferId } from './record.ts'

/** A code with which somebody may make an account, and come into a room. Only its hash is kept. */
export interface Invitation {
  /** SHA-256 of the code, lower-case hex. */
  readonly hash: string
  /** The room that it opens, if it was there when the invitation was made and still is the same. */
  readonly room?: InvitedRoom
  /** How often it may be used yet; at least 1. */
  readonly uses: number
  readonly madeBy: string
  readonly madeAtMs: number
  readonly expiresAtMs: number
}

export interface InvitedRoom {
  readonly name: string
  readonly buffer?: BufferId
}

/** A start of the hash by which operators name it. Nobody finds the code by it. */
export function invitationId({ hash }: Pick<Invitation, 'hash'>): string {
  return hash.slice(0, ID_LENGTH)
}

const ID_LENGTH = 12

/**
 * The invitation whose code has this hash, if it still counts. That it is looked up by a hash keeps what
 * the time of looking could tell from being of any use.
 */
export function invitationFor(
  { invitations }: Pick<Network, 'invitations'>,
  hash: string,
  nowMs: number,
): Invitation | undefined {
  const found = invitations.get(hash)
  return found === undefined || hasEnded(found, nowMs) ? undefined : found
}

export function hasEnded({ uses, expiresAtMs }: Invitation, nowMs: number): boolean {
  return uses < 1 || nowMs >= expiresAtMs
}
