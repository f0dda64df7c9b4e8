import { typeInto } from '../form.ts'
import type { Key } from '../key-decoder.ts'
import type { ChatState, Panel } from './chat-state.ts'
import { asks, intends, step } from './effect.ts'
import type { Step } from './effect.ts'
import { layoutOf } from './layout.ts'
import { actOn } from './list-acts.ts'
import { listItems } from './list-items.ts'
import type { ListPanel } from './list-items.ts'
import { pressForMessage } from './message-keys.ts'
import { isTypedInto } from './panel-lines.ts'
import { written } from './paste.ts'
import { searchQuery } from './search-query.ts'
import { said } from './send.ts'

export function pressInPanel(state: ChatState, panel: Panel, key: Key): Step {
  const isInterrupted = key.kind === 'control' && key.letter === 'c'
  if ((isNamed(key, 'escape') || isInterrupted) && panel.kind !== 'question') {
    return step({ ...state, panel: undefined })
  }
  switch (panel.kind) {
    case 'list':
      return pressInList(state, panel, key)
    case 'message':
      return pressForMessage(state, panel, key)
    case 'paste':
      return pressForPaste(state, panel.text, key)
    case 'delete':
      return pressForDelete(state, panel, key)
    case 'leave':
      return pressForLeave(state, key)
    case 'question':
      return pressForQuestion(state, panel, key)
    default:
      return panel satisfies never
  }
}

function isNamed(key: Key, name: string): boolean {
  return key.kind === 'named' && key.name === name
}

/** The letters of both keyboards. */
function isText(key: Key, letters: string): boolean {
  return key.kind === 'text' && letters.includes(key.text)
}

function pressInList(state: ChatState, panel: ListPanel, key: Key): Step {
  const at = (index: number): Step => {
    const last = listItems(state, panel).length - 1
    return step({ ...state, panel: { ...panel, index: Math.max(0, Math.min(index, last)) } })
  }
  const page = Math.max(1, layoutOf(state).bodyRows - 6)
  if (isNamed(key, 'up')) return at(panel.index - 1)
  if (isNamed(key, 'down')) return at(panel.index + 1)
  if (isNamed(key, 'pageUp')) return at(panel.index - page)
  if (isNamed(key, 'pageDown')) return at(panel.index + page)
  if (isNamed(key, 'enter')) return entered(state, panel)
  if (!isTypedInto(panel)) return step(state)
  const query = typeInto(panel.query, key)
  return query === panel.query ? step(state) : step(queried(state, { ...panel, query, index: 0 }))
}

/** Other words are another search: what was found for those before is not shown as found for these. */
function queried(state: ChatState, panel: ListPanel): ChatState {
  if (panel.of !== 'search' || state.model.search.state === 'none') return { ...state, panel }
  const search = { state: 'none', results: [], isMore: false } as const
  return { ...state, panel, model: { ...state.model, search } }
}

function entered(state: ChatState, panel: ListPanel): Step {
  const { search, server } = state.model
  const isAsked = panel.of === 'search' && search.state === 'none' && server.can.search
  if (!isAsked) return actOn(state)
  const query = searchQuery(panel.query)
  if (query.text === '' && query.from === undefined) return step(state)
  return intends(state, { kind: 'search', query })
}

function pressForPaste(state: ChatState, text: string, key: Key): Step {
  const closed = { ...state, panel: undefined }
  if (isNamed(key, 'enter') || isText(key, 'yYㅛ')) return said(closed, text)
  if (isText(key, 'eEㄷ')) return written(closed, text)
  return isText(key, 'nNㅜ') ? step(closed) : step(state)
}

function pressForDelete(
  state: ChatState,
  panel: Extract<Panel, { kind: 'delete' }>,
  key: Key,
): Step {
  const { open } = state
  if (!isNamed(key, 'enter')) {
    return step({ ...state, panel: { ...panel, reason: typeInto(panel.reason, key) } })
  }
  const closed = { ...state, panel: undefined }
  const item = open === undefined ? undefined : itemMsgid(state, panel.item)
  if (open === undefined || item === undefined) return step(closed)
  const reason = panel.reason.trim()
  const why = reason === '' ? {} : { reason }
  return asks(
    closed,
    { kind: 'redact', conversation: open, msgid: item, ...why },
    { kind: 'notice' },
  )
}

function itemMsgid({ model, open }: ChatState, id: string): string | undefined {
  const items = open === undefined ? [] : (model.timelines.get(open)?.items ?? [])
  const item = items.find((one) => one.id === id)
  return item?.kind === 'message' ? item.msgid : undefined
}

function pressForLeave(state: ChatState, key: Key): Step {
  if (isNamed(key, 'enter') || isText(key, 'yYㅛ')) return step(state, { kind: 'leave' })
  return isText(key, 'nNㅜ') ? step({ ...state, panel: undefined }) : step(state)
}

function pressForQuestion(
  state: ChatState,
  panel: Extract<Panel, { kind: 'question' }>,
  key: Key,
): Step {
  const isLogin = state.model.connection.question?.kind === 'login'
  if (key.kind === 'control' && key.letter === 'c') return step(state, { kind: 'leave' })
  if (isNamed(key, 'escape')) {
    return isLogin ? intends({ ...state, panel: undefined }, { kind: 'guest' }) : step(state)
  }
  if (isLogin && (isNamed(key, 'tab') || isNamed(key, 'backTab'))) {
    return step({ ...state, panel: { ...panel, at: panel.at === 0 ? 1 : 0 } })
  }
  if (isNamed(key, 'enter')) return answered(state, panel)
  const typed =
    panel.at === 0
      ? { name: typeInto(panel.name, key).replaceAll(' ', '') }
      : { secret: typeInto(panel.secret, key) }
  return step({ ...state, panel: { ...panel, ...typed } })
}

function answered(state: ChatState, panel: Extract<Panel, { kind: 'question' }>): Step {
  const { name, secret } = panel
  const { question } = state.model.connection
  if (name === '') return step(state)
  const closed = { ...state, panel: undefined }
  if (question?.kind !== 'login') return intends(closed, { kind: 'chooseNick', nick: name })
  if (secret === '') return step({ ...state, panel: { ...panel, at: 1 } })
  const login = { mechanism: 'password', account: name, password: secret } as const
  return intends(closed, { kind: 'login', login })
}
