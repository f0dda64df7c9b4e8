import { bodyOf, scrolledTo } from './body.ts'
import { withView } from './chat-state.ts'
import type { ChatState } from './chat-state.ts'
import { layoutOf } from './layout.ts'

/** Scrolls as far as is needed for an item to be seen. */
export function shownItem(state: ChatState, item: string): ChatState {
  const { bodyWidth: width, bodyRows } = layoutOf(state)
  const height = Math.max(1, bodyRows - 3)
  const { rows, from, to } = bodyOf(state, width, height)
  const isShown = rows.slice(from, to).some((row) => row.item === item)
  return isShown ? state : withView(state, { scroll: scrolledTo(state, item, { width, height }) })
}
