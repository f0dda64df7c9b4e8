import type { ChatState } from './chat-state.ts'
import { opened } from './chat-state.ts'
import { asks, intends, step } from './effect.ts'
import type { Step } from './effect.ts'
import { listItems } from './list-items.ts'
import type { ListAct } from './list-items.ts'
import { searchQuery } from './search-query.ts'

/** Does what the chosen line of the list is for. */
export function actOn(state: ChatState): Step {
  const { panel } = state
  if (panel?.kind !== 'list') return step(state)
  const item = listItems(state, panel)[panel.index]
  if (item?.act === undefined) return step(state)
  return acted(state, item.act, panel.query)
}

function acted(state: ChatState, act: ListAct, query: string): Step {
  const closed = { ...state, panel: undefined }
  switch (act.kind) {
    case 'go':
      return step(opened(closed, act.id))
    case 'join':
      return asks(closed, { kind: 'join', name: act.name }, { kind: 'open' })
    case 'talk':
      return asks(closed, { kind: 'open', nick: act.nick }, { kind: 'open' })
    case 'jump':
      return asks(closed, { kind: 'jump', target: act.target, msgid: act.msgid }, { kind: 'jump' })
    case 'react':
      return reacted(state, act.emoji)
    case 'searchMore': {
      const oldest = state.model.search.results.at(-1)?.message.timeMs
      const before = oldest === undefined ? {} : { beforeMs: oldest }
      return intends(state, { kind: 'search', query: { ...searchQuery(query), ...before } })
    }
    default:
      return act satisfies never
  }
}

/** The message was chosen before the list was opened. */
function reacted(state: ChatState, emoji: string): Step {
  const { open, reactingTo } = state
  const closed = { ...state, panel: undefined, reactingTo: undefined }
  if (open === undefined || reactingTo?.msgid === undefined) return step(closed)
  const { msgid, reactions } = reactingTo
  const isMine = reactions.some((one) => one.emoji === emoji && one.isMine)
  const kind = isMine ? 'unreact' : 'react'
  return asks(closed, { kind, conversation: open, msgid, emoji }, { kind: 'notice' })
}
