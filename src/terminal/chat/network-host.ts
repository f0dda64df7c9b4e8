import type { Clock } from '../../base/clock.ts'
import type { Change } from '../../client/change.ts'
import type { Intent } from '../../client/intent.ts'
import { scramProof } from '../../client/scram-proof.ts'
import type { Subtle } from '../../client/scram-proof.ts'
import { readKnownServers } from '../known-servers.ts'
import { hostAndPort } from './chat-address.ts'
import type { Client, Order, ProofQuestion, Turn } from '../../client/turn.ts'
import type { ChatAddress } from './network.ts'
import { ServerSocket } from './server-socket.ts'
import type { StoreFile } from './store-file.ts'
import { keepTransportPolicy } from './transport-policies.ts'
import type { WireLog } from './wire-log.ts'

export interface HostParts {
  readonly client: Client
  readonly address: ChatAddress
  readonly clock: Clock
  readonly store: StoreFile
  readonly knownServersFile: string
  readonly policiesFile: string
  readonly log: WireLog | undefined
  readonly subtle: Subtle
  readonly onChanges: (changes: readonly Change[]) => void
  readonly onOtherCertificate: (fingerprint: string) => void
  readonly onNotKept: (error: unknown) => void
}

const GOODBYE_MS = 1500

/** Gives the client what it has not: a socket, timers, cryptography, a place to keep things. */
export class NetworkHost {
  readonly #parts: HostParts
  readonly #gone = Promise.withResolvers<void>()
  #address: ChatAddress
  #socket: ServerSocket | undefined
  #timer: NodeJS.Timeout | undefined
  /** For how long only TLS will do, as the server has said in this connection. */
  #pledgedSeconds: number | undefined

  constructor(parts: HostParts) {
    this.#parts = parts
    this.#address = parts.address
    this.#carryOut(parts.client.restored(parts.store.entries))
  }

  intent(intent: Intent): void {
    this.#carryOut(this.#parts.client.intent(intent))
  }

  /** Says goodbye, and keeps what waits for the next time. */
  async leave(reason: string | undefined): Promise<void> {
    const hasSocket = this.#socket !== undefined
    this.intent({ kind: 'disconnect', ...(reason === undefined ? {} : { reason }) })
    clearTimeout(this.#timer)
    const patience = setTimeout(() => this.#gone.resolve(), hasSocket ? GOODBYE_MS : 0)
    await this.#gone.promise
    clearTimeout(patience)
    clearTimeout(this.#timer)
    this.#socket?.[Symbol.dispose]()
    this.#pledge()
    this.#parts.store.flush()
  }

  #carryOut({ orders, changes, wakeAtMs }: Turn): void {
    if (changes.length > 0) this.#parts.onChanges(changes)
    for (const order of orders) this.#obey(order)
    clearTimeout(this.#timer)
    if (wakeAtMs === undefined) return
    const inMs = Math.max(0, wakeAtMs - this.#parts.clock.monotonic())
    this.#timer = setTimeout(() => this.#carryOut(this.#parts.client.tick()), inMs)
  }

  #obey(order: Order): void {
    const { store, log } = this.#parts
    switch (order.kind) {
      case 'open':
        return this.#open()
      case 'send':
        log?.write('>', order.lines)
        return this.#socket?.send(order.lines)
      case 'close':
        return this.#socket?.close()
      case 'store':
        return store.store(order.key, order.value)
      case 'prove':
        return void this.#prove(order.id, order.question)
      case 'secure':
        return this.#secure(order)
      default:
        return order satisfies never
    }
  }

  #open(): void {
    const { client, log, onOtherCertificate } = this.#parts
    this.#socket?.[Symbol.dispose]()
    const { host, port, over } = this.#address
    log?.write('*', [`connecting to ${host} ${port} ${over}`])
    this.#pledgedSeconds = undefined
    const socket = new ServerSocket(this.#address, {
      onOpen: (facts) => this.#carryOut(client.opened(facts)),
      onLines: (lines) => {
        log?.write('<', lines)
        this.#carryOut(client.received(lines))
      },
      onClose: (why) => {
        log?.write('*', [`closed: ${why}`])
        if (this.#socket === socket) this.#socket = undefined
        this.#pledge()
        this.#gone.resolve()
        this.#carryOut(client.closed(why))
      },
      onOtherCertificate,
    })
    this.#socket = socket
  }

  /** https://ircv3.net/specs/extensions/sts: without TLS the port counts, over TLS the duration. */
  #secure({ port, durationSeconds }: Extract<Order, { kind: 'secure' }>): void {
    const { host, over } = this.#address
    if (over === 'tls') {
      this.#pledgedSeconds = durationSeconds
      return this.#pledge()
    }
    if (port === undefined) return
    const address = { host, port, over: 'tls' } as const
    const fingerprint = this.#knownFingerprint(hostAndPort(address))
    this.#address = { ...address, ...(fingerprint === undefined ? {} : { fingerprint }) }
  }

  /** "clients MUST reschedule the expiry time when closing connections" */
  #pledge(): void {
    const durationSeconds = this.#pledgedSeconds
    if (durationSeconds === undefined) return
    const { clock, policiesFile } = this.#parts
    const { host, port } = this.#address
    try {
      keepTransportPolicy(policiesFile, { host, port, durationSeconds, nowMs: clock.now() })
    } catch (error) {
      this.#parts.onNotKept(error)
    }
  }

  /** Where the file is damaged, nothing is known, and somebody must vouch for the server. */
  #knownFingerprint(host: string): string | undefined {
    try {
      return readKnownServers(this.#parts.knownServersFile)[host]
    } catch {
      return undefined
    }
  }

  async #prove(id: number, question: ProofQuestion): Promise<void> {
    const proof = await scramProof(this.#parts.subtle, question)
    this.#carryOut(this.#parts.client.proved(id, proof))
  }
}
