import type { Figures } from './figures.ts'
import type { View } from './view.ts'

/**
 * The one stream that every surface of the monitor lives on: a snapshot, then entries in order, and a
 * tick of figures each second. All of it is JSON; times are milliseconds since 1970, durations
 * milliseconds, sizes bytes. A reader that comes back names the epoch and the last `seq` that it has, and
 * goes on from there, or is told of a gap. docs/monitor.md is the description for people.
 */
export const FEED_VERSION = 1

/** The code with which a WebSocket is closed when its reader has to sign in again. https://www.rfc-editor.org/rfc/rfc6455#section-7.4.2 */
export const SESSION_ENDED = 4401

/** Begins anew with each start of the server: numbers of two epochs can't be compared. */
export interface FeedPosition {
  readonly epoch: string
  /** Of the last entry that is known; 0: none. */
  readonly seq: number
}

export interface FeedEntry {
  /** Goes up by one. */
  readonly seq: number
  readonly atMs: number
  readonly event: FeedEvent
}

/** Who a connection is, as far as it is known. */
export interface Who {
  readonly connection: number
  readonly address: string
  readonly nick?: string
  readonly account?: string
}

export interface TlsSeen {
  readonly version: string
  readonly cipher: string
  readonly certificateFingerprint?: string
}

export interface Came extends Who {
  readonly port: number
  readonly transport: 'tcp' | 'tls' | 'ws' | 'wss'
  readonly listener: string
  readonly tls?: TlsSeen
  /** What the client says that it is, if it does. */
  readonly client?: string
}

/** What can happen. Text in it is as people wrote it, with control characters and all: whoever shows it makes it safe. */
export type FeedEvent =
  | ({ readonly kind: 'connected' } & Came)
  | ({
      readonly kind: 'registered'
      readonly userName: string
      readonly host: string
      readonly realName: string
    } & Who)
  | ({ readonly kind: 'renamed'; readonly oldNick: string } & Who)
  | ({
      readonly kind: 'loggedIn'
      readonly as: string
      readonly what: 'account' | 'operator'
    } & Who)
  | ({ readonly kind: 'joined'; readonly room: string; readonly members: number } & Who)
  | ({
      readonly kind: 'left'
      readonly room: string
      readonly members: number
      readonly how: 'part' | 'kick' | 'quit'
      readonly reason: string
      /** Who kicked. */
      readonly by?: string
    } & Who)
  | ({
      readonly kind: 'disconnected'
      readonly reason: string
      readonly openForMs: number
      readonly linesIn: number
      readonly bytesIn: number
      readonly bytesOut: number
    } & Came)
  | {
      readonly kind: 'refused'
      readonly listener: string
      readonly address?: string
      readonly reason: string
      /** So many alike since the last entry about them; floods are told of once a second. */
      readonly times: number
    }
  | ({
      readonly kind: 'slowed'
      /** It talks faster than its budget, or reads slower than we write. */
      readonly why: 'budget' | 'queue'
    } & Who)
  | {
      readonly kind: 'operator'
      readonly by: string
      readonly action: string
      readonly target?: string
      readonly reason?: string
      readonly via: 'irc' | 'monitor'
    }
  | { readonly kind: 'banned'; readonly mask: string; readonly by: string; readonly reason: string }
  | {
      readonly kind: 'unbanned'
      readonly mask: string
      /** Absent: it ended. */ readonly by?: string
    }
  | { readonly kind: 'reloaded'; readonly changed: string; readonly needRestart: string }
  | {
      readonly kind: 'alert'
      readonly name: string
      readonly raised: boolean
      readonly text: string
    }
  | {
      readonly kind: 'log'
      readonly level: 'info' | 'warn' | 'error'
      readonly text: string
      readonly fields: Readonly<Record<string, string | number | boolean>>
    }
  | { readonly kind: 'stopping'; readonly restart: boolean }

/** The counts that must never be older than a second. */
export interface Head {
  readonly connections: number
  readonly peakConnections: number
  /** Registered. */
  readonly people: number
  readonly peakPeople: number
  readonly rooms: number
  readonly operators: number
}

export interface ServerFacts {
  readonly version: string
  readonly serverName: string
  readonly network: string
  readonly startedAtMs: number
  readonly nowMs: number
  readonly listening: readonly {
    readonly name: string
    readonly host: string
    readonly port: number
  }[]
  readonly workers: number
  readonly processId: number
  readonly runtime: string
  readonly platform: string
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error'
  readonly isStopping: boolean
  readonly certificate?: { readonly sha256: string; readonly endsAtMs: number }
  /** Dotted names of the configuration and what they are now. */
  readonly limits: Readonly<Record<string, number>>
}

export interface Snapshot extends FeedPosition {
  readonly version: typeof FEED_VERSION
  readonly facts: ServerFacts
  readonly head: Head
  /** The last second's; absent in the first second. */
  readonly figures?: Figures
  /** The newest of them, oldest first. */
  readonly entries: readonly FeedEntry[]
}

/** What the server sends, one JSON text a frame. */
export type FeedFrame =
  | { readonly type: 'snapshot'; readonly snapshot: Snapshot }
  /** At most 200 ms after the first of them. */
  | { readonly type: 'entries'; readonly entries: readonly FeedEntry[]; readonly head: Head }
  /** Each second. */
  | { readonly type: 'tick'; readonly figures: Figures; readonly head: Head }
  /** So many entries that a returning reader missed are gone; a snapshot follows. */
  | { readonly type: 'gap'; readonly missed: number | 'unknown' }
  /** What is watched, at once and then each second. */
  | ({ readonly type: 'view' } & View)
  /** What the reader sent makes no sense. */
  | { readonly type: 'refused'; readonly reason: string }
