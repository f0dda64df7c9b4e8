import { createHash, randomBytes } from 'node:crypto'

/** Base32 (RFC 4648), in small letters: nothing in it looks like anything else in it. */
const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567'
/** 130 bits: nobody finds one by trying. */
const LETTERS = 26

/** The code of a new invitation, to be shown once: it is kept nowhere. */
export function newInvitationCode(): string {
  return [...randomBytes(LETTERS)].map((byte) => ALPHABET[byte % ALPHABET.length]).join('')
}

/**
 * What is kept in the code's place: SHA-256, lower-case hex. Fast, which is enough for what nobody can
 * guess. Large letters and spaces around it are forgiven.
 */
export function invitationCodeHash(code: string): string {
  return createHash('sha256').update(code.trim().toLowerCase()).digest('hex')
}
