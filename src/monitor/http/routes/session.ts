import { z } from 'zod'
import type { Clock } from '../../../base/clock.ts'
import type { Identity, SessionInfo, SignIn } from '../../access.ts'
import * as answers from '../answers.ts'
import * as fields from '../fields.ts'
import { SESSION_COOKIE } from '../gate.ts'
import { refusal } from '../refusal.ts'
import { json, openRoute, refused, route, type Answer, type Route } from '../route.ts'
import { changed } from './changed.ts'

/** `bearer`: for programs that keep the secret themselves; no cookie is set. */
const as = z.enum(['cookie', 'bearer'], 'must be cookie or bearer').exactOptional()

/** Coming in, and one's own sessions. */
export const session: readonly Route[] = [
  openRoute({
    method: 'GET',
    path: '/api/v1/first',
    least: 'anyone',
    summary: 'Whether the first operator is still to be made.',
    answer: answers.firstOpen,
    run: ({ services: { access } }) => json({ open: access.firstCode !== undefined }),
  }),
  openRoute({
    method: 'POST',
    path: '/api/v1/first',
    least: 'anyone',
    summary: 'Makes the first operator, an admin, with the code of the first start.',
    body: z.strictObject({
      code: fields.code,
      name: fields.name,
      password: fields.password,
      as,
    }),
    answer: answers.signedIn,
    action: 'first operator',
    about: ({ body }) => ({ target: body.name }),
    async run({ services: { access, clock }, body, from }) {
      const came = await access.claim(body.code, body.name, body.password, from)
      return signedIn(came, body.as, clock)
    },
  }),
  openRoute({
    method: 'POST',
    path: '/api/v1/session',
    least: 'anyone',
    summary: 'Signs in: sets the cookie, or answers with the secret for `as: "bearer"`.',
    body: z.strictObject({ name: fields.name, password: fields.password, as }),
    answer: answers.signedIn,
    action: 'sign in',
    about: ({ body }) => ({ target: body.name }),
    async run({ services: { access, clock }, body, from }) {
      return signedIn(await access.signIn(body.name, body.password, from), body.as, clock)
    },
  }),
  route({
    method: 'GET',
    path: '/api/v1/session',
    least: 'watch',
    summary: 'Who one is.',
    answer: answers.whoAmI,
    run: ({ identity }) => json({ identity }),
  }),
  route({
    method: 'DELETE',
    path: '/api/v1/session',
    least: 'watch',
    summary: 'Signs out.',
    answer: answers.target,
    action: 'sign out',
    run({ services: { access }, identity }) {
      if (identity.via === 'token') return refused(NO_SESSION)
      access.endSession(identity.id)
      const headers = { 'set-cookie': cookie('', 0) }
      return { kind: 'json', value: { target: identity.name }, headers }
    },
  }),
  route({
    method: 'GET',
    path: '/api/v1/sessions',
    least: 'watch',
    summary: "One's own sessions; for admins those of all.",
    answer: answers.sessions,
    run: ({ services: { access }, identity }) =>
      json(access.sessions().filter((info) => isTheirs(info, identity))),
  }),
  route({
    method: 'DELETE',
    path: '/api/v1/sessions/:id',
    least: 'watch',
    summary: "Ends a session: one's own; for admins anybody's.",
    params: fields.idPath,
    answer: answers.target,
    action: 'end session',
    about: ({ params }) => ({ target: params.id }),
    run({ services: { access }, params: { id }, identity }) {
      const info = access.sessions().find((one) => one.id === id)
      if (info === undefined || !isTheirs(info, identity)) {
        return refused(refusal(404, 'not found', 'There is no such session of yours.'))
      }
      return changed(access.endSession(id), { target: `${info.name} ${id}`, isThere: true })
    },
  }),
  route({
    method: 'PUT',
    path: '/api/v1/password',
    least: 'watch',
    summary: "Changes one's own password.",
    body: z.strictObject({ old: fields.password, new: fields.password }),
    answer: answers.target,
    action: 'change password',
    async run({ services: { access }, body, identity, from }) {
      if (identity.via === 'token') return refused(NO_SESSION)
      const came = await access.signIn(identity.name, body.old, from)
      if (came.kind === 'refused') return signedOut(came, 'The old password is wrong.')
      access.endSession(came.identity.id)
      const change = await access.setPassword(identity.name, body.new)
      return changed(change, { target: identity.name, isThere: true })
    },
  }),
]

const NO_SESSION = refusal(409, 'not possible', 'That is for sessions, and this is a token.')

function isTheirs({ name }: SessionInfo, identity: Identity): boolean {
  return identity.role === 'admin' || (identity.via === 'session' && identity.name === name)
}

function signedIn(came: SignIn, how: 'cookie' | 'bearer' | undefined, clock: Clock): Answer {
  if (came.kind === 'refused') return signedOut(came, 'The name or what proves it is wrong.')
  const { identity, secret, expiresAtMs } = came
  const audit = { who: identity.name, role: identity.role, target: identity.name }
  if (how === 'bearer') return json({ identity, expiresAtMs, secret }, audit)
  const lifetimeSeconds = Math.max(1, Math.floor((expiresAtMs - clock.now()) / 1000))
  const headers = { 'set-cookie': cookie(secret, lifetimeSeconds) }
  return { kind: 'json', value: { identity, expiresAtMs }, headers, audit }
}

function signedOut(came: Extract<SignIn, { kind: 'refused' }>, wrong: string): Answer {
  switch (came.reason) {
    case 'wrong':
      return refused(refusal(401, 'wrong', wrong))
    case 'too many':
      return refused({
        ...refusal(429, 'too many', 'Too many tries: wait a while.'),
        retryAfterMs: came.retryAfterMs,
      })
    case 'not possible':
      return refused(refusal(409, 'not possible', came.text))
  }
}

/** Without `Secure`, since the admin side speaks plain HTTP; a proxy with TLS in front may add it. */
function cookie(secret: string, lifetimeSeconds: number): string {
  return `${SESSION_COOKIE}=${secret}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${lifetimeSeconds}`
}
