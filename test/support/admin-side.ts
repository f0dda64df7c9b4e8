import { once } from 'node:events'
import { request, type IncomingHttpHeaders, type IncomingMessage } from 'node:http'
import type { Log } from '../../src/base/log.ts'
import { openAdminSide, type AdminSide } from '../../src/monitor/http/admin-side.ts'
import { FakeAccess, FakeAudit, FakeSource, FakeSteering } from './monitor-doubles.ts'

export interface Asking {
  readonly method?: string
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  /** An object goes as JSON. */
  readonly body?: object | string
}

export interface Answered {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly text: string
  readonly code: string | undefined
  readonly json: unknown
}

export type Stage = Awaited<ReturnType<typeof openStage>>

export interface StageOptions {
  readonly kept?: number
  readonly page?: string
  readonly host?: string
}

/** The admin side on a port of its own, with doubles behind it. */
export async function openStage(options: StageOptions = {}) {
  const source = new FakeSource(options.kept)
  const access = new FakeAccess()
  const audit = new FakeAudit()
  const steering = new FakeSteering()
  const errors: string[] = []
  const note = (event: string, fields = {}) => void errors.push(event + JSON.stringify(fields))
  const log: Log = { debug: note, info: note, warn: note, error: note }
  let isReady = true
  const side: AdminSide = await openAdminSide({
    at: { host: options.host ?? '127.0.0.1', port: 0 },
    source,
    access,
    audit,
    steering,
    upkeep: steering,
    invitations: steering,
    health: { isReady: () => isReady, facts: () => ({ version: '0', connections: 1 }) },
    hosts: ['maru.test'],
    page: options.page,
    metrics: () => Promise.resolve('maru_connections 1\n'),
    log,
    clock: { now: () => 0, monotonic: () => 0 },
  })
  const { port } = side.bound
  return {
    source,
    access,
    audit,
    steering,
    errors,
    port,
    setReady: (ready: boolean) => (isReady = ready),
    ask: (asking: Asking) => ask(port, asking),
    [Symbol.asyncDispose]: () => side[Symbol.asyncDispose](),
  }
}

export const bearer = (secret: string) => ({ authorization: `Bearer ${secret}` })
export const cookie = (secret: string) => ({ cookie: `maru_session=${secret}` })

/** With `node:http`, where Host and Origin can be forged. */
async function ask(
  port: number,
  { method = 'GET', path, headers, body }: Asking,
): Promise<Answered> {
  const isJson = typeof body === 'object'
  const payload = isJson ? JSON.stringify(body) : body
  const outgoing = request({
    host: '127.0.0.1',
    port,
    method,
    path,
    agent: false,
    headers: {
      ...(isJson ? { 'content-type': 'application/json' } : {}),
      ...(payload === undefined ? {} : { 'content-length': String(Buffer.byteLength(payload)) }),
      ...headers,
    },
  })
  outgoing.end(payload)
  const [response] = (await once(outgoing, 'response')) as [IncomingMessage]
  let text = ''
  for await (const chunk of response.setEncoding('utf8')) text += String(chunk)
  const json = parsed(text)
  return {
    status: response.statusCode ?? 0,
    headers: response.headers,
    text,
    json,
    code: (json as { error?: { code?: string } } | undefined)?.error?.code,
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
