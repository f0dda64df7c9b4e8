import type { IncomingMessage, ServerResponse } from 'node:http'
import { Readable, type Duplex } from 'node:stream'
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { systemClock, type Clock } from '../../base/clock.ts'
import type { Log } from '../../base/log.ts'
import { readPage, type Page } from '../../site/page.ts'
import type { Identity } from '../access.ts'
import { apiDocument } from './api-document.ts'
import { createAuditTrail, type AuditTrail, type Happening } from './audit-trail.ts'
import { Feeds, TOO_MANY_FEEDS } from './feeds.ts'
import { checkRight, checkWay, MAX_BODY_BYTES, tooLarge, type Asked, type Rules } from './gate.ts'
import { COMMON_HEADERS, PAGE_POLICY } from './headers.ts'
import { refusal, refusalBody, refusalHeaders, type Refusal } from './refusal.ts'
import { methodsOf, routes } from './route-table.ts'
import type { Answer, Ran, Route, Services } from './route.ts'
import { openUpgrades } from './upgrades.ts'

export interface AdminSideOptions extends Omit<Services, 'document' | 'clock'> {
  readonly at: { readonly host: string; readonly port: number }
  /** More names that a Host header may have. */
  readonly hosts: readonly string[]
  /** Absolute path of the folder of the built page; undefined: there is none. */
  readonly page: string | undefined
  readonly log: Log
  readonly clock?: Clock
}

export interface AdminSide extends AsyncDisposable {
  readonly bound: { readonly name: 'admin'; readonly host: string; readonly port: number }
}

const NOT_BUILT = {
  status: 503,
  text: 'The page of the monitor is not built yet. Build it with: npm run build\n',
} as const

/**
 * The operator's door, on a port of its own in the core's thread: the API, the feed, the metrics and the
 * page of the monitor. Throws what listening throws. Dispose of it before what it works with.
 */
export async function openAdminSide(options: AdminSideOptions): Promise<AdminSide> {
  const { at, page, source, access, log } = options
  const app = createApp()
  const feeds = new Feeds({ source, access, log })
  const files = readPage({ folder: page, policy: PAGE_POLICY, notBuilt: NOT_BUILT })
  const door = new Door({ options, feeds, page: files })
  app.addHook('onRequest', (request, reply, done) => door.checkWay(request, reply, done))
  for (const row of routes) door.addRoute(app, row)
  app.setNotFoundHandler((request, reply) => door.answerOther(request, reply))
  app.setErrorHandler((error, request, reply) => door.answerError(error, request, reply))
  const upgrades = openUpgrades(app.server, {
    path: SOCKET_PATH,
    take: (request, socket, head) => door.takeSocket(request, { socket, head }),
    refuse: refuseRaw,
  })
  await app.listen({ host: at.host, port: at.port })
  const address = app.server.address()
  const port = typeof address === 'object' && address !== null ? address.port : at.port
  return {
    bound: { name: 'admin', host: at.host, port },
    async [Symbol.asyncDispose]() {
      feeds[Symbol.dispose]()
      await app.close()
      upgrades[Symbol.dispose]()
    },
  }
}

const SOCKET_PATH = '/api/v1/feed/socket'
/** A request has so long to arrive. */
const REQUEST_TIMEOUT_MS = 10_000
/** Room names are long where each letter takes nine characters in a URL. */
const MAX_PARAM_LENGTH = 2048

function createApp(): FastifyInstance {
  const app = fastify({
    requestTimeout: REQUEST_TIMEOUT_MS,
    connectionTimeout: REQUEST_TIMEOUT_MS,
    bodyLimit: MAX_BODY_BYTES,
    forceCloseConnections: true,
    routerOptions: { maxParamLength: MAX_PARAM_LENGTH },
    frameworkErrors: (_, __, reply) => {
      void sendRefusal(reply, refusal(400, 'bad request', 'The URL makes no sense.'))
    },
  })
  app.removeAllContentTypeParsers()
  const parse = app.getDefaultJsonParser('error', 'error')
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body === '') done(null, undefined)
    else void parse(request, body.toString(), done)
  })
  return app
}

