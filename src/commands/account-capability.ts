import type { Session } from '../state/session.ts'
import type { ServerInfo } from './command.ts'

/** The best first; EXTERNAL only where there is a certificate to know somebody by. */
export function saslMechanisms({ origin }: Pick<Session, 'origin'>): readonly Mechanism[] {
  const hasCertificate = origin.tls?.certificateFingerprint !== undefined
  return ALL.filter((mechanism) => mechanism !== 'EXTERNAL' || hasCertificate)
}

const ALL = ['SCRAM-SHA-256', 'EXTERNAL', 'PLAIN'] as const
type Mechanism = (typeof ALL)[number]

/** The value of draft/account-registration. https://ircv3.net/specs/extensions/account-registration */
export function registrationValue(server: ServerInfo): string {
  const requireEmail = server.accounts?.requireEmail === true
  const keys = [
    ...(mayRegisterBefore(server) ? ['before-connect'] : []),
    'custom-account-name',
    ...(requireEmail ? ['email-required'] : []),
  ]
  return keys.join(',')
}

/**
 * "this functionality cannot be used to bypass any authentication restrictions", such as the server's
 * password: where there is one, whoever registers has come in with it.
 */
export function mayRegisterBefore({ accounts, passwordHash }: ServerInfo): boolean {
  return accounts?.beforeConnect === true && passwordHash === undefined
}
