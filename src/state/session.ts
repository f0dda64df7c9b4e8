import type { Capabilities } from '../protocol/capabilities.ts'
import type { Language } from './account.ts'
import type { User } from './user.ts'

/** How a client came in; what the engine reported when it opened. */
export interface Origin {
  readonly transport: 'tcp' | 'tls' | 'ws' | 'wss'
  readonly address: string
  readonly port: number
  readonly listener: string
  readonly tls?: {
    readonly version: string
    readonly cipher: string
    readonly certificateFingerprint?: string
  }
  /** What a web client calls itself, without control and format characters. */
  readonly client?: string
}

/** A multiline message that a client is still sending. https://ircv3.net/specs/extensions/multiline */
export interface OpenBatch {
  readonly reference: string
  readonly target: string
  /** Those of the whole message, formatted. */
  readonly clientTags: string
  readonly label?: string
  readonly clientMsgid?: string
  /** Monotonic. */
  readonly openedAtMs: number
  readonly lines: BatchLine[]
  command?: 'PRIVMSG' | 'NOTICE'
  bytes: number
  /** What else comes of it is ignored. */
  refused?: true
}

export interface BatchLine {
  readonly text: string
  /** Joined to the line before without a line feed. */
  readonly concat: boolean
}

/**
 * One connection. What it negotiates (capabilities, registration, an open batch) is the one thing that
 * its own commands may write; all that others can see of it is written by `evolve` alone.
 */
export interface Session {
  /** The engine's connection number. */
  readonly id: number
  readonly connectedAtMs: number
  origin: Origin
  /** The host name to be shown, before cloaking; the address when there is none. */
  realHost: string
  caps: Capabilities
  /** 0 until CAP LS: the client knows no capabilities; 302 and up: it knows cap-notify and values. */
  capVersion: number
  /** Registration waits for CAP END. */
  negotiating: boolean
  nick?: string
  userName?: string
  realName?: string
  password?: string
  /** Wrong operator passwords on this connection, and wrong passwords of accounts. */
  operFailures?: number
  loginFailures?: number
  /** What AUTHENTICATE has begun here. */
  sasl?: { readonly isOpen: boolean; abort(): void }
  /** The gateway that spoke for it with WEBIRC. */
  gateway?: string
  /** The nick that it asked for last, whether it could be had or not. */
  askedNick?: string
  /** Of an account that it has shown to be its own, before registration; afterwards `user.account` counts. */
  account?: string
  /** What services speak with it, as long as no account says so. */
  language?: Language
  /** What AWAY of this connection says, before registration as well. https://ircv3.net/specs/extensions/pre-away */
  away?: string
  /** Set once it has registered. */
  user?: User
  batch?: OpenBatch
  /** Folded nicks. */
  monitoring?: ReadonlySet<string>
  /** The keys of metadata that it wants to hear of. */
  subscriptions?: ReadonlySet<string>
  /** What it says of itself until it has registered. */
  metadata?: ReadonlyMap<string, string>
  /** How many values it has set since when (monotonic). */
  metadataSets?: { readonly sinceMs: number; readonly count: number }
  /** Monotonic: when its last line came, and when it was last asked for a sign of life. */
  lastLineMs: number
  pingedAtMs?: number
  /** Lines that wait until the answer to a slow question (a password check) is there. */
  waiting?: string[]
  /** The address under which it was counted in. */
  admittedAs?: string
  closing?: true
}

export function createSession(
  id: number,
  origin: Origin,
  nowMs: number,
  monotonicMs: number,
): Session {
  return {
    id,
    connectedAtMs: nowMs,
    origin,
    realHost: origin.address,
    caps: 0,
    capVersion: 0,
    negotiating: false,
    lastLineMs: monotonicMs,
  }
}
