import { z } from 'zod'
import type { Access, Change } from '../../access.ts'
import type { Role } from '../../../feed/role.ts'
import * as answers from '../answers.ts'
import * as fields from '../fields.ts'
import { actorOf, json, refused, route, type Route } from '../route.ts'
import { nameProblem } from '../../credential-rules.ts'
import { refusal } from '../refusal.ts'
import { changed } from './changed.ts'
import { outcome } from './steering.ts'

const process: readonly Route[] = [
  route({
    method: 'POST',
    path: '/api/v1/reload',
    least: 'admin',
    summary: 'Reads the configuration again.',
    answer: answers.target,
    action: 'reload',
    run: async ({ services, identity, from }) =>
      outcome(await services.steering.reload(actorOf(identity, from))),
  }),
  route({
    method: 'PUT',
    path: '/api/v1/log-level',
    least: 'admin',
    summary: 'Says how much is logged, until the next reload.',
    body: z.strictObject({ level: z.enum(['debug', 'info', 'warn', 'error']) }),
    answer: answers.target,
    action: 'log level',
    about: ({ body }) => ({ target: body.level }),
    run: ({ services, body, identity, from }) =>
      outcome(services.steering.setLogLevel(body.level, actorOf(identity, from))),
  }),
  route({
    method: 'POST',
    path: '/api/v1/stop',
    least: 'admin',
    summary: 'Stops the server.',
    answer: answers.target,
    action: 'stop',
    run: ({ services, identity, from }) => outcome(services.steering.stop(actorOf(identity, from))),
  }),
  route({
    method: 'POST',
    path: '/api/v1/restart',
    least: 'admin',
    summary: 'Starts the server anew.',
    answer: answers.target,
    action: 'restart',
    run: ({ services, identity, from }) =>
      outcome(services.steering.restart(actorOf(identity, from))),
  }),
  route({
    method: 'GET',
    path: '/api/v1/audit',
    least: 'admin',
    summary: 'What was done and refused, newest first; `before`: a `seq`.',
    query: fields.auditQuery,
    answer: answers.auditRecords,
    run: ({ services: { audit }, query: { before, count = 100 } }) =>
      json(audit.entries({ count, ...(before === undefined ? {} : { before }) })),
  }),
]

const operators: readonly Route[] = [
  route({
    method: 'GET',
    path: '/api/v1/operators',
    least: 'admin',
    summary: 'The operators of the monitor.',
    answer: answers.operators,
    run: ({ services: { access } }) => json(access.operators()),
  }),
  route({
    method: 'POST',
    path: '/api/v1/operators',
    least: 'admin',
    summary: 'Adds an operator.',
    body: z.strictObject({ name: fields.name, password: fields.password, role: fields.role }),
    answer: answers.target,
    action: 'add operator',
    about: ({ body }) => ({ target: `${body.name} ${body.role}` }),
    run: async ({ services: { access }, body: { name, password, role } }) =>
      changed(await access.addOperator(name, password, role), { target: name, isThere: true }),
  }),
  route({
    method: 'PATCH',
    path: '/api/v1/operators/:name',
    least: 'admin',
    summary: 'Gives an operator another role, another password, or both.',
    params: fields.namePath,
    body: z
      .strictObject({
        role: fields.role.exactOptional(),
        password: fields.password.exactOptional(),
      })
      .refine(
        ({ role, password }) => role !== undefined || password !== undefined,
        'a role or a password is needed',
      ),
    answer: answers.target,
    action: 'change operator',
    about: ({ params, body: { role, password } }) => ({
      target: params.name,
      reason: [role ?? '', password === undefined ? '' : 'password'].filter(Boolean).join(', '),
    }),
    run: async ({ services: { access }, params: { name }, body }) =>
      changed(await changeOperator(access, name, body), {
        target: name,
        isThere: isOperator(access, name),
      }),
  }),
  route({
    method: 'DELETE',
    path: '/api/v1/operators/:name',
    least: 'admin',
    summary: 'Removes an operator and ends their sessions; the last admin stays.',
    params: fields.namePath,
    answer: answers.target,
    action: 'remove operator',
    about: ({ params }) => ({ target: params.name }),
    run: ({ services: { access }, params: { name } }) =>
      changed(access.removeOperator(name), { target: name, isThere: isOperator(access, name) }),
  }),
]

const tokens: readonly Route[] = [
  route({
    method: 'GET',
    path: '/api/v1/tokens',
    least: 'admin',
    summary: 'The tokens, without their secrets.',
    answer: answers.tokens,
    run: ({ services: { access } }) => json(access.tokens()),
  }),
  route({
    method: 'POST',
    path: '/api/v1/tokens',
    least: 'admin',
    summary: 'Makes a token for a program; its secret is said this once.',
    body: z.strictObject({
      name: fields.name,
      role: fields.role,
      lifetimeMs: fields.durationMs.exactOptional(),
    }),
    answer: answers.newToken,
    action: 'add token',
    about: ({ body }) => ({ target: `${body.name} ${body.role}` }),
    run({ services: { access }, body: { name, role, lifetimeMs } }) {
      const problem = nameProblem(name)
      if (problem !== undefined) return refused(refusal(409, 'not possible', problem))
      const { id, secret } = access.addToken(name, role, lifetimeMs)
      return json({ id, secret }, { target: `${name} ${role} ${id}` })
    },
  }),
  route({
    method: 'DELETE',
    path: '/api/v1/tokens/:id',
    least: 'admin',
    summary: 'Takes a token back.',
    params: fields.idPath,
    answer: answers.target,
    action: 'remove token',
    about: ({ params }) => ({ target: params.id }),
    run({ services: { access }, params: { id } }) {
      const isThere = access.tokens().some((token) => token.id === id)
      return changed(access.removeToken(id), { target: id, isThere })
    },
  }),
]

/** What admins may do. */
export const administration: readonly Route[] = [...process, ...operators, ...tokens]

async function changeOperator(
  access: Access,
  name: string,
  { role, password }: { readonly role?: Role; readonly password?: string },
): Promise<Change> {
  const change: Change = role === undefined ? { done: true } : access.setRole(name, role)
  return change.done && password !== undefined ? access.setPassword(name, password) : change
}

function isOperator(access: Access, name: string): boolean {
  return access.operators().some((operator) => operator.name.toLowerCase() === name.toLowerCase())
}
