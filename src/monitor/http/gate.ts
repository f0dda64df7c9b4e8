import type { IncomingHttpHeaders } from 'node:http'
import type { Access, Identity } from '../access.ts'
import { isAtLeast } from '../../feed/role.ts'
import { isLoopbackAddress, isOwnHost, isOwnOrigin } from './own-origin.ts'
import { refusal, type Refusal } from './refusal.ts'
import type { Route } from './route.ts'

/** What the gate looks at; a request or an upgrade. */
export interface Asked {
  readonly method: string
  readonly url: string
  readonly headers: IncomingHttpHeaders
  /** Addresses of the two ends. */
  readonly from: string
  readonly local: string | undefined
  readonly isUpgrade: boolean
}

export interface Rules {
  readonly bound: string
  readonly hosts: readonly string[]
  readonly access: Access
}

export type Right =
  /** `renew`: counts the session as used once more. */
  | {
      readonly kind: 'passed'
      readonly identity: Identity | undefined
      readonly renew: () => void
    }
  /** `identity`: of whoever is known and still may not. */
  | {
      readonly kind: 'refused'
      readonly refusal: Refusal
      readonly identity: Identity | undefined
    }

export const SESSION_COOKIE = 'maru_session'
export const MAX_BODY_BYTES = 64 * 1024

/** The first half of the gate, for whatever is asked: the Host, secrets in the URL, the Origin. */
export function checkWay(asked: Asked, { bound, hosts }: Rules): Refusal | undefined {
  const { headers, local } = asked
  if (!isOwnHost(headers.host, { bound, hosts, local })) {
    return refusal(421, 'misdirected', 'This server does not go by that name.')
  }
  if (hasSecret(asked.url)) {
    return refusal(400, 'secret in URL', 'Secrets belong into a header or the body, not the URL.')
  }
  return checkOrigin(asked)
}

/** The second half, for a row of the table: the body's type and size, who it is, and their role. */
export function checkRight(asked: Asked, row: Route, { access }: Rules): Right {
  const unfit = checkBody(asked)
  if (unfit !== undefined) return { kind: 'refused', refusal: unfit, identity: undefined }
  if (row.least === 'anyone') return { kind: 'passed', identity: undefined, renew: () => {} }
  const credentials = credentialsOf(asked.headers)
  const identity = identityOf(credentials, access)
  const renew = (): void => void identityOf(credentials, access)
  if (isOpenHere(asked, row)) return { kind: 'passed', identity, renew }
  if (identity === undefined) {
    const no = credentials === undefined ? SIGN_IN : NOT_VALID
    return { kind: 'refused', refusal: no, identity }
  }
  const no =
    credentials?.kind === 'cookie' && isFromOtherSite(asked) ? FOREIGN : lacks(identity, row)
  return no === undefined
    ? { kind: 'passed', identity, renew }
    : { kind: 'refused', refusal: no, identity }
}

const SIGN_IN = refusal(401, 'unauthorized', 'Sign in first.')
const NOT_VALID = refusal(401, 'unauthorized', 'That is not valid, or no more.')

function lacks({ role }: Identity, { least }: Route): Refusal | undefined {
  if (least === 'anyone' || least === 'loopback' || isAtLeast(role, least)) return undefined
  return refusal(403, 'forbidden', `That is for the role ${least}; yours is ${role}.`)
}

const FOREIGN = refusal(403, 'foreign origin', 'That does not come from a page of this server.')
const SECRET_NAMES: ReadonlySet<string> = new Set([
  'token',
  'access_token',
  'secret',
  'code',
  'password',
])
const READING: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS'])

function hasSecret(url: string): boolean {
  const start = url.indexOf('?')
  if (start < 0) return false
  return [...new URLSearchParams(url.slice(start)).keys()].some((name) =>
    SECRET_NAMES.has(name.toLowerCase()),
  )
}

/** https://cheatsheetseries.owasp.org/cheatsheets/Cross-Site_Request_Forgery_Prevention_Cheat_Sheet.html */
function checkOrigin({ method, headers, isUpgrade }: Asked): Refusal | undefined {
  const { origin, host = '' } = headers
  if (origin !== undefined) return isOwnOrigin(origin, host) ? undefined : FOREIGN
  if (READING.has(method) && !isUpgrade) return undefined
  const site = headers['sec-fetch-site']
  if (site !== undefined) return site === 'same-origin' ? undefined : FOREIGN
  return credentialsOf(headers)?.kind === 'cookie' ? FOREIGN : undefined
}

/** `SameSite=Strict` doesn't look at ports: a page of another program at this address is the same site. */
function isFromOtherSite({ headers }: Asked): boolean {
  const site = headers['sec-fetch-site']
  return site !== undefined && site !== 'same-origin' && site !== 'none'
}

function checkBody({ method, headers }: Asked): Refusal | undefined {
  if (READING.has(method)) return undefined
  const length = Number(headers['content-length'] ?? 0)
  const type = headers['content-type']
  const hasBody = length > 0 || headers['transfer-encoding'] !== undefined
  // A DELETE is nothing that a form could send.
  const isBare = method === 'DELETE' && !hasBody && type === undefined
  if (!isBare && !/^application\/json(?:\s*;|$)/i.test(type ?? '')) {
    return refusal(415, 'not JSON', 'The Content-Type must be application/json.')
  }
  if (length > MAX_BODY_BYTES) return tooLarge()
  return undefined
}

export function tooLarge(): Refusal {
  return refusal(413, 'too large', `A body may have at most ${MAX_BODY_BYTES} bytes.`)
}

interface Credentials {
  readonly kind: 'bearer' | 'cookie'
  readonly secret: string
}

/** Whoever says who they are in the `Authorization` header means it: the cookie doesn't count then. */
function credentialsOf({ authorization, cookie }: IncomingHttpHeaders): Credentials | undefined {
  if (authorization !== undefined) {
    const [, secret] = /^Bearer +([\w.~+/=-]{1,512})$/i.exec(authorization) ?? []
    return { kind: 'bearer', secret: secret ?? '' }
  }
  const secret = cookie
    ?.split(';')
    .map((pair) => pair.trim().split('='))
    .find(([name]) => name === SESSION_COOKIE)?.[1]
  return secret === undefined ? undefined : { kind: 'cookie', secret }
}

function identityOf(credentials: Credentials | undefined, access: Access): Identity | undefined {
  if (credentials === undefined || credentials.secret === '') return undefined
  const { kind, secret } = credentials
  const session = access.identityOfSession(secret)
  return session !== undefined || kind === 'cookie' ? session : access.identityOfToken(secret)
}

/** For those at this machine; a proxy on it speaks for others. Whoever brings a bearer wants it to count. */
function isOpenHere({ from, headers }: Asked, { least }: Route): boolean {
  if (least !== 'loopback' || headers.authorization !== undefined) return false
  const isProxied = ['forwarded', 'x-forwarded-for', 'x-real-ip', 'via'].some(
    (name) => headers[name] !== undefined,
  )
  return isLoopbackAddress(from) && !isProxied
}
