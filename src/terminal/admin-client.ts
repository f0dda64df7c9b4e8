import { request as httpRequest } from 'node:http'
import type { IncomingMessage, RequestOptions } from 'node:http'
import { request as httpsRequest } from 'node:https'
import type { ServerTrust } from './server-trust.ts'

/** Where the admin side is, and how we know that it is the one. */
export interface AdminServer {
  /** Without a path. */
  readonly url: URL
  readonly trust: ServerTrust
}

export type Answer =
  | { readonly kind: 'done'; readonly body: unknown }
  | {
      readonly kind: 'refused'
      readonly status: number
      /** Fit to be shown. */
      readonly text: string
      readonly retryAfterMs: number | undefined
    }
  | { readonly kind: 'away'; readonly reason: string }

export interface Asked {
  readonly method: 'GET' | 'POST' | 'DELETE'
  /** Under `/api/v1`. */
  readonly path: string
  readonly body?: Readonly<Record<string, unknown>> | undefined
  readonly secret?: string | undefined
}

const PATIENCE_MS = 10_000
const MAX_ANSWER_BYTES = 16 * 2 ** 20

/** Asks the API once. Never rejects: a server that can't be reached is an answer, too. */
export function askServer({ url, trust }: AdminServer, asked: Asked): Promise<Answer> {
  const { method, path, body, secret } = asked
  const text = body === undefined ? undefined : JSON.stringify(body)
  const options: RequestOptions = {
    ...trust,
    method,
    timeout: PATIENCE_MS,
    headers: {
      accept: 'application/json',
      ...(secret === undefined ? {} : { authorization: `Bearer ${secret}` }),
      ...(text === undefined
        ? {}
        : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }),
    },
  }
  const send = url.protocol === 'https:' ? httpsRequest : httpRequest
  return new Promise((resolve) => {
    const away = (error: Error): void => resolve({ kind: 'away', reason: reasonOf(error) })
    const request = send(new URL(`/api/v1${path}`, url), options, (response) => {
      bodyOf(response).then((answer) => resolve(answerOf(response, answer)), away)
    })
    request.on('timeout', () => request.destroy(new Error('no answer')))
    request.on('error', away)
    request.end(text)
  })
}

/** Of a system error the short name: `ECONNREFUSED`. */
export function reasonOf(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : error.message
}

async function bodyOf(response: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > MAX_ANSWER_BYTES) throw new Error('the answer is too long')
    chunks.push(chunk)
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString())
  } catch {
    return undefined
  }
}

function answerOf({ statusCode: status = 0, headers }: IncomingMessage, body: unknown): Answer {
  if (status >= 200 && status < 300 && body !== undefined) return { kind: 'done', body }
  const seconds = Number(headers['retry-after'])
  const said = (body as { readonly error?: { readonly text?: unknown } } | undefined)?.error?.text
  return {
    kind: 'refused',
    status,
    text: typeof said === 'string' ? said : `HTTP ${status}`,
    retryAfterMs: Number.isFinite(seconds) ? seconds * 1000 : undefined,
  }
}
