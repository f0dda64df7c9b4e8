import { itemsOf } from './chat-state.ts'
import type { ChatState } from './chat-state.ts'
import { intends, step, told } from './effect.ts'
import type { Step } from './effect.ts'

/** Sends again what failed or may not have arrived in the open conversation, oldest first. */
export function resentLast(state: ChatState): Step {
  const { open } = state
  const waiting = itemsOf(state).filter(
    (item) =>
      item.kind === 'message' &&
      (item.life.state === 'failed' || item.life.state === 'unknown') &&
      item.author.isSelf,
  )
  if (open === undefined || waiting.length === 0) {
    return step(told(state, state.say('nothingToResend')))
  }
  return intends(
    state,
    ...waiting.map(({ id }) => ({ kind: 'resend', conversation: open, item: id }) as const),
  )
}
