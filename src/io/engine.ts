/**
 * The completion port: the contract between the sockets and the one thread that owns the chat.
 *
 * The core submits (`send`, `cast`, `enter`, `leave`, `classify`, `close`, `bar`) and takes completions (`opened`,
 * `lines`, `malformed`, `closed`) in batches, in the order in which they happened on each connection.
 * Two implementations satisfy it, one in the core's own thread and one over a pool of workers; the core
 * can't tell which. `test/contract/engine.ts` is the suite that both pass.
 */

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

export type Completion = Opened | Lines | Malformed | Closed

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

/** What one I/O thread looks like from outside; the core's own thread when there is no pool. */
export interface ThreadFigures {
  readonly connections: number
  readonly queuedBytes: number
  /** Lines written to sockets, as fan-out counts them. */
  readonly deliveries: number
  /** `undefined`: this Node can't tell one thread's from another's (before 23.9). */
  readonly cpuMs: number | undefined
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
  figures(): Promise<readonly ThreadFigures[]>
}

export type OnCompletions = (batch: readonly Completion[]) => void
