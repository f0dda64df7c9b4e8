import { z } from 'zod'
import type { BanOrder, Outcome } from '../../steering.ts'
import { target as targetAnswer } from '../answers.ts'
import * as fields from '../fields.ts'
import { refusal } from '../refusal.ts'
import { actorOf, json, refused, route, type Answer, type Route } from '../route.ts'

const banFields = {
  kind: fields.banKind,
  durationMs: fields.durationMs.exactOptional(),
  reason: fields.reason,
  force: fields.force.exactOptional(),
}

/** What moderators may do. */
export const steering: readonly Route[] = [
  route({
    method: 'POST',
    path: '/api/v1/connections/:id/message',
    least: 'moderate',
    summary: 'Sends a notice from the server to one person.',
    params: fields.connectionPath,
    body: z.strictObject({ text: fields.text }),
    answer: targetAnswer,
    action: 'message',
    about: ({ params }) => ({ target: connection(params.id) }),
    run: ({ services, params, body, identity, from }) =>
      outcome(services.steering.message(params.id, body.text, actorOf(identity, from))),
  }),
  route({
    method: 'POST',
    path: '/api/v1/connections/:id/disconnect',
    least: 'moderate',
    summary: 'Disconnects somebody.',
    params: fields.connectionPath,
    body: z.strictObject({ reason: fields.reason }),
    answer: targetAnswer,
    action: 'disconnect',
    about: ({ params, body }) => ({ target: connection(params.id), reason: body.reason }),
    run: ({ services, params, body, identity, from }) =>
      outcome(services.steering.disconnect(params.id, body.reason, actorOf(identity, from))),
  }),
  route({
    method: 'POST',
    path: '/api/v1/connections/:id/ban',
    least: 'moderate',
    summary: 'Bans the address or the user@host of somebody, or mutes them.',
    params: fields.connectionPath,
    body: z.strictObject(banFields),
    answer: targetAnswer,
    action: 'ban',
    about: ({ params, body }) => ({
      target: `${body.kind} ${connection(params.id)}`,
      reason: banReason(body),
    }),
    run: ({ services, params, body, identity, from }) =>
      outcome(services.steering.banConnection(params.id, body, actorOf(identity, from))),
  }),
  route({
    method: 'POST',
    path: '/api/v1/rooms/:name/kick',
    least: 'moderate',
    summary: 'Removes somebody from a room.',
    params: fields.namePath,
    body: z.strictObject({ nick: fields.nick, reason: fields.reason }),
    answer: targetAnswer,
    action: 'kick',
    about: ({ params, body }) => ({ target: `${body.nick} ${params.name}`, reason: body.reason }),
    run: ({ services, params, body, identity, from }) =>
      outcome(services.steering.kick(params.name, body.nick, body.reason, actorOf(identity, from))),
  }),
  route({
    method: 'POST',
    path: '/api/v1/bans',
    least: 'moderate',
    summary: 'Bans or mutes all whom a mask fits.',
    body: z.strictObject({ ...banFields, mask: fields.mask }),
    answer: targetAnswer,
    action: 'ban',
    about: ({ body }) => ({ target: `${body.kind} ${body.mask}`, reason: banReason(body) }),
    run: ({ services, body, identity, from }) =>
      outcome(services.steering.ban(body, actorOf(identity, from))),
  }),
  route({
    method: 'DELETE',
    path: '/api/v1/bans/:id',
    least: 'moderate',
    summary: 'Takes a ban or a mute back.',
    params: fields.idPath,
    answer: targetAnswer,
    action: 'unban',
    about: ({ params }) => ({ target: params.id }),
    run: ({ services, params, identity, from }) =>
      outcome(services.steering.unban(params.id, actorOf(identity, from))),
  }),
  route({
    method: 'POST',
    path: '/api/v1/announce',
    least: 'moderate',
    summary: 'Sends a notice from the server to everybody.',
    body: z.strictObject({ text: fields.text }),
    answer: targetAnswer,
    action: 'announce',
    // It is public: everybody has read it.
    about: ({ body }) => ({ target: 'everybody', reason: body.text }),
    run: ({ services, body, identity, from }) =>
      outcome(services.steering.announce(body.text, actorOf(identity, from))),
  }),
]

export function outcome(came: Outcome): Answer {
  if (came.done) return json({ target: came.target }, { target: came.target })
  return refused(
    came.problem === 'not found'
      ? refusal(404, 'not found', came.text)
      : refusal(409, 'not possible', came.text),
  )
}

function connection(id: number): string {
  return `connection ${id}`
}

function banReason({ reason, durationMs }: Omit<BanOrder, 'mask'>): string {
  const howLong = durationMs === undefined ? 'for ever' : `for ${Math.ceil(durationMs / 1000)} s`
  return `${reason} (${howLong})`
}
