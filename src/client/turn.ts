/** What the client and its host, who owns sockets, timers, cryptography and storage, give each other. */
import type { Change } from './change.ts'
import type { Intent, Login } from './intent.ts'

/**
 * The client: a machine without sockets and timers. Each call is a turn, and returns what it wants done.
 * None of them throws, whatever a server sends.
 */
export interface Client {
  /** What was stored: call it first, with whatever there is. */
  readonly restored: (entries: ReadonlyMap<string, string>) => Turn
  readonly intent: (intent: Intent) => Turn
  /** A socket that an `open` asked for is there. `isSecure`: TLS whose certificate is trusted. */
  readonly opened: (facts: { readonly isSecure: boolean }) => Turn
  /** Lines without their line ends. */
  readonly received: (lines: readonly string[]) => Turn
  /** The socket is gone, or could not be had; in the words of the system. */
  readonly closed: (why: string) => Turn
  /** `wakeAtMs` has come. Too early or too often does no harm. */
  readonly tick: () => Turn
  /** The answer to a `prove`; undefined when it can't be computed here. */
  readonly proved: (id: number, proof: Proof | undefined) => Turn
  /** For an interface that begins now. Changes of later turns apply to it. */
  readonly snapshot: () => Extract<Change, { readonly kind: 'snapshot' }>
}

export interface Turn {
  readonly orders: readonly Order[]
  readonly changes: readonly Change[]
  /** When `tick` is wanted at the latest, on the monotonic clock; absent: never. */
  readonly wakeAtMs?: number
}

/** To be carried out in order. */
export type Order =
  | { readonly kind: 'open' }
  /** To be written, each with a line end. */
  | { readonly kind: 'send'; readonly lines: readonly string[] }
  /** After what was sent has been written. Of this socket the client is to hear no more: not `closed` either. */
  | { readonly kind: 'close' }
  /** Without `value` it is to be forgotten. */
  | { readonly kind: 'store'; readonly key: string; readonly value?: string }
  | { readonly kind: 'prove'; readonly id: number; readonly question: ProofQuestion }
  /** Only TLS from now on, at this port, and for this long. https://ircv3.net/specs/extensions/sts */
  | { readonly kind: 'secure'; readonly port?: number; readonly durationSeconds?: number }

/** SCRAM-SHA-256: see `scram-proof.ts`, which computes it with WebCrypto. */
export interface ProofQuestion {
  readonly password: string
  /** Base64. */
  readonly salt: string
  readonly iterations: number
  readonly authMessage: string
}

/** Both in base64. */
export interface Proof {
  readonly proof: string
  readonly serverSignature: string
}

export interface ClientSettings {
  readonly nick: string
  readonly userName?: string
  readonly realName?: string
  readonly serverPassword?: string
  readonly login?: Login
  /** Joined whenever it connects; those that were open when the client ended come from the store. */
  readonly rooms?: readonly string[]
  readonly metadata?: Readonly<Record<string, string>>
  readonly highlights?: readonly string[]
  /** Others see when we type. */
  readonly showsTyping?: 'yes' | 'no'
}

export interface ClientParts {
  readonly settings: ClientSettings
  readonly clock: { readonly now: () => number; readonly monotonic: () => number }
  /** From 0 up to, and not including, 1. Not to be guessed: names of messages and SASL's nonces are made of it. */
  readonly random: () => number
}
