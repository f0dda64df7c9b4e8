import { askLine } from './ask-line.ts'
import type { Asking } from './ask-line.ts'
import { addKnownServer, readKnownServers } from './known-servers.ts'
import type { KnownServers } from './known-servers.ts'
import { NoEntry } from './no-entry.ts'
import type { Say } from './words.ts'

export interface Door extends Asking {
  readonly say: Say
  /** Where fingerprints that were agreed to are kept. */
  readonly knownServersFile: string
}

/**
 * Asks a person whether the certificate of `host` is the server's, once, and remembers it; refuses one that
 * is another than was agreed to.
 */
export async function agreeToServer(host: string, fingerprint: string, door: Door): Promise<void> {
  if (isKnownServer(host, fingerprint, door)) return
  const answer = await askLine(door, door.say('newServer', { host, fingerprint }), 'shown')
  if (!/^(?:y|yes|ㅛ|예|네)$/i.test(answer?.trim() ?? '')) throw new NoEntry(door.say('notTrusted'))
  addKnownServer(door.knownServersFile, host, fingerprint)
}

/** Whether it was agreed to; throws `NoEntry` where another one was. */
export function isKnownServer(
  host: string,
  fingerprint: string,
  { say, knownServersFile: file }: Pick<Door, 'say' | 'knownServersFile'>,
): boolean {
  const known = knownServers(file, say)[host]
  if (known === undefined || known === fingerprint) return known !== undefined
  throw new NoEntry(say('changedServer', { host, known, fingerprint, file }))
}

/** Of the certificate that was agreed to. */
export function knownFingerprint(
  host: string,
  { say, knownServersFile }: Pick<Door, 'say' | 'knownServersFile'>,
): string | undefined {
  return knownServers(knownServersFile, say)[host]
}

function knownServers(file: string, say: Say): KnownServers {
  try {
    return readKnownServers(file)
  } catch {
    throw new NoEntry(say('brokenKnownServers', { file }))
  }
}
