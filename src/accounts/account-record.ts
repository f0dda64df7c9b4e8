import { z } from 'zod'
import { foldCase } from '../protocol/casemap.ts'
import type { Account } from '../state/account.ts'
import { isPasswordHash } from './password.ts'

/** Raised when an older Maru could not read what is written; `parseAccount` then has to understand both. */
const VERSION = 1
/** https://www.rfc-editor.org/rfc/rfc7677#section-4 */
const MIN_ITERATIONS = 4096

/** What is written can't be read. Its message names the place, and shows nothing of what stands there. */
export class AccountRecordError extends Error {
  override readonly name = 'AccountRecordError'
}

/** One line of JSON. */
export function serializeAccount(account: Account): string {
  return JSON.stringify({ version: VERSION, ...account })
}

/**
 * Throws an AccountRecordError for anything that this version doesn't write, an unknown field included:
 * to drop it silently would lose what a newer Maru, or somebody's hand, put there.
 */
export function parseAccount(text: string): Account {
  const { version, ...rest } = parseJson(text)
  if (version !== VERSION) {
    throw new AccountRecordError(
      `an account that is not of version ${VERSION}, the one that this Maru reads`,
    )
  }
  const result = account.safeParse(rest)
  if (result.success) return result.data
  throw new AccountRecordError(`an account that can't be read: ${describe(result.error)}`)
}

const timeMs = z.int().min(0)
const words = z.string().min(1)

const scram = z.strictObject({
  iterations: z.int().min(MIN_ITERATIONS),
  salt: base64(16),
  storedKey: base64(32),
  serverKey: base64(32),
})

const certificate = z.strictObject({
  fingerprint: z.string().regex(/^[\da-f]{64}$/),
  addedAtMs: timeMs,
})

const appPassword = z.strictObject({
  label: words,
  salt: base64(16),
  hash: base64(32),
  createdAtMs: timeMs,
  lastUsedAtMs: timeMs.exactOptional(),
})

const settings = z.strictObject({
  alwaysOn: z.boolean().exactOptional(),
  replay: z.boolean().exactOptional(),
  protect: z.boolean(),
})

const account = z
  .strictObject({
    name: words,
    key: words,
    registeredAtMs: timeMs,
    passwordHash: z.string().refine(isPasswordHash, 'not a scrypt hash').exactOptional(),
    scram: scram.exactOptional(),
    certificates: z.array(certificate),
    appPasswords: z.array(appPassword),
    language: z.enum(['en', 'ko']),
    settings,
    email: words.exactOptional(),
    suspended: z.strictObject({ reason: z.string(), atMs: timeMs, by: words }).exactOptional(),
    nicks: z.array(words),
  })
  .refine(({ name, key }) => foldCase(name) === key, { path: ['key'], error: 'not of that name' })

function base64(bytes: number): z.ZodType<string> {
  return z
    .base64()
    .refine((text) => Buffer.from(text, 'base64').length === bytes, `not ${bytes} bytes`)
}

function parseJson(text: string): Record<string, unknown> {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    // What JSON.parse says quotes the text, and there are hashes in it.
    throw new AccountRecordError('an account that is not JSON')
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new AccountRecordError('an account that is not an object')
  }
  return { ...value }
}

function describe({ issues }: z.ZodError): string {
  return issues.map(({ path, message }) => `${path.join('.') || 'account'}: ${message}`).join('; ')
}
