/**
 * The completion port: the contract between the sockets and the one thread that owns the chat.
 *
 * The core submits (`send`, `cast`, `enter`, `leave`, `classify`, `close`, `bar`) and takes completions (`opened`,
 * `lines`, `malformed`, `slowed`, `closed`) in batches, in the order in which they happened on each connection.
 * Two implementations satisfy it, one in the core's own thread and one over a pool of workers; the core
 * can't tell which. `test/contract/engine.ts` is the suite that both pass.
 */

import type { SparseHistogram } from '../base/sparse-histogram.ts'

/** A connection's number. Never zero, and never used twice in the life of an engine. */
export type ConnectionId = number

/** A fan-out group's number, chosen by the core: a channel, or any other audience. */
export type RoomId = number

/** Which bytes a connection is to receive of a cast. */
export type DeliveryClass = number

/** Every connection begins as a stranger: under the limits of registration, and out of reach of every cast. */
export const STRANGER: DeliveryClass = 0

/** `except` of a cast that reaches everyone. */
export const NOBODY: ConnectionId = 0

export type Transport = 'tcp' | 'tls' | 'ws' | 'wss'

/** What the TLS handshake settled. `certificateFingerprint`: SHA-256 of the client's certificate, lower-case hex. */
export interface TlsFacts {
  readonly version: string
  readonly cipher: string
  readonly certificateFingerprint?: string
}

export interface Opened {
  readonly kind: 'opened'
  readonly connection: ConnectionId
  readonly transport: Transport
  /** The client's address without brackets or zone; behind a trusted proxy, what its PROXY header says. */
  readonly address: string
  readonly port: number
  /** The name of the listener that accepted it, as given to `listen`. */
  readonly listener: string
  readonly tls?: TlsFacts
  /** What a WebSocket's client calls itself (User-Agent): at most 200 characters, none of them control or format. */
  readonly client?: string
}

/** Whole lines without their line ends. Each is well-formed Unicode, at most `lineBytes` long, without NUL or CR. */
export interface Lines {
  readonly kind: 'lines'
  readonly connection: ConnectionId
  readonly lines: readonly string[]
}

/** Why a line was not handed over: it stands in the order of the lines, and the connection stays open. */
export type LineFault = 'lineTooLong' | 'invalidUtf8' | 'forbiddenByte'

export interface Malformed {
  readonly kind: 'malformed'
  readonly connection: ConnectionId
  readonly fault: LineFault
}

/**
 * What slows a connection down. `budget`: it is not read until it may say more. `queue`: it reads so slowly
 * that more than `slowReaderBytes` wait for it.
 */
export type Slowness = 'budget' | 'queue'

/** This has begun, and is told at most once in 10 s for each connection and cause. */
export interface Slowed {
  readonly kind: 'slowed'
  readonly connection: ConnectionId
  readonly why: Slowness
}

export interface Totals {
  readonly linesIn: number
  readonly bytesIn: number
  readonly bytesOut: number
  readonly openForMs: number
}

/** The last word about a connection, exactly one for each that was opened. */
export interface Closed {
  readonly kind: 'closed'
  readonly connection: ConnectionId
  /** Fit to be shown to people: "Connection closed", "SendQ exceeded", "Ping timeout", … */
  readonly reason: string
  readonly totals: Totals
}

export type Completion = Opened | Lines | Malformed | Slowed | Closed

/** Whole lines, each ended by CR LF: text from the core, bytes once it has crossed to a worker. */
export type Text = string | Uint8Array

/** The lines of a cast for each delivery class that is to hear it; a class that is absent hears nothing. */
export type Variants = ReadonlyMap<DeliveryClass, Text>

/**
 * Submissions of one turn take effect in order. One about a connection that has closed is ignored: the
 * core may not know yet. The engine keeps bytes that it is given, so nobody may write into them afterwards.
 */
export interface Submissions {
  send(connection: ConnectionId, lines: Text): void
  /** To every member of any of `rooms` but `except`; a member of several hears it once. */
  cast(rooms: readonly RoomId[], variants: Variants, except: ConnectionId): void
  enter(connection: ConnectionId, room: RoomId): void
  leave(connection: ConnectionId, room: RoomId): void
  /** From the first call on, the connection is no stranger: the limits of registration are lifted. */
  classify(connection: ConnectionId, deliveryClass: DeliveryClass): void
  /** Sends `farewell` after all that is queued, and closes; `closed` follows with `reason`. Its input is dropped from now on. */
  close(connection: ConnectionId, farewell: Text, reason: string): void
  /** New connections from these networks (CIDR) are dropped at accept, before TLS. Replaces the previous list. */
  bar(networks: readonly string[]): void
}

