import type { IncomingMessage, ServerResponse } from 'node:http'
import type { PageSpec } from './engine.ts'
import { readPage, type Page, type PageAnswer } from '../site/page.ts'

/** What a public door says to a web client that wants no WebSocket: the page, where one was built. */
export function createWebAnswer(
  spec: PageSpec | undefined,
): (request: IncomingMessage, response: ServerResponse) => void {
  const page = readPage({
    folder: spec?.folder,
    facts: spec?.facts ?? {},
    policy: PAGE_POLICY,
    notBuilt: NO_PAGE,
    ownPaths: ['/invite/'],
  })
  return (request, response) => answer(page, request, response)
}

/** Without what stands behind `?`. */
export function pathOf(request: IncomingMessage): string {
  return (request.url ?? '/').split('?', 1)[0] ?? '/'
}

function answer(page: Page, request: IncomingMessage, response: ServerResponse): void {
  for (const [name, value] of COMMON_HEADERS) response.setHeader(name, value)
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.writeHead(405, { Allow: 'GET, HEAD' }).end('Only GET here.\n')
  } else if (pathOf(request) === '/irc') {
    response.writeHead(426, { Upgrade: 'websocket' }).end('A WebSocket is spoken here.\n')
  } else {
    const file = page.answer(pathOf(request), request.headers)
    if (file === undefined) response.writeHead(404).end('Not here.\n')
    else void file.then((found) => send(found, request, response))
  }
}

function send(
  { status, headers, body }: PageAnswer,
  { method }: IncomingMessage,
  to: ServerResponse,
): void {
  to.writeHead(status, { ...headers, 'Content-Length': body.length })
  to.end(method === 'HEAD' ? undefined : body)
}

const NO_PAGE = { status: 200, text: 'Maru. IRC over WebSocket is at /irc.\n' } as const

const COMMON_HEADERS = [
  ['Connection', 'close'],
  ['X-Content-Type-Options', 'nosniff'],
  ['Referrer-Policy', 'no-referrer'],
  ['Cross-Origin-Opener-Policy', 'same-origin'],
  ['X-Frame-Options', 'DENY'],
  ['Content-Type', 'text/plain; charset=utf-8'],
] as const

/**
 * Nothing runs but this server's own files, and nothing goes elsewhere: not even pictures come from
 * elsewhere, so that nobody learns who reads what. https://www.w3.org/TR/CSP3/
 */
const PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "worker-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "font-src 'self'",
  "media-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
].join('; ')
