import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { foldCase } from '../protocol/casemap.ts'
import type { ScramCredentials } from '../state/account.ts'
import { SCRAM_ITERATIONS, SCRAM_KEY_BYTES, SCRAM_SALT_BYTES } from './scram-credentials.ts'

export interface ScramParts {
  /** What is kept of the account that a client calls so; undefined as well if it can't log in by SCRAM. */
  readonly lookup: (name: string) => ScramIdentity | undefined
  /** The server's part of the nonce: printable ASCII without comma, random, new for each exchange. */
  readonly nonce: string
  /** Secret, and the same over restarts: makes the salts of accounts that there are not. */
  readonly fakeSaltKey: Uint8Array
}

export interface ScramIdentity {
  /** The account's name. */
  readonly account: string
  readonly credentials: ScramCredentials
}

/** One exchange; after `done` or `failed` it stays failed. */
export interface ScramServer {
  step(message: string): ScramStep
  /** What the client calls itself and wants to be, once its first message was understood. '': itself. */
  readonly claim: ScramClaim | undefined
}

export interface ScramClaim {
  readonly name: string
  readonly as: string
}

export type ScramStep =
  | { readonly kind: 'send'; readonly send: string }
  /** The client has the password; `send` proves to it that the server knows it. */
  | { readonly kind: 'done'; readonly account: string; readonly send: string }
  | { readonly kind: 'failed' }

const FAILED: ScramStep = { kind: 'failed' }
/** Longer ones serve nobody, and all of them are hashed and sent back. */
const LONGEST_NONCE = 256

/**
 * The server's side of SCRAM-SHA-256, without channel binding. An account that there is not gets a salt
 * of its own, always the same, and fails at the same step after the same work.
 * https://www.rfc-editor.org/rfc/rfc5802#section-5, https://www.rfc-editor.org/rfc/rfc7677
 */
export function scramServer(parts: ScramParts): ScramServer {
  let first: Challenge | undefined
  let isOver = false

  function begin(message: string): ScramStep {
    const asked = parseFirst(message)
    if (asked === undefined) return fail()
    first = challenge(asked, parts)
    return { kind: 'send', send: first.serverFirst }
  }

  function finish(message: string, challenged: Challenge): ScramStep {
    const serverFinal = proves(message, challenged)
    const { identity } = challenged
    isOver = true
    if (serverFinal === undefined || identity === undefined) return FAILED
    // A password that was changed meanwhile is right no more.
    const current = parts.lookup(challenged.asked.name)
    if (current?.credentials.storedKey !== identity.credentials.storedKey) return FAILED
    return { kind: 'done', account: identity.account, send: serverFinal }
  }

  function fail(): ScramStep {
    isOver = true
    return FAILED
  }

  return {
    get claim() {
      return first?.asked
    },
    step(message) {
      if (isOver) return FAILED
      return first === undefined ? begin(message) : finish(message, first)
    },
  }
}

interface FirstMessage extends ScramClaim {
  /** With its commas; the client has to say it again. */
  readonly gs2Header: string
  readonly bare: string
  readonly nonce: string
}

interface Challenge {
  readonly asked: FirstMessage
  readonly nonce: string
  readonly serverFirst: string
  readonly credentials: ScramCredentials
  readonly identity: ScramIdentity | undefined
}

/**
 * `n` (the client can't bind channels) and `y` (it can, and sees that the server can't) are right; `p=`
 * asks for a binding that isn't offered. A mandatory extension (`m=`) is none that this server knows.
 */
const FIRST =
  /^(?<header>[ny],(?:a=(?<as>[^,]+))?,)(?<bare>n=(?<name>[^,]+),r=(?<nonce>[!-+\--~]+)(?:,.*)?)$/s

function parseFirst(message: string): FirstMessage | undefined {
  const { header, as = '', bare, name, nonce } = FIRST.exec(message)?.groups ?? {}
  if (header === undefined || bare === undefined || name === undefined || nonce === undefined) {
    return undefined
  }
  const names = { name: saslName(name), as: saslName(as) }
  if (names.name === undefined || names.as === undefined) return undefined
  if (nonce.length > LONGEST_NONCE || message.includes('\0')) return undefined
  return { name: names.name, as: names.as, gs2Header: header, bare, nonce }
}

/** "If the server receives a username that contains '=' not followed by either '2C' or '3D', then the server MUST fail the authentication." */
function saslName(text: string): string | undefined {
  if (/=(?!2C|3D)/.test(text)) return undefined
  return text.replaceAll('=2C', ',').replaceAll('=3D', '=')
}

function challenge(asked: FirstMessage, { lookup, nonce, fakeSaltKey }: ScramParts): Challenge {
  const identity = lookup(asked.name)
  // Made for every name, so that its making can't be measured.
  const fake = fakeCredentials(asked.name, fakeSaltKey)
  const credentials = identity?.credentials ?? fake
  const whole = asked.nonce + nonce
  const serverFirst = `r=${whole},s=${credentials.salt},i=${credentials.iterations}`
  return { asked, nonce: whole, serverFirst, credentials, identity }
}

function fakeCredentials(name: string, key: Uint8Array): ScramCredentials {
  const salt = createHmac('sha256', key).update(foldCase(name)).digest()
  return {
    iterations: SCRAM_ITERATIONS,
    salt: salt.subarray(0, SCRAM_SALT_BYTES).toString('base64'),
    storedKey: NO_KEY,
    serverKey: NO_KEY,
  }
}

const NO_KEY = Buffer.alloc(SCRAM_KEY_BYTES).toString('base64')

const FINAL =
  /^(?<unproved>c=(?<binding>[^,]+),r=(?<nonce>[^,]+)(?:,.*)?),p=(?<proof>[A-Za-z\d+/]{43}=)$/s

/** The server's last message, if the client's proves that it has the password. */
function proves(message: string, { asked, ...challenged }: Challenge): string | undefined {
  const { unproved, binding, nonce, proof } = FINAL.exec(message)?.groups ?? {}
  if (unproved === undefined || proof === undefined || nonce !== challenged.nonce) return undefined
  if (binding !== Buffer.from(asked.gs2Header).toString('base64')) return undefined
  const { credentials, serverFirst } = challenged
  const authMessage = `${asked.bare},${serverFirst},${unproved}`
  const storedKey = Buffer.from(credentials.storedKey, 'base64')
  const signature = createHmac('sha256', storedKey).update(authMessage).digest()
  const clientKey = Buffer.from(proof, 'base64').map((byte, i) => byte ^ (signature[i] ?? 0))
  const isRight = timingSafeEqual(createHash('sha256').update(clientKey).digest(), storedKey)
  const serverKey = Buffer.from(credentials.serverKey, 'base64')
  const verifier = createHmac('sha256', serverKey).update(authMessage).digest('base64')
  return isRight ? `v=${verifier}` : undefined
}
