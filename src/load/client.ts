import type { Buffer } from 'node:buffer'
import { commandAt, numericAt, startsAt } from './line-head.ts'
import { type Count, countLines, splitLines, type Tail } from './lines.ts'
import { greeting, newRegistration, register } from './registration.ts'
import { openWire, type Wire, type WireOptions } from './wire.ts'

/** Hears every message and numeric that a client receives once it's in its room. */
export type Ear = (line: {
  readonly bytes: Buffer
  readonly command: number
  readonly end: number
}) => void

export interface ClientEvents {
  /** In the room; again after each `rejoin` and `connect`. */
  joined(client: Client): void
  /** Refused or cut off; `when` tells whether it had been in the room. */
  lost(client: Client, when: 'joining' | 'joined', reason: string): void
  received(bytes: number, lines: number): void
}

export interface ClientOptions {
  readonly index: number
  readonly nick: string
  /** In lower case. */
  readonly room: string
  readonly lines: 'plain' | 'tagged'
  readonly wire: WireOptions
  readonly events: ClientEvents
}

/**
 * A client that registers, joins one room, and stays. One without an ear only counts the lines that
 * it receives.
 */
export class Client {
  readonly index: number
  readonly room: string
  ear: Ear | undefined
  /** Of the clock that is given to `connect` and `rejoin`. */
  startedMs = 0
  #state: 'away' | 'registering' | 'joining' | 'joined' = 'away'
  #registration = newRegistration('')
  #wire: Wire | undefined
  readonly #options: ClientOptions
  readonly #count: Count = { lines: 0, readFrom: -1, atLineStart: true }
  readonly #tail: Tail = { held: undefined }

  constructor(options: ClientOptions) {
    this.#options = options
    this.index = options.index
    this.room = options.room
  }

  get state(): 'away' | 'registering' | 'joining' | 'joined' {
    return this.#state
  }

  get capabilities(): readonly string[] {
    return this.#registration.agreed
  }

  connect(nowMs: number): void {
    const { nick, lines } = this.#options
    this.startedMs = nowMs
    this.#state = 'registering'
    this.#registration = newRegistration(nick)
    this.#tail.held = undefined
    this.#count.atLineStart = true
    const wire = openWire(this.#options.wire, {
      opened: () => wire.send(greeting(nick, lines)),
      received: (bytes, end) => this.#received(bytes, end),
      closed: (reason) => this.#lost(reason),
    })
    this.#wire = wire
  }

  rejoin(nowMs: number): void {
    this.startedMs = nowMs
    this.#state = 'joining'
    this.send(`PART ${this.room}\r\nJOIN ${this.room}\r\n`)
  }

  send(lines: string): void {
    this.#wire?.send(lines)
  }

  /** Without a farewell, and without an event. */
  cut(): void {
    this.#state = 'away'
    this.#wire?.cut()
    this.#wire = undefined
  }

  /** Ends a client that waits for too long. */
  giveUp(reason: string): void {
    this.#lost(reason)
  }

  #lost(reason: string): void {
    if (this.#state === 'away') return
    const when = this.#state === 'joined' ? 'joined' : 'joining'
    this.cut()
    this.#options.events.lost(this, when, reason)
  }

  #received(bytes: Buffer, end: number): void {
    const count = this.#count
    count.lines = 0
    let from = 0
    if (this.#state === 'joined' && this.ear === undefined && this.#tail.held === undefined) {
      countLines(bytes, end, count)
      from = count.readFrom === -1 ? end : count.readFrom
    }
    if (from < end) this.#read(bytes, from, end)
    this.#options.events.received(end, count.lines)
  }

  #read(bytes: Buffer, from: number, end: number): void {
    const whole = splitLines(bytes, { from, end }, this.#tail, this.#onLine)
    this.#count.atLineStart = this.#tail.held === undefined
    if (!whole) this.#lost('sent something that is no line')
  }

  readonly #onLine = (bytes: Buffer, start: number, end: number): void => {
    this.#count.lines++
    if (this.#state === 'away') return
    const command = commandAt(bytes, start, end)
    if (startsAt(bytes, command, 'PING') || startsAt(bytes, command, 'ERROR')) {
      this.#step(bytes.toString('latin1', start, end))
    } else if (this.#state === 'joined') {
      this.ear?.({ bytes, command, end })
    } else if (isOfRegistration(bytes, command, end)) {
      this.#step(bytes.toString('latin1', start, end))
    }
  }

  #step(line: string): void {
    const step = register(line, this.#registration, this.room)
    switch (step.kind) {
      case 'wait':
        return
      case 'say':
        return this.send(step.lines)
      case 'welcomed':
        this.#state = 'joining'
        return this.send(`JOIN ${this.room}\r\n`)
      case 'joined':
        if (this.#state !== 'joining') return
        this.#state = 'joined'
        return this.#options.events.joined(this)
      case 'refused':
        return this.#lost(step.reason)
    }
  }
}

const RPL_NAMREPLY = 353

/** In a storm, thousands of JOIN, PART and NAMES lines reach each client: they aren't worth a string. */
function isOfRegistration(bytes: Buffer, command: number, end: number): boolean {
  const numeric = numericAt(bytes, command, end)
  return numeric === 0 ? startsAt(bytes, command, 'CAP') : numeric !== RPL_NAMREPLY
}
