/** SCRAM-SHA-256 with WebCrypto, which browsers and Node have. https://www.rfc-editor.org/rfc/rfc5802#section-3 */
import type { Proof, ProofQuestion } from './turn.ts'

/** What is needed of `crypto.subtle`. */
export interface Subtle {
  importKey(
    format: 'raw',
    key: Uint8Array<ArrayBuffer>,
    algorithm: string | { readonly name: string; readonly hash: string },
    extractable: boolean,
    uses: ('deriveBits' | 'sign')[],
  ): Promise<unknown>
  deriveBits(
    algorithm: {
      readonly name: string
      readonly hash: string
      readonly salt: Uint8Array<ArrayBuffer>
      readonly iterations: number
    },
    key: never,
    bits: number,
  ): Promise<ArrayBuffer>
  sign(algorithm: string, key: never, data: Uint8Array<ArrayBuffer>): Promise<ArrayBuffer>
  digest(algorithm: string, data: Uint8Array<ArrayBuffer>): Promise<ArrayBuffer>
}

/** Undefined when there is no WebCrypto (pages that aren't secure have none), or the salt is nonsense. */
export async function scramProof(
  subtle: Subtle | undefined,
  { password, salt, iterations, authMessage }: ProofQuestion,
): Promise<Proof | undefined> {
  if (subtle === undefined) return undefined
  try {
    const hmac = async (key: Uint8Array<ArrayBuffer>, text: string) => {
      const algorithm = { name: 'HMAC', hash: 'SHA-256' }
      const imported = await subtle.importKey('raw', key, algorithm, false, ['sign'])
      return new Uint8Array(await subtle.sign('HMAC', imported as never, bytesOf(text)))
    }
    const secret = bytesOf(password.normalize('NFKC'))
    const imported = await subtle.importKey('raw', secret, 'PBKDF2', false, ['deriveBits'])
    const pbkdf2 = { name: 'PBKDF2', hash: 'SHA-256', salt: fromBase64(salt), iterations }
    const salted = new Uint8Array(await subtle.deriveBits(pbkdf2, imported as never, 256))
    const clientKey = await hmac(salted, 'Client Key')
    const storedKey = new Uint8Array(await subtle.digest('SHA-256', clientKey))
    const signature = await hmac(storedKey, authMessage)
    const proof = clientKey.map((byte, i) => byte ^ (signature[i] ?? 0))
    const serverKey = await hmac(salted, 'Server Key')
    const serverSignature = toBase64(await hmac(serverKey, authMessage))
    return { proof: toBase64(proof), serverSignature }
  } catch {
    return undefined
  }
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(new TextEncoder().encode(text))
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0))
}

function toBase64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
}
