import { dlineAgainst } from '../state/server-ban.ts'
import type { Session } from '../state/session.ts'
import type { Core } from './core.ts'
import { closeSession } from './sessions.ts'

/** Whether a connection that just opened may stay. */
export function admit(core: Core, session: Session): void {
  const ban = dlineAgainst(core.network.bans, session.origin.address, core.clock.now())
  if (ban !== undefined) closeSession(core, session, `Banned: ${ban.reason}`)
}
