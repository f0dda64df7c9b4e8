import type { Event } from './event.ts'
import { invitationKeeps } from './invitation-keeps.ts'
import { markerKeeps } from './marker-keeps.ts'
import { metadataKeeps } from './metadata-keeps.ts'
import type { Network } from './network.ts'
import type { LogRecord } from './record.ts'
import { presenceKeeps } from './presence-keeps.ts'
import { roomKeeps, type LeftRoom } from './room-keeps.ts'

/**
 * What must be kept as it is now that `event` has been applied. `restore-network.ts` reads it again.
 * `left`: what `roomsLeftBy` said before.
 */
export function keepsOf(
  network: Network,
  event: Event,
  left: readonly LeftRoom[],
): readonly LogRecord[] {
  return [
    ...roomKeeps(network, event, left),
    ...markerKeeps(network, event),
    ...presenceKeeps(event),
    ...metadataKeeps(network, event, left),
    ...invitationKeeps(network, event),
  ]
}
