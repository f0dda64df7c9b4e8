import type { Change } from '../../../client/change.ts'
import type { Intent } from '../../../client/intent.ts'
import type { ClientSettings } from '../../../client/turn.ts'

/** What the page says to the worker in which the network runs. All pages of one browser share it. */
export type ToWorker =
  /** A page begins: it is answered with what there is. */
  | { readonly kind: 'hello' }
  /** Somebody has come in. Whoever was here before is forgotten. */
  | { readonly kind: 'begin'; readonly url: string; readonly settings: ClientSettings }
  /** With a `receipt` it wants to hear when what follows from it would outlive the worker. */
  | { readonly kind: 'intent'; readonly intent: Intent; readonly receipt?: string }
  /** One `changes` more has been taken in. */
  | { readonly kind: 'heard' }
  /** They leave for good: nothing is kept of them. */
  | { readonly kind: 'end' }
  /** A page goes. */
  | { readonly kind: 'bye' }

export type FromWorker =
  /** Nobody has come in. */
  | { readonly kind: 'idle' }
  | { readonly kind: 'changes'; readonly changes: readonly Change[] }
  | { readonly kind: 'kept'; readonly receipt: string }
