import { createHash, timingSafeEqual } from 'node:crypto'

export type RandomBytes = (size: number) => Uint8Array

const SECRET_BYTES = 32
const CODE_BYTES = 20
const ID_BYTES = 8
const LONGEST = 100

/** 256 bits, with a beginning that says what it opens, so that scanners for leaked secrets find it. */
export function newSecret(randomBytes: RandomBytes, prefix: '' | 'maru_'): string {
  return `${prefix}${Buffer.from(randomBytes(SECRET_BYTES)).toString('base64url')}`
}

/** 160 bits, for the link of the first start. */
export function newCode(randomBytes: RandomBytes): string {
  return Buffer.from(randomBytes(CODE_BYTES)).toString('base64url')
}

/** Not a secret. */
export function newId(randomBytes: RandomBytes, kind: 's' | 't'): string {
  return `${kind}${Buffer.from(randomBytes(ID_BYTES)).toString('hex')}`
}

/** How a secret is kept. Undefined: it is longer than any that there is. */
export function secretHash(secret: string): Uint8Array | undefined {
  return secret.length > LONGEST ? undefined : createHash('sha256').update(secret).digest()
}

/** In a time that says nothing about either. */
export function isSameSecret(given: string, kept: string): boolean {
  const hash = secretHash(given)
  const own = secretHash(kept)
  return hash !== undefined && own !== undefined && timingSafeEqual(hash, own)
}
