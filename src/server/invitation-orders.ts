import type { Invitations } from '../monitor/invitations.ts'
import { foldCase } from '../protocol/casemap.ts'
import { applyEvent } from './apply-event.ts'
import type { Core } from './core.ts'
import { infoOf, invitationNamed, makeInvitation } from './make-invitation.ts'
import { done, notPossible, traceOf } from './steering-outcome.ts'

/** What operators of the monitor do with invitations. Each leaves a line in the server's log, never with a code. */
export function createInvitationOrders(core: Core): Invitations {
  return {
    invite(order, by) {
      const { network, server } = core
      if (server.accounts === undefined)
        return notPossible('Nothing is kept: there are no accounts')
      core.clock.tick()
      const made = makeInvitation(order, {
        by,
        nowMs: core.clock.now(),
        known: network.invitations,
        bufferOf: (room) => network.channels.get(foldCase(room))?.buffer,
        baseUrl: server.accounts.invitationUrl,
      })
      if (!made.done) return made
      applyEvent(core, { kind: 'invitationMade', invitation: made.invitation })
      const { id, room, uses } = made.shown
      core.log.info('invitation made', { ...traceOf(by), id, room, uses })
      return { done: true, invitation: made.shown }
    },
    invitations: () => [...core.network.invitations.values()].map(infoOf),
    revokeInvitation(id, by) {
      const invitation = invitationNamed(core.network.invitations, id)
      if ('problem' in invitation) return invitation
      core.clock.tick()
      applyEvent(core, { kind: 'invitationEnded', invitation })
      core.log.info('invitation revoked', { ...traceOf(by), id })
      return done(id)
    },
  }
}