export interface ListenSpec {
  readonly name: string
  readonly kind: 'plain' | 'tls' | 'http' | 'https'
  readonly host: string
  /** 0: any free port. */
  readonly port: number
  /** Peers whose PROXY protocol header (v1 or v2) is required and believed; CIDR. Empty: none. */
  readonly proxiesFrom?: readonly string[]
  /** WebSocket: the Origins that may connect. `['*']`: all; empty: the listener's own host only. Clients without an Origin may. */
  readonly origins?: readonly string[]
  /** Web: the built page; absent: there is none. */
  readonly page?: PageSpec
}

export interface PageSpec {
  readonly folder: string
  /** What the page is told of this server, by name: see `readPage`. */
  readonly facts?: Readonly<Record<string, string>>
}

export interface Bound {
  readonly name: string
  readonly host: string
  readonly port: number
}

/** PEM texts. */
export interface TlsMaterial {
  readonly key: string
  readonly certificate: string
}

/** A connection or a handshake that failed before it was open, or a listening socket that did. */
export interface Trouble {
  readonly listener: string
  /** Whose it was; of a bad PROXY header, the proxy's. */
  readonly address?: string
  readonly reason: string
}

/** How much later than asked the timers of a thread came. */
export interface LoopDelay {
  readonly p50: number
  readonly p99: number
  readonly max: number
}

/** How busy a thread is. */
export interface LoadFigures {
  /** `undefined`: this Node can't tell one thread's from another's (before 23.9). */
  readonly cpuMs: number | undefined
  /** Since the last asking; `undefined` at the first, or when there was nothing to measure. */
  readonly loopDelayMs: LoopDelay | undefined
  /** In use, of this thread's own heap. */
  readonly heapBytes: number
}

/** How full the rings from and to the core are: shares from 0 to 1. */
export interface RingShares {
  readonly completions: number
  readonly submissions: number
}

/** What one I/O thread looks like from outside; the core's own thread when there is no pool. Counts are since the start. */
export interface ThreadFigures extends LoadFigures {
  readonly connections: number
  /** Those that are not read at this moment for having used up their budget. */
  readonly heldConnections: number
  readonly queuedBytes: number
  /** Lines written to sockets, as fan-out counts them. */
  readonly deliveries: number
  readonly linesIn: number
  readonly bytesIn: number
  readonly bytesOut: number
  /** Connections that were opened. */
  readonly accepted: number
  /** Those that were turned away before, whether they were reported or not. */
  readonly refused: number
  /** Times that a connection was not read for having used up its budget. */
  readonly slowed: number
  /**
   * Milliseconds from the core's beginning with a batch in which somebody spoke until all sockets of this
   * thread that hear it are written. Since the last asking; `undefined`: nobody spoke.
   */
  readonly fanOut: SparseHistogram | undefined
  /** `undefined`: there are none between the core and itself. */
  readonly rings: RingShares | undefined
}

export interface Engine extends Submissions, AsyncDisposable {
  /** Rejects when the address can't be had (`EADDRINUSE`, `EACCES`, …), or when TLS is asked for without material. */
  listen(spec: ListenSpec): Promise<Bound>
  /** New handshakes use this; connections that are open keep what they have. Rejects bad material and keeps the old. */
  useTls(material: TlsMaterial): Promise<void>
  /** Closes the listening sockets; connections stay. */
  stopListening(): Promise<void>
  /** Resolves when every queue is on the wire and every connection that was closed is gone, at the latest after `deadlineMs`. */
  drained(deadlineMs: number): Promise<void>
  /** For one who asks: some of it is what has been since the last asking. */
  figures(): Promise<readonly ThreadFigures[]>
  /** A row for every open connection: `CONNECTION_FIGURES` in connection-figures.ts says what stands where. */
  connectionFigures(): Promise<Float64Array>
}

export type OnCompletions = (batch: readonly Completion[]) => void
