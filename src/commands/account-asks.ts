import type { Account, AppPassword, ScramCredentials, Suspension } from '../state/account.ts'
import type { Session } from '../state/session.ts'

/** What takes secrets, randomness or time. */
export interface AccountAsks {
  /** The parameter of an AUTHENTICATE. */
  readonly authenticate: (session: Session, param: string) => Promise<SaslAnswer>
  /** Whether this is the password, or an app password, of the account or nick. */
  readonly checkLogin: (session: Session, name: string, password: string) => Promise<LoginAnswer>
  /** All that is kept of a new password. `account`: its key. */
  readonly newPassword: (account: string, password: string) => Promise<NewPassword | 'busy'>
  /** A secret for one app. */
  readonly newAppPassword: (label: string) => NewAppPassword
  /** Whether another account may be made from this address now; if so, it counts. */
  readonly countRegistration: (address: string, perHour: number) => 'counted' | 'tooMany'
  /** SHA-256 of the code of an invitation, lower-case hex. */
  readonly codeHash: (code: string) => string
  /** The account is gone, or has another password: it is known from nowhere. */
  readonly forgetDevices: (account: string) => void
}

export type NewPassword = Required<Pick<Account, 'passwordHash'>> & {
  readonly scram?: ScramCredentials
}

export interface NewAppPassword {
  /** To be shown once. */
  readonly secret: string
  readonly kept: AppPassword
}

export type LoginAnswer = LoginAccepted | LoginRefused

export interface LoginAccepted {
  readonly kind: 'account'
  /** As it was when it was asked about. */
  readonly account: Account
  /** The one that was used. */
  readonly appPassword?: AppPassword
  /** To be kept in the place of the old ones, which are cheaper than they should be. */
  readonly renewed?: NewPassword
}

export type LoginRefused =
  | { readonly kind: 'wrong' }
  | { readonly kind: 'wait'; readonly waitMs: number }
  /** Too many passwords are being looked at. */
  | { readonly kind: 'busy' }
  | { readonly kind: 'suspended'; readonly suspended: Suspension }

/** What an AUTHENTICATE comes to. */
export type SaslAnswer =
  /** One AUTHENTICATE for each. */
  | { readonly kind: 'send'; readonly params: readonly string[] }
  /** Nothing is to be said. */
  | { readonly kind: 'more' | 'stale' }
  | { readonly kind: 'success'; readonly login: LoginAccepted }
  | {
      readonly kind: 'fail'
      readonly why: LoginRefused | { readonly kind: 'malformed' | 'tooMuch' }
    }
  | { readonly kind: 'unknownMechanism'; readonly mechanisms: readonly string[] }
  | { readonly kind: 'aborted' | 'tooLong' }
