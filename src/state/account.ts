/**
 * What is kept of somebody who registered. Plain data, made of what JSON knows: `accounts/account-record.ts`
 * writes it down and reads it again. Times are wall clock; a change is a new object.
 */
export interface Account {
  /** As it was registered. */
  readonly name: string
  /** `name` as a key (`protocol/casemap.ts`). */
  readonly key: string
  readonly registeredAtMs: number
  /** A scrypt hash (`accounts/password.ts`). An account without one is entered with a certificate or an app password. */
  readonly passwordHash?: string
  /** Made from the same password as `passwordHash`, at the same time. */
  readonly scram?: ScramCredentials
  readonly certificates: readonly AccountCertificate[]
  readonly appPasswords: readonly AppPassword[]
  readonly language: Language
  readonly settings: AccountSettings
  readonly email?: string
  readonly suspended?: Suspension
  /** Nicks that are its own, beside its name. */
  readonly nicks: readonly string[]
}

export type Language = 'en' | 'ko'

/** What `ScramCredentials` are good for: to know who has the password, without having it. https://www.rfc-editor.org/rfc/rfc5802#section-3 */
export interface ScramCredentials {
  /** Of PBKDF2. */
  readonly iterations: number
  /** The others are base64: 16, 32 and 32 bytes. */
  readonly salt: string
  readonly storedKey: string
  readonly serverKey: string
}

export interface AccountCertificate {
  /** SHA-256 of the certificate, lower-case hex. */
  readonly fingerprint: string
  readonly addedAtMs: number
}

/** A password that was made for one app, so that the app can be locked out alone. */
export interface AppPassword {
  readonly label: string
  /** Base64, 16 bytes. */
  readonly salt: string
  /** Base64: SHA-256 of the salt and the secret. Fast, since nobody can guess the secret. */
  readonly hash: string
  readonly createdAtMs: number
  readonly lastUsedAtMs?: number
}

export interface AccountSettings {
  /** It stays in its channels while no client is connected. Undefined: as the server has it. */
  readonly alwaysOn?: boolean
  /** Clients without CHATHISTORY are told what they missed. Undefined: as the server has it. */
  readonly replay?: boolean
  /** Nobody else may use its nicks. */
  readonly protect: boolean
}

export interface Suspension {
  readonly reason: string
  readonly atMs: number
  /** The operator who did it. */
  readonly by: string
}
