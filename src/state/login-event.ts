import type { Account } from './account.ts'
import type { Session } from './session.ts'
import type { User } from './user.ts'

/** What changes whose connections are whose, and which account is whose. */
export type LoginEvent =
  | Attached
  | Detached
  | LoginFailed
  | LoggedIn
  | LoggedOut
  | AccountKept
  | AccountDropped
  | PresenceChanged

/** A further connection of a user who is here already, or the first again of one who stayed. */
export interface Attached {
  readonly kind: 'attached'
  readonly session: Session
  readonly user: User
}

/** One of a user's connections ends, and the user stays. */
export interface Detached {
  readonly kind: 'detached'
  readonly session: Session
  readonly user: User
}

/** Somebody gave a wrong name or password. */
export interface LoginFailed {
  readonly kind: 'loginFailed'
  readonly session: Session
  readonly to: 'account' | 'operator'
}

/** A connection has shown that it is of this account. Before registration nobody hears of it. */
export interface LoggedIn {
  readonly kind: 'loggedIn'
  readonly session: Session
  readonly account: Account
}

export interface LoggedOut {
  readonly kind: 'loggedOut'
  readonly user: User
  /** Who they are from now on: a guest. */
  readonly person: string
}

/** An account is there, or is no longer as it was. */
export interface AccountKept {
  readonly kind: 'accountKept'
  readonly account: Account
}

/** Who was logged in to it has been logged out before. */
export interface AccountDropped {
  readonly kind: 'accountDropped'
  readonly account: Account
}

/** Whether a user stays when their last connection ends. */
export interface PresenceChanged {
  readonly kind: 'presenceChanged'
  readonly user: User
  readonly stays: 'always' | 'connected'
}
