import { isMetadataKey, valueFault } from '../protocol/metadata.ts'
import { accountOfPerson, accountPerson } from './conversation.ts'
import type { Event } from './event.ts'
import { isRoomOwner, metadataOf, ownerOfMetadata, roomOwner, type Metadata } from './metadata.ts'
import type { Network } from './network.ts'
import type { LogRecord } from './record.ts'
import { hasEnded, type LeftRoom } from './room-keeps.ts'

/** What is kept of accounts and rooms; what a guest says of themselves goes with them. */
export function metadataKeeps(
  network: Network,
  event: Event,
  left: readonly LeftRoom[],
): readonly LogRecord[] {
  switch (event.kind) {
    case 'metadataChanged':
      return keepOf(network, ownerOfMetadata(event.subject))
    case 'loggedIn':
      return event.session.user === undefined ? [] : keepOf(network, event.session.user.person)
    case 'accountDropped':
      return [forget(accountPerson(event.account.key))]
    case 'quit':
    case 'parted':
    case 'kicked':
    case 'registrationChanged':
    case 'restEnded':
      return left
        .filter(({ channel }) => hasEnded(network, channel))
        .map(({ channel }) => forget(roomOwner(channel)))
    default:
      return []
  }
}

/** False: it can't be understood. */
export function restoreMetadata(network: Network, owner: string, json: string): boolean {
  const metadata = parseMetadata(json)
  if (metadata === undefined) return false
  if (metadata.size > 0) network.metadata.set(owner, metadata)
  return true
}

/** One line of JSON. */
export function formatMetadata(metadata: Metadata): string {
  return JSON.stringify(Object.fromEntries(metadata))
}

/** Undefined for what can't be understood. What can't be said by anybody is left out. */
export function parseMetadata(json: string): Metadata | undefined {
  let value: unknown
  try {
    value = JSON.parse(json)
  } catch {
    return undefined
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
  const metadata = new Map<string, string>()
  for (const [key, text] of Object.entries(value)) {
    if (typeof text !== 'string' || !isMetadataKey(key)) continue
    if (valueFault(key, text, MOST_BYTES) === undefined) metadata.set(key, text)
  }
  return metadata
}

/** What fits in a line, whatever the limit is. */
const MOST_BYTES = 400

function keepOf(network: Network, owner: string): LogRecord[] {
  if (accountOfPerson(owner) === undefined && !isRoomOwner(owner)) return []
  const metadata = metadataOf(network, owner)
  if (metadata.size === 0) return [forget(owner)]
  return [{ kind: 'keep', table: 'metadata', key: owner, value: formatMetadata(metadata) }]
}

function forget(key: string): LogRecord {
  return { kind: 'forget', table: 'metadata', key }
}
