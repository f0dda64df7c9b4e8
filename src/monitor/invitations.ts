import type { Actor, Outcome } from './steering.ts'

export interface InvitationOrder {
  /** The room that it opens, which need not be there yet. */
  readonly room?: string
  /** How many accounts may be made with it; 1 if absent. */
  readonly uses?: number
  /** For how long it is good; 7 if absent. */
  readonly days?: number
}

export interface InvitationInfo {
  readonly id: string
  readonly room?: string
  /** How often it may be used yet. */
  readonly uses: number
  readonly madeBy: string
  readonly madeAtMs: number
  readonly expiresAtMs: number
}

/** Nobody can show the code again. */
export interface NewInvitation extends InvitationInfo {
  readonly code: string
  /** If the settings say where people come in with a browser. */
  readonly link?: string
}

export type Inviting =
  | { readonly done: true; readonly invitation: NewInvitation }
  | Extract<Outcome, { done: false }>

/** Codes with which people may make an account. Whoever calls has checked the right and writes the audit. */
export interface Invitations {
  invite(order: InvitationOrder, by: Actor): Inviting
  invitations(): readonly InvitationInfo[]
  revokeInvitation(id: string, by: Actor): Outcome
}

export const MOST_USES = 1000
export const MOST_DAYS = 365

/** In words, for the audit. */
export function invitationTarget({ room, uses = 1 }: InvitationOrder): string {
  const people = uses === 1 ? '1 account' : `${uses} accounts`
  return room === undefined ? people : `${people} into ${room}`
}
