import { scrolled } from './body.ts'
import { withView } from './chat-state.ts'
import type { ChatState } from './chat-state.ts'
import { step } from './effect.ts'
import type { Step } from './effect.ts'
import { layoutOf } from './layout.ts'

/** Rows up or down in what is said. */
export function moved(state: ChatState, by: number): Step {
  const { bodyWidth: width, bodyRows: height } = layoutOf(state)
  return step(withView(state, { scroll: scrolled(state, by, { width, height }) }))
}
