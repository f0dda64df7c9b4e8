import type { Channel } from './channel.ts'
import type { Invitation } from './invitation.ts'
import type { MetadataSubject } from './metadata.ts'
import type { Closure, Registration } from './room-registration.ts'
import type { User } from './user.ts'

/** What becomes of a room beyond its members, and what people and rooms say of themselves. */
export type RoomEvent =
  | RegistrationChanged
  | RestEnded
  | ClosureAdded
  | ClosureRemoved
  | InvitationMade
  | InvitationUsed
  | InvitationEnded
  | MetadataChanged
  | MetadataShown

/** A room is registered, given to another account, or let go: then `registration` is absent. */
export interface RegistrationChanged {
  readonly kind: 'registrationChanged'
  readonly channel: Channel
  /** The key of the account whose it is from now on. Absent: nobody's. */
  readonly founderAccount?: string
  readonly registration?: Registration
}

/** A room waits no longer for those who were in it when the server ended. */
export interface RestEnded {
  readonly kind: 'restEnded'
  readonly channel: Channel
  /** Who leads it from now on, if nobody does. */
  readonly heir?: User
}

export interface ClosureAdded {
  readonly kind: 'closureAdded'
  readonly closure: Closure
}

export interface ClosureRemoved {
  readonly kind: 'closureRemoved'
  readonly closure: Closure
}

export interface InvitationMade {
  readonly kind: 'invitationMade'
  readonly invitation: Invitation
}

/** Somebody has made an account with it. */
export interface InvitationUsed {
  readonly kind: 'invitationUsed'
  /** As it was until now. */
  readonly invitation: Invitation
  /** The key of the account. */
  readonly account: string
}

/** It was revoked, or it has expired. */
export interface InvitationEnded {
  readonly kind: 'invitationEnded'
  readonly invitation: Invitation
}

/** https://ircv3.net/specs/extensions/metadata */
export interface MetadataChanged {
  readonly kind: 'metadataChanged'
  /** Absent: the server itself. */
  readonly by?: User
  readonly subject: MetadataSubject
  readonly key: string
  /** Absent: it has none any more. */
  readonly value?: string
}

/** Those who have just come to see somebody are shown what they say of themselves. */
export interface MetadataShown {
  readonly kind: 'metadataShown'
  readonly subject: MetadataSubject
  readonly key: string
  /** Absent: they say it no longer. */
  readonly value?: string
  /** The members of a room that they came into, or those who monitor their nick. */
  readonly to: Channel | 'watchers'
}
