/** What the thread of the network and the thread of the interface tell each other. */
import type { Change } from '../../client/change.ts'
import type { Intent } from '../../client/intent.ts'
import type { ClientSettings } from '../../client/turn.ts'

export interface ChatAddress {
  readonly host: string
  readonly port: number
  readonly over: 'tls' | 'plain'
  /** SHA-256 of the one certificate that was agreed to, where nobody else vouches for it. */
  readonly fingerprint?: string
}

export interface NetworkStart {
  readonly address: ChatAddress
  readonly settings: ClientSettings
  /** Where drafts and what waits to be sent are kept. */
  readonly storeFile: string
  /** Of certificates that were agreed to. */
  readonly knownServersFile: string
  /** Of hosts that are only spoken to over TLS. */
  readonly policiesFile: string
  /** Where what goes over the wire is written down, without secrets; absent: nowhere. */
  readonly logFile?: string
}

export type ToNetwork =
  | { readonly kind: 'intent'; readonly intent: Intent }
  /** The changes were taken: more may come. */
  | { readonly kind: 'taken' }
  | { readonly kind: 'leave'; readonly reason?: string }

export type FromNetwork =
  | { readonly kind: 'changes'; readonly changes: readonly Change[] }
  /** Another certificate than was agreed to: nothing was sent. */
  | { readonly kind: 'otherCertificate'; readonly fingerprint: string }
  /** A full disk, and the like. */
  | { readonly kind: 'notKept'; readonly reason: string }
  | { readonly kind: 'left' }
