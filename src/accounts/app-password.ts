import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { AppPassword } from '../state/account.ts'

/** An account has no more of them. */
export const MOST_APP_PASSWORDS = 16

const PREFIX = 'maru-'
/** Base32 (RFC 4648), in small letters: nothing in it looks like anything else in it. */
const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567'
/** 130 bits. */
const LETTERS = 26
const SHAPE = /^maru-[a-z2-7]{26}$/
const SALT_BYTES = 16

export interface NewAppPassword {
  /** To be shown once: it is kept nowhere. */
  readonly secret: string
  readonly kept: AppPassword
}

export function newAppPassword(label: string, nowMs: number): NewAppPassword {
  const letters = [...randomBytes(LETTERS)].map((byte) => ALPHABET[byte % ALPHABET.length])
  const secret = PREFIX + letters.join('')
  const salt = randomBytes(SALT_BYTES)
  const hash = hashOf(secret, salt).toString('base64')
  return { secret, kept: { label, salt: salt.toString('base64'), hash, createdAtMs: nowMs } }
}

/** No password that people choose may look so. Large letters and spaces around it are forgiven. */
export function isAppPassword(text: string): boolean {
  return SHAPE.test(plain(text))
}

/**
 * The one among `kept` that `secret` is. Takes the time of 16 comparisons, whichever it is and however many
 * there are.
 */
export function findAppPassword(
  secret: string,
  kept: readonly AppPassword[],
): AppPassword | undefined {
  const given = plain(secret)
  let found: AppPassword | undefined
  for (let i = 0; i < Math.max(MOST_APP_PASSWORDS, kept.length); i++) {
    const { salt, hash } = kept[i] ?? NONE
    const isRight = timingSafeEqual(
      hashOf(given, Buffer.from(salt, 'base64')),
      Buffer.from(hash, 'base64'),
    )
    if (isRight) found = kept[i]
  }
  return found
}

const NONE = {
  salt: Buffer.alloc(SALT_BYTES).toString('base64'),
  hash: Buffer.alloc(32).toString('base64'),
}

/** Fast, which is enough for what nobody can guess: bots come back by the hundred after a restart. */
function hashOf(secret: string, salt: Uint8Array): Buffer {
  return createHash('sha256').update(salt).update(secret).digest()
}

function plain(text: string): string {
  return text.trim().toLowerCase()
}
