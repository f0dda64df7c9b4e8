import type { Role } from '../feed/role.ts'

/** Who is asking, once it is proven. */
export interface Identity {
  readonly name: string
  readonly role: Role
  readonly via: 'session' | 'token'
  /** Of the session or the token; not a secret. */
  readonly id: string
}

export type SignIn =
  | {
      readonly kind: 'signedIn'
      readonly identity: Identity
      /** The session's secret, for a cookie or as a bearer. It is said once and kept nowhere as it is. */
      readonly secret: string
      readonly expiresAtMs: number
    }
  | { readonly kind: 'refused'; readonly reason: 'wrong' }
  | { readonly kind: 'refused'; readonly reason: 'too many'; readonly retryAfterMs: number }
  /** The name or the password can't be taken; `text` says why. */
  | { readonly kind: 'refused'; readonly reason: 'not possible'; readonly text: string }

export interface SessionInfo {
  readonly id: string
  readonly name: string
  readonly role: Role
  readonly from: string
  readonly createdAtMs: number
  readonly lastUsedAtMs: number
  readonly expiresAtMs: number
}

export interface OperatorInfo {
  readonly name: string
  readonly role: Role
  readonly createdAtMs: number
  readonly lastSignInAtMs?: number
}

export interface TokenInfo {
  readonly id: string
  readonly name: string
  readonly role: Role
  readonly createdAtMs: number
  readonly expiresAtMs?: number
  readonly lastUsedAtMs?: number
}

export type Change = { readonly done: true } | { readonly done: false; readonly text: string }

/** Who may come in, and as what. Secrets go in and are hashed; they never come out again. */
export interface Access {
  /** While there is no operator yet: what the first one proves with that the console is theirs. */
  readonly firstCode: string | undefined
  /** Makes the first operator, an admin, and signs them in. */
  claim(code: string, name: string, password: string, from: string): Promise<SignIn>
  signIn(name: string, password: string, from: string): Promise<SignIn>
  /** Looks up a session and, by the way, counts it as used. */
  identityOfSession(secret: string): Identity | undefined
  identityOfToken(secret: string): Identity | undefined
  sessions(): readonly SessionInfo[]
  endSession(id: string): Change
  operators(): readonly OperatorInfo[]
  addOperator(name: string, password: string, role: Role): Promise<Change>
  /** Ends the sessions of theirs, too. The last admin stays. */
  removeOperator(name: string): Change
  setRole(name: string, role: Role): Change
  setPassword(name: string, password: string): Promise<Change>
  tokens(): readonly TokenInfo[]
  /** `secret` is said this once. */
  addToken(
    name: string,
    role: Role,
    lifetimeMs?: number,
  ): { readonly secret: string; readonly id: string }
  removeToken(id: string): Change
  /** For the server's own console: a session that no password made, ended with the process. */
  consoleSession(): string
  /** Told the id of each session and token that has just ended, expired ones within a second, so that what it holds open is closed. */
  onEnded(listener: (id: string) => void): Disposable
}

/** What is written down for ever: who did what when, to whom, why, and how it ended. */
export interface AuditEntry {
  readonly who: string
  readonly role?: Role
  readonly from: string
  readonly action: string
  readonly target?: string
  readonly reason?: string
  readonly outcome: 'done' | 'refused' | 'failed'
  /** Why it was refused or failed, or what came of it. */
  readonly detail?: string
}

export interface AuditRecord extends AuditEntry {
  readonly seq: number
  readonly atMs: number
  /** SHA-256, lower-case hex, over the record and the hash before it. */
  readonly hash: string
}

/** Append-only and hash-chained: `maru audit verify` finds what was changed, removed or put in between. */
export interface Audit {
  append(entry: AuditEntry): void
  /** Newest first. */
  entries(query: { readonly before?: number; readonly count: number }): readonly AuditRecord[]
}
