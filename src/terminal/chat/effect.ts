import type { Intent, IntentBody } from '../../client/intent.ts'
import type { ChatState, Pending } from './chat-state.ts'

/** What a key or a click leads to beside another picture. */
export type ChatEffect =
  | { readonly kind: 'intent'; readonly intent: Intent }
  | { readonly kind: 'leave'; readonly reason?: string }
  /** Into the clipboard of the terminal. */
  | { readonly kind: 'copy'; readonly text: string }

export interface Step {
  readonly state: ChatState
  readonly effects: readonly ChatEffect[]
}

export function step(state: ChatState, ...effects: readonly ChatEffect[]): Step {
  return { state, effects }
}

export function intends(state: ChatState, ...intents: readonly IntentBody[]): Step {
  return step(state, ...intents.map((intent): ChatEffect => ({ kind: 'intent', intent })))
}

/** Asks, and remembers what is to be done with the outcome. */
export function asks(state: ChatState, intent: IntentBody, pending: Pending): Step {
  const ref = String(state.nextRef)
  const waiting = new Map(state.pending).set(ref, pending)
  return step(
    { ...state, pending: waiting, nextRef: state.nextRef + 1 },
    { kind: 'intent', intent: { ...intent, ref } },
  )
}

export function both(first: Step, next: (state: ChatState) => Step): Step {
  const second = next(first.state)
  return { state: second.state, effects: [...first.effects, ...second.effects] }
}

export function told(
  state: ChatState,
  text: string,
  how: 'good' | 'failure' = 'failure',
): ChatState {
  return { ...state, toast: { text, isFailure: how === 'failure', atMs: state.nowMs } }
}
