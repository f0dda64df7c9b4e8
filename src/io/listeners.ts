import { createServer, type Server, type Socket } from 'node:net'
import type { Bound, ListenSpec, TlsMaterial, Transport } from './engine.ts'
import { canonicalAddress } from '../protocol/address.ts'
import { createDoor, type Door, type Guest } from './door.ts'
import type { Edge } from './edge.ts'
import type { EdgeLimits } from '../protocol/limits.ts'
import { createNetworks } from './networks.ts'
import type { Peer } from './peer.ts'
import { withProxyHeader } from './proxied.ts'
import { BANNED_ADDRESS, type Refusals } from './refusals.ts'
import { TlsAcceptor } from './tls-acceptor.ts'

export interface ListenersOptions {
  readonly edge: Edge
  readonly limits: EdgeLimits
  /** Several threads listen on the same port, and the system deals the connections out. */
  readonly reusePort: boolean
  /** Of accepting and handshakes: nothing that was opened is concerned. */
  readonly refusals: Refusals
}

/** Pending connections that the system keeps for us; it has an upper limit of its own. */
const BACKLOG = 65_535
/** Writes are ours to bound: this one is never to be the reason why `write` says that it is full. */
const SOCKETS = { noDelay: true, highWaterMark: 16 * 1024 } as const

/** The listening sockets of one thread, and what a connection passes before it is open. */
export class Listeners {
  readonly #options: ListenersOptions
  readonly #tls: TlsAcceptor
  readonly #servers = new Set<Server>()

  constructor(options: ListenersOptions) {
    this.#options = options
    this.#tls = new TlsAcceptor(options.limits)
  }

  useTls(material: TlsMaterial): void {
    this.#tls.use(material)
  }

  async listen(spec: ListenSpec): Promise<Bound> {
    const isSecure = spec.kind === 'tls' || spec.kind === 'https'
    const isWeb = spec.kind === 'http' || spec.kind === 'https'
    if (isSecure && !this.#tls.isReady) throw new Error(`${spec.name}: no TLS certificate`)
    const { edge, limits, refusals } = this.#options
    const door = createDoor(spec, edge, limits, (address, reason) =>
      refusals.add({ listener: spec.name, address, reason }),
    )
    const proxies = createNetworks(spec.proxiesFrom ?? [])
    const server = createServer({ ...SOCKETS, allowHalfOpen: !isWeb }, (socket) => {
      socket.on('error', ignore)
      const peer = peerOf(socket)
      if (peer === undefined) return void socket.destroy()
      if (edge.isBarred(peer.address)) return this.#refuse(spec, socket, peer, BANNED_ADDRESS)
      if (!proxies.has(peer.address)) return this.#pass(spec, door, socket, peer)
      withProxyHeader(socket, peer, limits.tlsHandshakeMs, (result) => {
        if (typeof result === 'string') return this.#refuse(spec, socket, peer, result)
        if (edge.isBarred(result.address)) return this.#refuse(spec, socket, result, BANNED_ADDRESS)
        this.#pass(spec, door, socket, result)
      })
    })
    await listening(server, spec, this.#options.reusePort)
    server.on('error', ({ message }) => refusals.add({ listener: spec.name, reason: message }))
    this.#servers.add(server)
    return { name: spec.name, host: spec.host, port: portOf(server) }
  }

  /** Resolves when nothing listens any more; connections stay. */
  stop(): void {
    // `close` calls back only after the last connection: what we wait for is done when it returns.
    for (const server of this.#servers) server.close()
    this.#servers.clear()
  }

  #pass(spec: ListenSpec, door: Door, socket: Socket, peer: Peer): void {
    if (spec.kind === 'plain' || spec.kind === 'http') return door(socket, guest(spec, peer))
    this.#tls.accept(socket, peer.address, spec.kind === 'tls' ? 'irc' : 'http', (secured) => {
      if (typeof secured === 'string') return this.#refuse(spec, socket, peer, secured)
      door(secured.socket, { ...guest(spec, peer), tls: secured.facts })
    })
  }

  #refuse({ name }: ListenSpec, socket: Socket, { address }: Peer, reason: string): void {
    socket.destroy()
    this.#options.refusals.add({ listener: name, address, reason })
  }
}

const TRANSPORTS: Readonly<Record<ListenSpec['kind'], Transport>> = {
  plain: 'tcp',
  tls: 'tls',
  http: 'ws',
  https: 'wss',
}

function guest({ name, kind }: ListenSpec, { address, port, tls }: Peer): Guest {
  const transport = TRANSPORTS[kind]
  // The proxy took the TLS off: between the client and it, the connection is secure.
  const seen = tls === true && transport === 'tcp' ? 'tls' : transport
  return { listener: name, transport: seen, address, port }
}

function peerOf({ remoteAddress, remotePort }: Socket): Peer | undefined {
  // Both are gone when the peer already is.
  if (remoteAddress === undefined || remotePort === undefined) return undefined
  return { address: canonicalAddress(remoteAddress), port: remotePort }
}

async function listening(server: Server, spec: ListenSpec, reusePort: boolean): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  server.once('error', reject)
  const host = spec.host === '*' ? '::' : spec.host
  server.listen({ host, port: spec.port, backlog: BACKLOG, reusePort }, resolve)
  await promise
  server.off('error', reject)
}

function portOf(server: Server): number {
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : 0
}

function ignore(): void {}
