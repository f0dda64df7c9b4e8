import { composed } from './composed.ts'
import { inserted, MAX_TYPED } from './composer.ts'
import { viewOf } from './chat-state.ts'
import type { ChatState } from './chat-state.ts'
import { step, told } from './effect.ts'
import type { Step } from './effect.ts'

/** One line goes where the cursor is; of more it is asked whether they are to be sent. */
export function pasted(state: ChatState, raw: string): Step {
  const text = raw.replaceAll(/\r\n?/g, '\n').replace(/\n+$/, '')
  const { composer } = viewOf(state)
  if (text.length + composer.text.length > MAX_TYPED) {
    return step(told(state, state.say('pasteTooLong', { letters: text.length })))
  }
  if (text.includes('\n') && state.open !== undefined) {
    return step({ ...state, panel: { kind: 'paste', text } })
  }
  return written(state, text)
}

/** As if it had been typed. */
export function written(state: ChatState, text: string): Step {
  return composed(state, inserted(viewOf(state).composer, text))
}
