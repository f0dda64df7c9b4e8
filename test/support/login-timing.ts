import { randomBytes } from 'node:crypto'
import type { LoginBackoff } from '../../src/accounts/backoff.ts'
import { createKdfQueue } from '../../src/accounts/kdf-queue.ts'
import { createLoginBook } from '../../src/accounts/login-book.ts'
import { makePasswordCredentials } from '../../src/accounts/password-credentials.ts'
import { scramServer } from '../../src/accounts/scram.ts'
import type { Account } from '../../src/state/account.ts'

/*
 * Whether the time of a refusal tells if there is such an account. Each try is a wrong password or proof, for a
 * name that there is or one that there is not, in random order. Below 4.5, |t| tells nothing.
 */

export interface TimingParts {
  /** Of both kinds together. */
  readonly tries: number
  /** Milliseconds, as fine as they come. */
  readonly stopwatch: () => number
}

export interface Timings {
  readonly known: readonly number[]
  readonly unknown: readonly number[]
}

export const TELLING_T = 4.5

export async function timePlainLogins(parts: TimingParts): Promise<Timings> {
  const account = await knownAccount()
  const book = createLoginBook({
    find: (name) => (name === account.key ? account : undefined),
    findByCertificate: () => undefined,
    backoff: NO_BACKOFF,
    queue: createKdfQueue(),
    now: () => 0,
  })
  return sampleTimes(parts, async (name) => {
    await book.ask({ kind: 'password', name, password: 'wrong', as: '' }, '192.0.2.1')
  })
}

export async function timeScramLogins(parts: TimingParts): Promise<Timings> {
  const { key, name: account, scram: credentials } = await knownAccount()
  const fakeSaltKey = randomBytes(32)
  const lookup = (name: string) =>
    name === key && credentials !== undefined ? { account, credentials } : undefined
  return sampleTimes(parts, (name) => {
    const server = scramServer({ lookup, fakeSaltKey, nonce: 'server' })
    server.step(`n,,n=${name},r=client`)
    server.step(`c=biws,r=clientserver,p=${WRONG_PROOF}`)
  })
}

/** Takes turns between the two names in an order that nothing else in the process can follow. */
export async function sampleTimes(
  { tries, stopwatch }: TimingParts,
  attempt: (name: string) => unknown,
): Promise<Timings> {
  const times = { known: [] as number[], unknown: [] as number[] }
  for (const byte of randomBytes(tries)) {
    const kind = byte % 2 === 0 ? 'known' : 'unknown'
    const startMs = stopwatch()
    await attempt(NAMES[kind])
    times[kind].push(stopwatch() - startMs)
  }
  return times
}

/**
 * Welch's t between the two, without the slowest tenth: those were in the way of something else.
 * https://en.wikipedia.org/wiki/Welch%27s_t-test
 */
export function timingT({ known, unknown }: Timings): number {
  const sorted = [...known, ...unknown].toSorted((a, b) => a - b)
  const most = sorted[Math.ceil(sorted.length * 0.9) - 1] ?? Infinity
  const usual = (times: readonly number[]) => times.filter((time) => time <= most)
  return welchT(usual(known), usual(unknown))
}

/** 0 for samples that don't differ at all; Infinity if they do and never vary. */
export function welchT(a: readonly number[], b: readonly number[]): number {
  const difference = mean(a) - mean(b)
  if (difference === 0) return 0
  return difference / Math.sqrt(variance(a) / a.length + variance(b) / b.length)
}

/** Equally long. */
const NAMES = { known: 'anna', unknown: 'nobo' }
const WRONG_PROOF = Buffer.alloc(32, 1).toString('base64')

const NO_BACKOFF: LoginBackoff = {
  waitMs: () => 0,
  begin: () => ({ kind: 'attempt', succeed: () => {}, withdraw: () => {} }),
  remember: () => {},
  forget: () => {},
}

async function knownAccount(): Promise<Account> {
  return {
    name: NAMES.known,
    key: NAMES.known,
    registeredAtMs: 0,
    ...(await makePasswordCredentials('sesame')),
    certificates: [],
    appPasswords: [],
    language: 'en',
    settings: { protect: true },
    nicks: [],
  }
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

/** Of a sample: over one less than there are. */
function variance(values: readonly number[]): number {
  const middle = mean(values)
  return values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / (values.length - 1)
}
