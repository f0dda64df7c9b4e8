/** SASL as a machine of steps. https://ircv3.net/specs/extensions/sasl-3.2, https://www.rfc-editor.org/rfc/rfc5802 */
import { decodeBase64, encodeBase64 } from './base64.ts'
import type { Login } from './intent.ts'
import type { Proof, ProofQuestion } from './turn.ts'

export interface SaslExchange {
  readonly mechanism: 'PLAIN' | 'SCRAM-SHA-256' | 'EXTERNAL'
  readonly login: Login
  /** Of the intent that wants it. */
  readonly ref?: string | undefined
  readonly nonce: string
  serverNonce: string
  step: 'begun' | 'first' | 'proving' | 'final' | 'over'
  /** Of a challenge in several pieces. */
  pieces: string
  proveId: number
  serverSignature: string | undefined
}

/** The best that both know; undefined: none. `PLAIN` shows the password to whoever listens. */
export function chooseMechanism(
  login: Login,
  { offered, isSecure }: { readonly offered: readonly string[]; readonly isSecure: boolean },
): SaslExchange['mechanism'] | 'insecure' | undefined {
  const isOffered = (name: string) => offered.length === 0 || offered.includes(name)
  if (login.mechanism === 'certificate') return isOffered('EXTERNAL') ? 'EXTERNAL' : undefined
  // A server that names no mechanisms may know only PLAIN.
  if (login.mechanism === 'password' && offered.includes('SCRAM-SHA-256')) return 'SCRAM-SHA-256'
  if (!isOffered('PLAIN')) return undefined
  return isSecure ? 'PLAIN' : 'insecure'
}

export function beginSasl(
  login: Login,
  mechanism: SaslExchange['mechanism'],
  nonce: string,
): SaslExchange {
  const rest = { pieces: '', serverNonce: '', proveId: 0, serverSignature: undefined }
  return { mechanism, login, nonce, step: 'begun', ...rest }
}

export type SaslStep =
  | { readonly kind: 'say'; readonly data: string }
  | { readonly kind: 'prove'; readonly question: ProofQuestion }
  | { readonly kind: 'abort' }
  | { readonly kind: 'wait' }

const PIECE = 400
const MOST_CHARACTERS = 8192

/** The server's next piece of AUTHENTICATE. */
export function takeChallenge(exchange: SaslExchange, piece: string): SaslStep {
  if (piece !== '+') exchange.pieces += piece
  if (exchange.pieces.length > MOST_CHARACTERS) return { kind: 'abort' }
  if (piece.length === PIECE) return { kind: 'wait' }
  const challenge = decodeBase64(exchange.pieces)
  exchange.pieces = ''
  if (challenge === undefined) return { kind: 'abort' }
  if (exchange.mechanism === 'SCRAM-SHA-256') return scram(exchange, challenge)
  if (exchange.step !== 'begun') return { kind: 'abort' }
  exchange.step = 'final'
  const { login } = exchange
  if (login.mechanism === 'certificate') return { kind: 'say', data: login.account ?? '' }
  return { kind: 'say', data: `\0${login.account}\0${login.password}` }
}

/** Data as lines of AUTHENTICATE: pieces of 400, and an empty one after a last that is full. */
export function pieces(data: string): string[] {
  const text = encodeBase64(data)
  const found: string[] = []
  for (let at = 0; at < text.length; at += PIECE) found.push(text.slice(at, at + PIECE))
  if (text.length % PIECE === 0) found.push('+')
  return found
}

/** The host has computed the proof. */
export function takeProof(exchange: SaslExchange, proof: Proof | undefined): SaslStep {
  if (exchange.step !== 'proving' || proof === undefined) return { kind: 'abort' }
  exchange.step = 'final'
  exchange.serverSignature = proof.serverSignature
  return { kind: 'say', data: `${withoutProof(exchange)},p=${proof.proof}` }
}

/** Base64 of `n,,`. */
const GS2 = 'biws'
/** More would only keep this machine busy. */
const MOST_ITERATIONS = 1_000_000
const LEAST_ITERATIONS = 4096

function scram(exchange: SaslExchange, challenge: string): SaslStep {
  const { login } = exchange
  if (login.mechanism !== 'password') return { kind: 'abort' }
  if (exchange.step === 'begun') {
    exchange.step = 'first'
    return { kind: 'say', data: `n,,${bareOf(login.account, exchange.nonce)}` }
  }
  const fields = fieldsOf(challenge)
  if (exchange.step === 'final') {
    // A server that doesn't know the password can't have made this: it must not be believed.
    const isRight = fields.get('v') === exchange.serverSignature
    exchange.step = 'over'
    return isRight ? { kind: 'say', data: '' } : { kind: 'abort' }
  }
  return answerFirst(exchange, login, { challenge, fields })
}

function answerFirst(
  exchange: SaslExchange,
  login: Extract<Login, { mechanism: 'password' }>,
  {
    challenge,
    fields,
  }: { readonly challenge: string; readonly fields: ReadonlyMap<string, string> },
): SaslStep {
  const nonce = fields.get('r') ?? ''
  const salt = fields.get('s') ?? ''
  const iterations = Number(fields.get('i'))
  const isNew = nonce.startsWith(exchange.nonce) && nonce.length > exchange.nonce.length
  const isSane = iterations >= LEAST_ITERATIONS && iterations <= MOST_ITERATIONS
  if (exchange.step !== 'first' || !isNew || salt === '' || !isSane) return { kind: 'abort' }
  exchange.step = 'proving'
  exchange.serverNonce = nonce
  const bare = bareOf(login.account, exchange.nonce)
  const authMessage = `${bare},${challenge},${withoutProof(exchange)}`
  return { kind: 'prove', question: { password: login.password, salt, iterations, authMessage } }
}

function bareOf(account: string, nonce: string): string {
  return `n=${account.replaceAll('=', '=3D').replaceAll(',', '=2C')},r=${nonce}`
}

function withoutProof(exchange: SaslExchange): string {
  return `c=${GS2},r=${exchange.serverNonce}`
}

function fieldsOf(text: string): Map<string, string> {
  return new Map(text.split(',').map((field) => [field.slice(0, 1), field.slice(2)]))
}
