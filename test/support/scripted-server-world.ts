import { webcrypto } from 'node:crypto'
import { applyChanges, type Change } from '../../src/client/change.ts'
import { createClient } from '../../src/client/create-client.ts'
import { emptyModel } from '../../src/client/empty-model.ts'
import type { Intent, IntentBody, Outcome } from '../../src/client/intent.ts'
import type { Conversation, Model } from '../../src/client/model.ts'
import { scramProof, type Subtle } from '../../src/client/scram-proof.ts'
import type { Message, TimelineItem } from '../../src/client/timeline.ts'
import type { Client, ClientSettings, Order, Turn } from '../../src/client/turn.ts'
import { World, type Actor } from './world.ts'

let people = 0

/** A client whose socket is a connection of a world, and whose interface is a model made of its changes. */
export class Person {
  readonly #host: { world: World }
  readonly client: Client
  readonly stored = new Map<string, string>()
  readonly outcomes = new Map<string, Outcome>()
  /** Lines that it wrote. */
  readonly written: string[] = []
  /** Lines that it got. */
  readonly heard: string[] = []
  model: Model
  actor: Actor | undefined
  /** What the client wants opened isn't. */
  isOffline = false
  /** What the server says is lost on the way. */
  isDeaf = false
  /** After every change of the model. */
  onChange: () => void = () => {}
  #refs = 0

  constructor(
    world: World,
    settings: ClientSettings,
    stored: ReadonlyMap<string, string> = new Map(),
  ) {
    this.#host = { world }
    let seed = ++people * 7919
    // Park-Miller: the same in every run.
    const random = () => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647
    const clock = {
      now: () => this.#host.world.core.clock.now(),
      monotonic: () => this.#host.world.core.clock.monotonic(),
    }
    this.client = createClient({ settings, clock, random })
    this.model = emptyModel(settings)
    this.#apply([this.client.snapshot()])
    for (const [key, value] of stored) this.stored.set(key, value)
    this.carryOut(this.client.restored(stored))
  }

  /** Another world takes the place of the one it talked to. */
  moves(world: World): void {
    this.#host.world = world
  }

  does(intent: IntentBody): string {
    const ref = `r${++this.#refs}`
    this.carryOut(this.client.intent({ ...intent, ref } as Intent))
    return ref
  }

  /** Everything that is on its way arrives. */
  async settles(): Promise<void> {
    for (let quiet = 0; quiet < 3; quiet++) {
      await this.#host.world.settles()
      await new Promise((resolve) => setImmediate(resolve))
      if (this.hears()) quiet = -1
    }
  }

  /** Takes what the server wrote; whether there was something. */
  hears(): boolean {
    const { actor } = this
    if (actor === undefined) return false
    const lines = actor.read()
    if (this.isDeaf) return false
    this.heard.push(...lines)
    if (lines.length > 0) this.carryOut(this.client.received(lines))
    if (actor.closedWith !== undefined && this.actor === actor) {
      this.actor = undefined
      this.carryOut(this.client.closed(actor.closedWith))
      return true
    }
    return lines.length > 0
  }

  ticks(): void {
    this.carryOut(this.client.tick())
  }

  /** The connection breaks; `unheard`: with what the server had written on its way. */
  breaks(how: 'heard' | 'unheard' = 'unheard'): void {
    if (how === 'heard') this.hears()
    const { actor } = this
    this.actor = undefined
    actor?.vanishes()
    this.carryOut(this.client.closed('Connection reset by peer'))
  }

  carryOut({ orders, changes }: Turn): void {
    this.#apply(structuredClone(changes))
    for (const order of orders) this.#obey(order)
  }

  #obey(order: Order): void {
    switch (order.kind) {
      case 'open': {
        if (this.isOffline) return this.carryOut(this.client.closed('Network is unreachable'))
        this.actor = this.#host.world.connect()
        return this.carryOut(this.client.opened({ isSecure: true }))
      }
      case 'send':
        this.written.push(...order.lines)
        this.actor?.sends(...order.lines)
        return
      case 'close': {
        const { actor } = this
        this.actor = undefined
        if (actor !== undefined && actor.closedWith === undefined) actor.vanishes('')
        return
      }
      case 'store':
        if (order.value === undefined) this.stored.delete(order.key)
        else this.stored.set(order.key, order.value)
        return
      case 'prove': {
        const subtle = webcrypto.subtle as unknown as Subtle
        void scramProof(subtle, order.question).then((proof) =>
          this.carryOut(this.client.proved(order.id, proof)),
        )
        return
      }
      default:
    }
  }

  #apply(changes: readonly Change[]): void {
    for (const change of changes) {
      if (change.kind === 'outcome') this.outcomes.set(change.ref, change.outcome)
    }
    this.model = applyChanges(this.model, changes)
    this.onChange()
  }

  conversation(name: string): Conversation {
    const found = [...this.model.conversations.values()].find((one) => one.name === name)
    if (found === undefined) throw new Error(`no conversation ${name}`)
    return found
  }

  items(name: string): readonly TimelineItem[] {
    return this.model.timelines.get(this.conversation(name).id)?.items ?? []
  }

  messages(name: string): readonly Message[] {
    return this.items(name).filter((item) => item.kind === 'message')
  }

  texts(name: string): string[] {
    return this.messages(name).map(({ text }) => text)
  }
}

/** Until nobody has anything to hear any more. */
export async function allSettle(...people: readonly Person[]): Promise<void> {
  for (let round = 0; round < 3; round++) for (const person of people) await person.settles()
}

/** Somebody who is online, and in these rooms. */
export async function comesOnline(
  world: World,
  nick: string,
  settings: Partial<ClientSettings> = {},
): Promise<Person> {
  const person = new Person(world, { nick, ...settings })
  person.does({ kind: 'connect' })
  await person.settles()
  return person
}

export const ROOMS = { rooms: ['#art'] }

/** Two people in one room of a world that keeps what is said. */
export async function pair(): Promise<{ world: World; mina: Person; joon: Person }> {
  const world = new World({}, { log: true })
  const mina = await comesOnline(world, 'mina', ROOMS)
  const joon = await comesOnline(world, 'joon', ROOMS)
  await allSettle(mina, joon)
  return { world, mina, joon }
}
