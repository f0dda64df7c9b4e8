import { isGuest } from './conversation.ts'
import type { MetadataChanged } from './room-event.ts'
import { metadataOf, ownerOfMetadata, type Metadata } from './metadata.ts'
import type { Network } from './network.ts'

/** A part of `evolve`: what people and rooms say of themselves. */
export function evolveMetadata(network: Network, event: MetadataChanged): void {
  const owner = ownerOfMetadata(event.subject)
  const changed = new Map(metadataOf(network, owner))
  if (event.value === undefined) changed.delete(event.key)
  else changed.set(event.key, event.value)
  put(network, owner, changed)
}

/** A guest has logged in: what they said of themselves is the account's, where that doesn't say otherwise. */
export function handOverMetadata(network: Network, guest: string, person: string): void {
  if (!isGuest(guest)) return
  const given = metadataOf(network, guest)
  if (given.size === 0) return
  network.metadata.delete(guest)
  put(network, person, new Map([...given, ...metadataOf(network, person)]))
}

function put({ metadata }: Network, owner: string, values: Metadata): void {
  if (values.size === 0) metadata.delete(owner)
  else metadata.set(owner, values)
}
