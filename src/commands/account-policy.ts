/** What the settings say of accounts. Without it there are none, since nothing is kept. */
export interface AccountPolicy {
  readonly registration: 'open' | 'invite' | 'closed'
  /** Whether one may register before the connection is complete. */
  readonly beforeConnect: boolean
  readonly requireEmail: boolean
  /** In characters. */
  readonly minPasswordLength: number
  /** From one address. */
  readonly registrationsPerHour: number
  readonly alwaysOn: 'off' | 'opt-in' | 'opt-out' | 'mandatory'
  /** Who stays on without coming back for so long leaves. */
  readonly alwaysOnDays: number
  /** Connections of one user. */
  readonly sessionsPerUser: number
  /** Where people come in with a browser: what links of invitations begin with. */
  readonly invitationUrl?: string | undefined
  /** Beside the account's name. */
  readonly nicksPerAccount: number
}
