import type { Network } from '../../state/network.ts'
import { event, type Effect } from '../effect.ts'

/**
 * An account ends: its rooms are let go, and it has no rank anywhere, so that whoever takes its name later
 * has none of it either.
 */
export function* leaveRoomsOf({ channels }: Network, account: string): Iterable<Effect> {
  for (const channel of channels.values()) {
    const { registration, founderAccount } = channel
    if (founderAccount === account) {
      yield event({ kind: 'registrationChanged', channel })
      continue
    }
    if (registration === undefined || founderAccount === undefined) continue
    if (!registration.access.has(account) && registration.offeredTo !== account) continue
    const { offeredTo, access: before, ...rest } = registration
    const access = new Map(before)
    access.delete(account)
    const offer = offeredTo === undefined || offeredTo === account ? {} : { offeredTo }
    const left = { ...rest, access, ...offer }
    yield event({ kind: 'registrationChanged', channel, founderAccount, registration: left })
  }
}
