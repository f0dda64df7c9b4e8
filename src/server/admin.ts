import fastify from 'fastify'
import type { Bound } from '../io/engine.ts'
import type { HostPort } from './settings.ts'

/** Whether the server can do its work, asked at each request. */
export interface Health {
  /** Serving clients: false while it starts and from the moment that it stops. */
  readonly isReady: () => boolean
  readonly facts: () => Readonly<Record<string, number | string>>
}

/** A request has so long to arrive. */
const REQUEST_TIMEOUT_MS = 10_000

/**
 * The operator's door, on a port of its own in the core's thread: `/healthz` answers as long as the process does,
 * `/readyz` as long as it serves clients.
 */
export async function openAdmin(at: HostPort, health: Health): Promise<AdminDoor> {
  const app = fastify({
    requestTimeout: REQUEST_TIMEOUT_MS,
    connectionTimeout: REQUEST_TIMEOUT_MS,
    bodyLimit: 64 * 1024,
    forceCloseConnections: true,
  })
  app.addHook('onRequest', (_, reply, done) => {
    void reply.header('Cache-Control', 'no-store').header('X-Content-Type-Options', 'nosniff')
    done()
  })
  app.get('/healthz', () => ({ status: 'ok', ...health.facts() }))
  app.get('/readyz', (_, reply) => {
    if (health.isReady()) return { status: 'ready' }
    return reply.code(503).send({ status: 'not ready' })
  })
  await app.listen({ host: at.host, port: at.port })
  const address = app.server.address()
  const port = typeof address === 'object' && address !== null ? address.port : at.port
  return {
    bound: { name: 'admin', host: at.host, port },
    [Symbol.asyncDispose]: () => app.close(),
  }
}

export interface AdminDoor extends AsyncDisposable {
  readonly bound: Bound
}
