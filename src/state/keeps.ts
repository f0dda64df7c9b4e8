import type { Event } from './event.ts'
import type { Network } from './network.ts'
import type { LogRecord } from './record.ts'

/** What must be kept as it is now that `event` has been applied. `restore-network.ts` reads it again. */
export function keepsOf(_network: Network, _event: Event): readonly LogRecord[] {
  return []
}
