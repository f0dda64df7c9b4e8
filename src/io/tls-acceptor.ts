import type { Socket } from 'node:net'
import { createSecureContext, TLSSocket, type SecureContext } from 'node:tls'
import type { EdgeLimits } from '../protocol/limits.ts'
import type { TlsFacts, TlsMaterial } from './engine.ts'
import { Knocks } from './knocks.ts'
import { tlsFacts, tlsServerOptions, type TlsUse } from './tls-context.ts'

export interface Secured {
  readonly socket: TLSSocket
  readonly facts: TlsFacts
}

type Limits = Pick<EdgeLimits, 'tlsHandshakeMs' | 'handshakesPerAddress'>

/** Takes sockets through their TLS handshake, with a deadline, and not too many at a time for one address. */
export class TlsAcceptor {
  readonly #limits: Limits
  readonly #contexts = new Map<TlsUse, SecureContext>()
  readonly #handshakes: Knocks

  constructor(limits: Limits) {
    this.#limits = limits
    this.#handshakes = new Knocks(limits.handshakesPerAddress)
  }

  get isReady(): boolean {
    return this.#contexts.size > 0
  }

  /** For handshakes from now on. Throws on bad material, and keeps what it had. */
  use(material: TlsMaterial): void {
    const irc = createSecureContext(tlsServerOptions(material, 'irc'))
    const http = createSecureContext(tlsServerOptions(material, 'http'))
    this.#contexts.set('irc', irc).set('http', http)
  }

  /** A string: refused, and why; the socket is the caller's to destroy. `done` is called once. */
  accept(
    raw: Socket,
    address: string,
    use: TlsUse,
    done: (result: Secured | string) => void,
  ): void {
    const secureContext = this.#contexts.get(use)
    if (secureContext === undefined) return done('no TLS certificate')
    const leave = this.#handshakes.enter(address)
    if (leave === undefined) return done('too many TLS handshakes at a time')
    const socket = new TLSSocket(raw, {
      isServer: true,
      secureContext,
      requestCert: use === 'irc',
      rejectUnauthorized: false,
    })
    const settle = (result: Secured | string): void => {
      clearTimeout(timer)
      socket.off('error', onError)
      socket.off('close', onClose)
      socket.off('end', onClose)
      socket.on('error', ignore)
      leave()
      done(result)
    }
    const onError = (error: Error): void => settle(`TLS handshake failed: ${error.message}`)
    const onClose = (): void => settle('closed during the TLS handshake')
    const timer = setTimeout(() => settle('TLS handshake timeout'), this.#limits.tlsHandshakeMs)
    socket.on('error', onError)
    socket.on('close', onClose)
    socket.on('end', onClose)
    socket.once('secure', () => settle({ socket, facts: tlsFacts(socket) }))
  }
}

function ignore(): void {}
