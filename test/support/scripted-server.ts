import { applyChanges } from '../../src/client/change.ts'
import { createClient } from '../../src/client/create-client.ts'
import { emptyModel } from '../../src/client/empty-model.ts'
import type { Intent, IntentBody, Outcome } from '../../src/client/intent.ts'
import type { Model } from '../../src/client/model.ts'
import type { Client, ClientSettings, Order, Turn } from '../../src/client/turn.ts'

/** A client that talks to nobody: the test says each line of the server, and sees each line of the client. */
export class Script {
  readonly client: Client
  readonly outcomes = new Map<string, Outcome>()
  readonly orders: Order[] = []
  model: Model
  wakeAtMs: number | undefined
  nowMs = Date.UTC(2026, 0, 1, 12)
  readonly #written: string[] = []
  #refs = 0
  /** The monotonic clock stood so long. */
  #sleptMs = this.nowMs

  constructor(settings: Partial<ClientSettings> = {}) {
    let seed = 42
    const random = () => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647
    const clock = { now: () => this.nowMs, monotonic: () => this.nowMs - this.#sleptMs }
    const full = { nick: 'me', ...settings }
    this.client = createClient({ settings: full, clock, random })
    this.model = emptyModel(full)
    const snapshot = this.client.snapshot()
    if (snapshot.kind === 'snapshot') this.model = snapshot.model
  }

  /** Online at a server with these capabilities. */
  comesOnline(caps = '', isupport: readonly string[] = []): this {
    this.does({ kind: 'connect' })
    this.take(this.client.opened({ isSecure: true }))
    this.hears(`:srv CAP * LS :${caps}`)
    const asked = this.written().flatMap((line) => /^CAP REQ :?(.*)$/.exec(line)?.[1] ?? [])
    for (const words of asked) this.hears(`:srv CAP * ACK :${words}`)
    this.hears(
      ':srv 001 me :Welcome',
      `:srv 005 me PREFIX=(ov)@+ CHANTYPES=# CHANMODES=b,k,l,imnt ${isupport.join(' ')} :are supported`,
      ':srv 422 me :No MOTD',
    )
    this.written()
    return this
  }

  does(intent: IntentBody): string {
    const ref = `r${++this.#refs}`
    this.take(this.client.intent({ ...intent, ref } as Intent))
    return ref
  }

  hears(...lines: readonly string[]): void {
    this.take(this.client.received(lines))
  }

  passes(ms: number): void {
    this.nowMs += ms
    this.take(this.client.tick())
  }

  /** The same, and the client gets its turns when it wants them. */
  lives(ms: number): void {
    const endMs = this.nowMs + ms
    for (;;) {
      const wantedMs = this.#sleptMs + (this.wakeAtMs ?? Number.POSITIVE_INFINITY)
      if (wantedMs > endMs) break
      this.passes(Math.max(0, wantedMs - this.nowMs))
    }
    this.nowMs = endMs
  }

  /** The device sleeps: the wall clock goes on, nothing else does. */
  sleeps(ms: number): void {
    this.nowMs += ms
    this.#sleptMs += ms
  }

  breaks(): void {
    this.take(this.client.closed('Connection reset by peer'))
  }

  /** What the client wrote since it was last asked. */
  written(): string[] {
    return this.#written.splice(0)
  }

  take({ orders, changes, wakeAtMs }: Turn): void {
    this.wakeAtMs = wakeAtMs
    this.orders.push(...orders)
    for (const order of orders) if (order.kind === 'send') this.#written.push(...order.lines)
    for (const change of changes) {
      if (change.kind === 'outcome') this.outcomes.set(change.ref, change.outcome)
    }
    this.model = applyChanges(this.model, changes)
  }
}
