import { redactRecord } from '../state/redaction.ts'
import { storedLine, buffersOf, type StoredLine } from '../state/stored.ts'
import type { Event } from '../state/event.ts'
import type { Said } from '../state/message-event.ts'
import { senderOf, type ClientMsgid } from '../state/sent.ts'
import type { Network } from '../state/network.ts'
import type { Buffer, BufferId, LogRecord, StoredEvent } from '../state/record.ts'

/** Takes records into the batch that is being gathered, and says its number. */
export interface LogEntrance {
  append(records: readonly LogRecord[], of: 'message' | 'state'): number
}

/** How a kept event is shown, live as in history. */
export interface Entry {
  readonly timeMs: number
  readonly msgid: string
}

interface Place {
  seq: number
  timeMs: number
}

/**
 * Enters events into the buffers that they belong to: gives each its place in the one order of its buffer,
 * its time and its name, and the log its records. Nothing here waits for the log; the gate does.
 */
export class Ledger {
  readonly #network: Network
  readonly #log: LogEntrance | undefined
  readonly #awaits: (batch: number) => void
  readonly #newMsgid: () => string
  readonly #places: Map<BufferId, Place>
  #isSealed = false

  constructor(parts: {
    readonly network: Network
    /** Undefined: nothing is kept. */
    readonly log: LogEntrance | undefined
    /** What is submitted from now on depends on this batch. */
    readonly awaits: (batch: number) => void
    readonly newMsgid: () => string
    /** Where the buffers stand that are there already. */
    readonly places?: ReadonlyMap<BufferId, Readonly<Place>>
  }) {
    this.#network = parts.network
    this.#log = parts.log
    this.#awaits = parts.awaits
    this.#newMsgid = parts.newMsgid
    this.#places = new Map([...(parts.places ?? [])].map(([id, place]) => [id, { ...place }]))
  }

  /** To be called before the event is applied. Undefined: it isn't kept. */
  enter(event: Event, nowMs: number, serverName: string): Entry | undefined {
    if (this.#log === undefined) return undefined
    this.#beginOrRedact(event, nowMs)
    const buffers = buffersOf(this.#network, event)
    if (buffers.length === 0) return undefined
    const stored = storedLine(event, serverName)
    if (stored === undefined) return undefined
    if (event.kind === 'joined') this.#beginRoom(event.channel)
    let timeMs = nowMs
    for (const buffer of buffers) timeMs = Math.max(timeMs, this.#placeOf(buffer).timeMs)
    const msgid = ('msgid' in event ? event.msgid : undefined) ?? this.#newMsgid()
    const records = buffers.map((buffer) => {
      const place = this.#placeOf(buffer)
      place.timeMs = timeMs
      return eventRecord(stored, { buffer, seq: ++place.seq, timeMs, msgid })
    })
    if (event.kind !== 'said') this.#append(records, 'state')
    else if (event.clientMsgid === undefined) this.#append(records, 'message')
    else this.#append([...records, sentRecord(event, event.clientMsgid, timeMs)], 'message')
    return { timeMs, msgid }
  }

  #beginOrRedact(event: Event, nowMs: number): void {
    if (event.kind === 'conversationBegan') this.#begin(conversationBuffer(event, nowMs))
    if (event.kind === 'redacted') this.#append([redactRecord(event, nowMs)], 'message')
  }

  /** Keeps what isn't said in any buffer. */
  keep(records: readonly LogRecord[]): void {
    if (records.length > 0 && !this.#isSealed) this.#append(records, 'state')
  }

  /** The server ends: that people go now says nothing about what is theirs, and what is kept stays as it is. */
  seal(): void {
    this.#isSealed = true
  }

  /** Nothing will be said in it any more. */
  end(buffer: BufferId): void {
    this.#places.delete(buffer)
  }

  #beginRoom({
    buffer,
    name,
    createdAtMs,
  }: {
    buffer: BufferId
    name: string
    createdAtMs: number
  }): void {
    if (this.#places.has(buffer)) return
    this.#begin({ id: buffer, of: 'room', name, people: [], createdAtMs })
  }

  #begin(buffer: Buffer): void {
    this.#places.set(buffer.id, { seq: 0, timeMs: 0 })
    this.#append([{ kind: 'buffer', buffer }], 'state')
  }

  #append(records: readonly LogRecord[], of: 'message' | 'state'): void {
    if (this.#log !== undefined) this.#awaits(this.#log.append(records, of))
  }

  #placeOf(buffer: BufferId): Place {
    const known = this.#places.get(buffer)
    if (known !== undefined) return known
    const place = { seq: 0, timeMs: 0 }
    this.#places.set(buffer, place)
    return place
  }
}

/** Field by field: spreading takes longer than all the rest of it. */
function eventRecord(
  { command, source, person, flags, least, clientTags, body }: StoredLine,
  { buffer, seq, timeMs, msgid }: Omit<StoredEvent, keyof StoredLine>,
): LogRecord {
  const event = {
    buffer,
    seq,
    timeMs,
    msgid,
    command,
    source,
    person,
    flags,
    least,
    clientTags,
    body,
  }
  return { kind: 'event', event }
}

function sentRecord({ by, msgid }: Said, { id, digest }: ClientMsgid, timeMs: number): LogRecord {
  const person = senderOf(by.person)
  return { kind: 'sent', person, clientMsgid: id, msgid, timeMs, digest }
}

function conversationBuffer(
  { conversation }: Extract<Event, { kind: 'conversationBegan' }>,
  createdAtMs: number,
): Buffer {
  const { buffer: id, people, nicks } = conversation
  return { id, of: 'pair', name: nicks.join(' '), people, createdAtMs }
}
