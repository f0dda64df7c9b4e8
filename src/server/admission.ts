import { createNetworks } from '../io/networks.ts'
import { dlineAgainst } from '../state/server-ban.ts'
import type { Session } from '../state/session.ts'
import type { Core } from './core.ts'
import { closeSession } from './sessions.ts'

/** Counts a connection in, or closes it with the reason why it may not stay. */
export function admit(core: Core, session: Session): void {
  const reason = refusal(core, session)
  if (reason !== undefined) closeSession(core, session, reason)
}

/** The same again for one whose real address has just become known. */
export function readmit(core: Core, session: Session): void {
  release(core, session)
  admit(core, session)
}

export function release(core: Core, session: Session): void {
  if (session.admittedAs === undefined) return
  core.addresses.leave(session.admittedAs)
  delete session.admittedAs
}

function refusal(core: Core, session: Session): string | undefined {
  const { address } = session.origin
  const ban = dlineAgainst(core.network.bans, address, core.clock.now())
  if (ban !== undefined) return `Banned: ${ban.reason}`
  const { gateways, limits } = core.server
  const reason = core.addresses.enter(address, {
    limits: limits.admission,
    isExempt: createNetworks(gateways.flatMap(({ networks }) => networks)).has(address),
    nowMs: core.clock.monotonic(),
  })
  if (reason === undefined) session.admittedAs = address
  return reason
}