interface DoorParts {
  readonly options: AdminSideOptions
  readonly feeds: Feeds
  readonly page: Page
}

/** Takes requests through the gate to their rows, and their answers back. */
class Door {
  readonly #parts: DoorParts
  readonly #rules: Rules
  readonly #services: Services
  readonly #trail: AuditTrail
  readonly #identities = new WeakMap<FastifyRequest, Identity>()

  constructor(parts: DoorParts) {
    const { options } = parts
    const document = apiDocument()
    this.#parts = parts
    this.#rules = { bound: options.at.host, hosts: options.hosts, access: options.access }
    this.#services = { ...options, clock: options.clock ?? systemClock, document: () => document }
    this.#trail = createAuditTrail(options.audit, options.log)
  }

  checkWay(request: FastifyRequest, reply: FastifyReply, done: () => void): void {
    void reply.headers(COMMON_HEADERS)
    const no = checkWay(askedOf(request.raw), this.#rules)
    if (no === undefined) {
      done()
      return
    }
    const { method, url } = request.routeOptions
    const row = routes.find((one) => one.path === url && one.method === method)
    this.#trail.refused(happeningOf(request.raw, row, undefined), no)
    void sendRefusal(reply, no)
  }

  addRoute(app: FastifyInstance, row: Route): void {
    app.route({
      method: row.method,
      url: row.path,
      // A feed has no end, and nothing to say about it beforehand; what is written down isn't just looked at.
      exposeHeadRoute:
        row.method === 'GET' && row.action === undefined && !row.path.startsWith('/api/v1/feed'),
      onRequest: (request, reply, done) => this.#checkRight(row, request, reply, done),
      handler: (request, reply) => this.#run(row, request, reply),
    })
  }

  /** A file of the page, a method that the path doesn't have, or nothing that is there. */
  async answerOther(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const [path = ''] = request.url.split('?', 1)
    const allow = methodsOf(path).join(', ')
    if (allow !== '' && request.method === 'OPTIONS') {
      await reply.code(204).header('allow', `${allow}, OPTIONS`).send()
      return
    }
    if (allow !== '') {
      await sendRefusal(reply, { ...refusal(405, 'wrong method', `There are ${allow}.`), allow })
      return
    }
    const isReading = request.method === 'GET' || request.method === 'HEAD'
    const file = isReading ? await this.#parts.page.answer(path, request.headers) : undefined
    if (file === undefined) await sendRefusal(reply, NOT_FOUND)
    else await reply.code(file.status).headers(file.headers).send(file.body)
  }

  answerError(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
    const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500
    if (status === 413) void sendRefusal(reply, tooLarge())
    else if (status === 415) void sendRefusal(reply, refusal(415, 'not JSON', 'That is no JSON.'))
    else if (status >= 400 && status < 500) {
      void sendRefusal(reply, refusal(400, 'bad request', 'The body is not well-formed JSON.'))
    } else {
      const route = `${request.method} ${request.routeOptions.url ?? ''}`
      this.#parts.options.log.error('request failed', { route, error: describe(error) })
      void sendRefusal(reply, refusal(500, 'internal', 'That went wrong here; the log says more.'))
    }
  }

  takeSocket(
    request: IncomingMessage,
    { socket, head }: { readonly socket: Duplex; readonly head: Buffer },
  ): Refusal | undefined {
    const row = routes.find(({ path }) => path === SOCKET_PATH)
    const asked = { ...askedOf(request), isUpgrade: true }
    const way = checkWay(asked, this.#rules)
    if (row === undefined) return NOT_FOUND
    const right =
      way === undefined
        ? checkRight(asked, row, this.#rules)
        : ({ kind: 'refused', refusal: way, identity: undefined } as const)
    if (right.kind === 'refused') {
      this.#trail.refused(happeningOf(request, row, right.identity), right.refusal)
      return right.refusal
    }
    if (this.#parts.feeds.isFull) return TOO_MANY_FEEDS
    if (right.identity === undefined) return NOT_FOUND
    const { identity, renew } = right
    this.#parts.feeds.openSocket(request, socket, { head, identity, renew })
    return undefined
  }

  #checkRight(row: Route, request: FastifyRequest, reply: FastifyReply, done: () => void): void {
    const right = checkRight(askedOf(request.raw), row, this.#rules)
    if (right.kind === 'passed') {
      if (right.identity !== undefined) this.#identities.set(request, right.identity)
      done()
      return
    }
    this.#trail.refused(happeningOf(request.raw, row, right.identity), right.refusal)
    void sendRefusal(reply, right.refusal)
  }

  async #run(row: Route, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const happening = happeningOf(request.raw, row, this.#identities.get(request))
    if (row.isLong === true) request.raw.socket.setTimeout(0)
    const ran = await this.#runRow(row, happening, request)
    this.#trail.ran(happening, ran)
    if (ran.answer.kind === 'lines') await this.#sendLines(ran.answer, happening, reply)
    else await this.#send(ran.answer, request, reply)
  }

  async #runRow(row: Route, happening: Happening, request: FastifyRequest): Promise<Ran> {
    const { identity, from } = happening
    const { params, query, body } = request
    try {
      return await row.run({ services: this.#services, identity, from, params, query, body })
    } catch (error) {
      this.#trail.broke(happening)
      throw error
    }
  }

  async #send(
    answer: Exclude<Answer, { kind: 'lines' }>,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<void> {
    switch (answer.kind) {
      case 'json':
        await reply
          .code(answer.status ?? 200)
          .headers({ ...answer.headers, 'content-type': JSON_TYPE })
          .send(JSON.stringify(answer.value))
        return
      case 'text':
        await reply.header('content-type', answer.type).send(answer.text)
        return
      case 'refused':
        await sendRefusal(reply, answer.refusal)
        return
      case 'feed':
        await this.#openEvents(request, reply)
    }
  }

  /** That it was asked for is written down already; now how much of it went out. */
  async #sendLines(
    { lines, type }: Extract<Answer, { kind: 'lines' }>,
    happening: Happening,
    reply: FastifyReply,
  ): Promise<void> {
    const trail = this.#trail
    async function* counted(): AsyncGenerator<string> {
      let events = 0
      let isWhole = false
      try {
        for await (const line of lines) {
          events++
          yield line
        }
        isWhole = true
      } finally {
        trail.ended(happening, `${events} events`, isWhole ? 'done' : 'failed')
      }
    }
    await reply.header('content-type', type).send(Readable.from(counted()))
  }

  async #openEvents(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const identity = this.#identities.get(request)
    if (identity === undefined || this.#parts.feeds.isFull) {
      await sendRefusal(reply, TOO_MANY_FEEDS)
      return
    }
    reply.hijack()
    this.#parts.feeds.openEvents(request.raw, reply.raw, { identity, headers: COMMON_HEADERS })
  }
}

const NOT_FOUND = refusal(404, 'not found', 'There is nothing of that name.')
const JSON_TYPE = 'application/json; charset=utf-8'

function askedOf({ method = '', url = '', headers, socket }: IncomingMessage): Asked {
  const from = socket.remoteAddress ?? ''
  return { method, url, headers, from, local: socket.localAddress, isUpgrade: false }
}

function happeningOf(
  { url = '', socket }: IncomingMessage,
  row: Route | undefined,
  identity: Identity | undefined,
): Happening {
  // Nobody else is called so: the name is taken.
  const isConsole = identity?.name === 'console' && identity.via === 'session'
  return { row, identity, from: isConsole ? 'console' : (socket.remoteAddress ?? ''), url }
}

async function sendRefusal(reply: FastifyReply, no: Refusal): Promise<void> {
  await reply
    .code(no.status)
    .headers({ ...COMMON_HEADERS, ...refusalHeaders(no), 'content-type': JSON_TYPE })
    .send(JSON.stringify(refusalBody(no)))
}

/** On a socket that has left the hands of the HTTP server. */
function refuseRaw(response: ServerResponse, no: Refusal): void {
  response.writeHead(no.status, {
    ...COMMON_HEADERS,
    ...refusalHeaders(no),
    'content-type': JSON_TYPE,
    connection: 'close',
  })
  response.end(JSON.stringify(refusalBody(no)))
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}
