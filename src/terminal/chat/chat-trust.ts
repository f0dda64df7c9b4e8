import { agreeToServer, isKnownServer, knownFingerprint } from '../agree-to-server.ts'
import type { Door } from '../agree-to-server.ts'
import { NoEntry } from '../no-entry.ts'
import { safeText } from '../safe-text.ts'
import { seeServer } from '../server-trust.ts'
import { hostAndPort } from './chat-address.ts'
import type { ChatSay } from './chat-words.ts'
import type { ChatAddress } from './network.ts'

export interface TrustDoor extends Omit<Door, 'stdin'> {
  readonly chatSay: ChatSay
  /** The host has a policy: nobody is asked whether a certificate will do. https://ircv3.net/specs/extensions/sts */
  readonly isPledged: boolean
  /** Somebody has been there before. */
  readonly isKnownPlace: boolean
  /** Whom to ask; undefined: nobody, only what is known counts. */
  readonly stdin: Door['stdin'] | undefined
}

/**
 * Makes sure that it is the server: vouched for by those whom the system trusts, or agreed to by a person
 * once. A server that is away is waited for where it is known; whoever answers then must be vouched for.
 */
export async function trustedAddress(address: ChatAddress, door: TrustDoor): Promise<ChatAddress> {
  if (address.over === 'plain' || address.fingerprint !== undefined) return address
  const host = hostAndPort(address)
  const seen = await seeServer(new URL(`https://${host}`))
  if (seen.kind === 'trusted') return address
  if (seen.kind === 'away') {
    const known = knownFingerprint(host, door)
    if (known !== undefined) return { ...address, fingerprint: known }
    if (door.isKnownPlace) return address
    const reason = safeText(seen.error.message)
    throw new NoEntry(door.chatSay('notThere', { url: `ircs://${host}`, reason }))
  }
  const { fingerprint } = seen
  const { stdin, isPledged } = door
  if (stdin === undefined || isPledged) {
    if (isKnownServer(host, fingerprint, door)) return { ...address, fingerprint }
    const text = isPledged ? 'pledgedServer' : 'unknownServer'
    throw new NoEntry(door.chatSay(text, { host, fingerprint }))
  }
  await agreeToServer(host, fingerprint, { ...door, stdin })
  return { ...address, fingerprint }
}
