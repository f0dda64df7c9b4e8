import { createHash, createHmac, pbkdf2, randomBytes } from 'node:crypto'
import { promisify } from 'node:util'
import type { ScramCredentials } from '../state/account.ts'
import { saslprep } from './saslprep.ts'

/**
 * OWASP's number for PBKDF2 with SHA-256, since who steals these guesses at them instead of the scrypt hash;
 * RFC 7677 asks for 4,096 at least. The client does this work at each login (70 ms where SHA-256 is in
 * the processor), the server when a password is set.
 * https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html#pbkdf2
 */
export const SCRAM_ITERATIONS = 600_000
export const SCRAM_SALT_BYTES = 16
export const SCRAM_KEY_BYTES = 32

const derive = promisify(pbkdf2)

/** For tests; left out, they are random and as many as they should be. */
export interface ScramCost {
  readonly salt?: Uint8Array
  readonly iterations?: number
}

/** Off the main thread. https://www.rfc-editor.org/rfc/rfc5802#section-3 */
export async function makeScramCredentials(
  password: string,
  { salt = randomBytes(SCRAM_SALT_BYTES), iterations = SCRAM_ITERATIONS }: ScramCost = {},
): Promise<ScramCredentials> {
  const prepared = saslprep(password)
  const salted = await derive(prepared, salt, iterations, SCRAM_KEY_BYTES, 'sha256')
  const clientKey = createHmac('sha256', salted).update('Client Key').digest()
  return {
    iterations,
    salt: Buffer.from(salt).toString('base64'),
    storedKey: createHash('sha256').update(clientKey).digest('base64'),
    serverKey: createHmac('sha256', salted).update('Server Key').digest('base64'),
  }
}
