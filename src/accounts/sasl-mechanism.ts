import type { LoginAccepted, LoginQuestion } from './login-book.ts'
import { scramServer, type ScramParts, type ScramServer } from './scram.ts'

/** In the order in which they are offered, the best first. */
export const SASL_MECHANISMS = ['SCRAM-SHA-256', 'EXTERNAL', 'PLAIN'] as const

export type SaslMechanism = (typeof SASL_MECHANISMS)[number]

/** What the exchanges of one connection know. */
export interface MechanismParts {
  /** The client's, SHA-256, lower-case hex. */
  readonly certificateFingerprint?: string
  readonly lookup: ScramParts['lookup']
  readonly fakeSaltKey: Uint8Array
  /** At least 18 random bytes as base64, new with each call. */
  readonly newNonce: () => string
}

/** Takes a whole response of the client. */
export type Mechanism = (response: string) => MechanismStep

export type MechanismStep =
  | MechanismQuestion
  | { readonly kind: 'challenge'; readonly text: string; readonly next: Mechanism }
  | { readonly kind: 'success'; readonly login: LoginAccepted }
  | { readonly kind: 'malformed' }

export interface MechanismQuestion {
  readonly kind: 'ask'
  readonly question: LoginQuestion
  readonly accepted: (login: LoginAccepted) => MechanismStep
}

/** What takes the first response of the client. All of them let the client speak first. */
export function saslMechanism(name: SaslMechanism, parts: MechanismParts): Mechanism {
  switch (name) {
    case 'PLAIN':
      return plain
    case 'EXTERNAL':
      return (as) => external(as, parts)
    case 'SCRAM-SHA-256':
      return (first) => scram(first, parts)
  }
}

const MALFORMED: MechanismStep = { kind: 'malformed' }

/** https://www.rfc-editor.org/rfc/rfc4616#section-2 */
function plain(response: string): MechanismStep {
  const [as = '', name = '', password = '', ...rest] = response.split('\0')
  if (name === '' || password === '' || rest.length > 0) return MALFORMED
  return { kind: 'ask', question: { kind: 'password', name, password, as }, accepted: success }
}

/** https://www.rfc-editor.org/rfc/rfc4422#appendix-A */
function external(as: string, { certificateFingerprint }: MechanismParts): MechanismStep {
  if (certificateFingerprint === undefined || as.includes('\0')) return MALFORMED
  const question = { kind: 'certificate', fingerprint: certificateFingerprint, as } as const
  return { kind: 'ask', question, accepted: success }
}

function scram(first: string, { lookup, fakeSaltKey, newNonce }: MechanismParts): MechanismStep {
  const server = scramServer({ lookup, fakeSaltKey, nonce: newNonce() })
  const step = server.step(first)
  if (step.kind !== 'send') return MALFORMED
  return { kind: 'challenge', text: step.send, next: (final) => scramProof(server, final) }
}

function scramProof(server: ScramServer, final: string): MechanismStep {
  const { claim } = server
  if (claim === undefined) return MALFORMED
  let verifier = ''
  const prove = (): string | undefined => {
    const step = server.step(final)
    if (step.kind !== 'done') return undefined
    verifier = step.send
    return step.account
  }
  return {
    kind: 'ask',
    question: { kind: 'scram', name: claim.name, as: claim.as, prove },
    accepted: (login) => ({ kind: 'challenge', text: verifier, next: confirmed(login) }),
  }
}

/**
 * "If the mechanism finishes with the server sending a non-empty challenge (such as in SCRAM), clients
 * MUST still send an empty response." https://ircv3.net/specs/extensions/sasl-3.1
 */
function confirmed(login: LoginAccepted): Mechanism {
  return (response) => (response === '' ? success(login) : MALFORMED)
}

function success(login: LoginAccepted): MechanismStep {
  return { kind: 'success', login }
}
