import { z } from 'zod'
import { invitationTarget } from '../../invitations.ts'
import * as answers from '../answers.ts'
import * as fields from '../fields.ts'
import { refusal } from '../refusal.ts'
import { actorOf, json, refused, route, type Route } from '../route.ts'
import { outcome } from './steering.ts'

/** Codes with which people may make an account. */
export const invitations: readonly Route[] = [
  route({
    method: 'GET',
    path: '/api/v1/invitations',
    least: 'moderate',
    summary: 'The invitations that are good, without their codes.',
    answer: answers.invitations,
    run: ({ services }) => json(services.invitations.invitations()),
  }),
  route({
    method: 'POST',
    path: '/api/v1/invitations',
    least: 'moderate',
    summary:
      'Makes an invitation for so many accounts (`uses`, 1) and `days` (7), into a `room` if you like. ' +
      'Nobody can show its code again.',
    body: z.strictObject({
      room: fields.roomName.exactOptional(),
      uses: fields.uses.exactOptional(),
      days: fields.days.exactOptional(),
    }),
    answer: answers.newInvitation,
    action: 'invite',
    about: ({ body }) => ({ target: invitationTarget(body) }),
    run({ services, body, identity, from }) {
      const came = services.invitations.invite(body, actorOf(identity, from))
      if (came.done) return json(came.invitation)
      return refused(refusal(409, 'not possible', came.text))
    },
  }),
  route({
    method: 'DELETE',
    path: '/api/v1/invitations/:id',
    least: 'moderate',
    summary: 'Takes an invitation back.',
    params: fields.idPath,
    answer: answers.target,
    action: 'revoke invitation',
    about: ({ params }) => ({ target: params.id }),
    run: ({ services, params, identity, from }) =>
      outcome(services.invitations.revokeInvitation(params.id, actorOf(identity, from))),
  }),
]
