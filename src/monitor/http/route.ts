import { z } from 'zod'
import type { Access, Audit, Identity } from '../access.ts'
import type { Clock } from '../../base/clock.ts'
import type { Role } from '../../feed/role.ts'
import type { MonitorSource } from '../source.ts'
import type { Invitations } from '../invitations.ts'
import type { LogUpkeep } from '../log-upkeep.ts'
import type { Actor, Steering } from '../steering.ts'
import { refusal, type Refusal } from './refusal.ts'

/** Who may ask: everybody; whoever sits at this machine, and all roles; a role and those above it. */
export type Least = 'anyone' | 'loopback' | Role

/** Whether the server can do its work, asked at each request. */
export interface Health {
  /** Serving clients: false while it starts and from the moment that it stops. */
  readonly isReady: () => boolean
  readonly facts: () => Readonly<Record<string, number | string>>
}

/** What the routes work with. */
export interface Services {
  readonly source: MonitorSource
  readonly access: Access
  readonly audit: Audit
  readonly steering: Steering
  readonly upkeep: LogUpkeep
  readonly invitations: Invitations
  readonly health: Health
  /** In the text format of Prometheus. */
  readonly metrics: () => Promise<string>
  /** The OpenAPI document. */
  readonly document: () => object
  readonly clock: Clock
}

/** What the audit says of an action. Never a secret, never the text of a message. */
export interface AuditFacts {
  /** When it is not who asks: whoever signs in has no identity yet. */
  readonly who?: string
  readonly role?: Role
  readonly target?: string
  readonly reason?: string
  /** What came of it. */
  readonly detail?: string
}

export type Answer =
  | {
      readonly kind: 'json'
      readonly value: object
      readonly headers?: Readonly<Record<string, string>>
      readonly status?: number
      readonly audit?: AuditFacts
    }
  | { readonly kind: 'text'; readonly text: string; readonly type: string }
  /** As many as the client takes; each ends in a line end. */
  | { readonly kind: 'lines'; readonly lines: AsyncIterable<string>; readonly type: string }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  /** From here on the connection is a feed. */
  | { readonly kind: 'feed' }

interface Asked {
  readonly services: Services
  /** The address of the peer. */
  readonly from: string
}

/** As it comes from the wire: nothing of it is checked. */
export interface RawRequest extends Asked {
  readonly identity: Identity | undefined
  readonly params: unknown
  readonly query: unknown
  readonly body: unknown
}

/** A row of the table: the gate goes by it, and so do the documents and the test of every role. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly path: string
  readonly least: Least
  readonly summary: string
  readonly params?: z.ZodType
  readonly query?: z.ZodType
  readonly body?: z.ZodType
  /** A schema, or what it is in words where it isn't JSON. */
  readonly answer: z.ZodType | string
  /** Its name in the audit; rows without one change nothing, and give nothing away. */
  readonly action?: string
  /** The client waits for as long as it takes. */
  readonly isLong?: true
  /** Answers 400 before it does anything when the request doesn't fit the row. */
  readonly run: (request: RawRequest) => Ran | Promise<Ran>
}

/** The answer, and what the audit is told besides. */
export interface Ran {
  readonly answer: Answer
  readonly about: AuditFacts
}

export interface Checked<Params, Query, Body> extends Asked {
  readonly params: Params
  readonly query: Query
  readonly body: Body
}

interface Shape<Params, Query, Body> {
  readonly method: Route['method']
  readonly path: string
  readonly summary: string
  readonly params?: z.ZodType<Params>
  readonly query?: z.ZodType<Query>
  readonly body?: z.ZodType<Body>
  readonly answer: z.ZodType | string
  readonly action?: string
  readonly isLong?: true
  /** Whom or what it concerns and why, whatever comes of it. */
  readonly about?: (request: Checked<Params, Query, Body>) => AuditFacts
}

/** May be asked without an identity. */
export interface OpenShape<Params, Query, Body> extends Shape<Params, Query, Body> {
  readonly least: 'anyone' | 'loopback'
  readonly run: (request: Checked<Params, Query, Body>) => Answer | Promise<Answer>
}

export interface RoleShape<Params, Query, Body> extends Shape<Params, Query, Body> {
  readonly least: Role
  readonly run: (
    request: Checked<Params, Query, Body> & { readonly identity: Identity },
  ) => Answer | Promise<Answer>
}

export function openRoute<Params = Nothing, Query = Nothing, Body = Nothing>(
  shape: OpenShape<Params, Query, Body>,
): Route {
  return { ...shape, run: (raw) => runChecked(shape, raw, (checked) => shape.run(checked)) }
}

export function route<Params = Nothing, Query = Nothing, Body = Nothing>(
  shape: RoleShape<Params, Query, Body>,
): Route {
  const run = (raw: RawRequest): Promise<Ran> =>
    runChecked(shape, raw, (checked) =>
      raw.identity === undefined
        ? refused(refusal(401, 'unauthorized', 'Sign in first.'))
        : shape.run({ ...checked, identity: raw.identity }),
    )
  return { ...shape, run }
}

export function json(value: object, audit: AuditFacts = {}): Answer {
  return { kind: 'json', value, audit }
}

export function refused(why: Refusal): Answer {
  return { kind: 'refused', refusal: why }
}

export function actorOf({ name, role }: Identity, from: string): Actor {
  return { name, role, from }
}

type Nothing = Readonly<Record<string, never>>

const NOTHING: z.ZodType<Nothing> = z.strictObject({})

async function runChecked<Params, Query, Body>(
  shape: Shape<Params, Query, Body>,
  raw: RawRequest,
  run: (request: Checked<Params, Query, Body>) => Answer | Promise<Answer>,
): Promise<Ran> {
  const params = (shape.params ?? NOTHING).safeParse(raw.params)
  if (!params.success) return misfit('path', params.error)
  const query = (shape.query ?? NOTHING).safeParse(raw.query)
  if (!query.success) return misfit('query', query.error)
  const body = (shape.body ?? NOTHING).safeParse(raw.body ?? {})
  if (!body.success) return misfit('body', body.error)
  // A part without a schema is checked to be empty, and its type says so.
  const checked = {
    services: raw.services,
    from: raw.from,
    params: params.data as Params,
    query: query.data as Query,
    body: body.data as Body,
  }
  return { answer: await run(checked), about: shape.about?.(checked) ?? {} }
}

function misfit(part: string, { issues: [issue] }: z.ZodError): Ran {
  const keys = issue?.code === 'unrecognized_keys' ? issue.keys : []
  const field = [...(issue?.path ?? []), ...keys.slice(0, 1)].map(String).join('.').slice(0, 100)
  const why = keys.length > 0 ? 'there is no such field' : (issue?.message ?? 'does not fit')
  const text = field === '' ? `${part}: ${why}` : `${field}: ${why}`
  const answer = refused({
    ...refusal(400, 'invalid', text),
    ...(field === '' ? {} : { field }),
  })
  return { answer, about: {} }
}
