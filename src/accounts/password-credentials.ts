import type { Account } from '../state/account.ts'
import { hashPassword, needsRehash } from './password.ts'
import { saslprep } from './saslprep.ts'
import { makeScramCredentials, SCRAM_ITERATIONS } from './scram-credentials.ts'

/** All that is kept of a password. */
export type PasswordCredentials = Required<Pick<Account, 'passwordHash'>> & Pick<Account, 'scram'>

/**
 * For a new password. A quarter of a second of another thread: belongs into the queue (`kdf-queue.ts`).
 * A password of which SASLprep leaves nothing can't be said by SCRAM: there, an empty one would be right.
 */
export async function makePasswordCredentials(password: string): Promise<PasswordCredentials> {
  const passwordHash = await hashPassword(password)
  if (saslprep(password) === '') return { passwordHash }
  return { passwordHash, scram: await makeScramCredentials(password) }
}

/** They are cheaper than those that are made now. */
export function needsNewCredentials({ passwordHash, scram }: Account): boolean {
  if (passwordHash === undefined) return false
  return needsRehash(passwordHash) || (scram !== undefined && scram.iterations < SCRAM_ITERATIONS)
}
