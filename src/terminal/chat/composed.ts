import { viewOf, withView } from './chat-state.ts'
import type { ChatState, View } from './chat-state.ts'
import type { Composer } from './composer.ts'
import { intends, step } from './effect.ts'
import type { Step } from './effect.ts'

/** What is being written has changed: it is kept, and others may see that somebody writes. */
export function composed(
  state: ChatState,
  composer: Composer,
  completion?: View['completion'],
): Step {
  const { open } = state
  const before = draftOf(viewOf(state).composer.text)
  const text = draftOf(composer.text)
  const after = withView(state, { composer, completion })
  if (open === undefined || text === before) return step(after)
  return intends(after, { kind: 'draft', conversation: open, text })
}

/** A command is for nobody else, and may have a password in it: it is not kept. */
function draftOf(text: string): string {
  return text.startsWith('/') && !text.startsWith('//') ? '' : text
}
