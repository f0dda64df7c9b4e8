import type { Message } from '../../client/timeline.ts'
import { stripFormatting } from '../../client/format.ts'
import type { Key } from '../key-decoder.ts'
import { openConversation, itemsOf, messageOf, viewOf, withView } from './chat-state.ts'
import type { ChatState, Panel } from './chat-state.ts'
import { withText } from './composer.ts'
import { asks, intends, step, told } from './effect.ts'
import type { Step } from './effect.ts'
import { shownItem } from './shown-item.ts'

type MessagePanel = Extract<Panel, { kind: 'message' }>

/** What can be done with a message that was chosen. */
export function pressForMessage(state: ChatState, panel: MessagePanel, key: Key): Step {
  const message = messageOf(state, panel.item)
  if (message === undefined) return step({ ...state, panel: undefined })
  if (key.kind === 'named') return step(chosen(state, panel, key.name))
  if (key.kind === 'control' && key.letter === 'r') return resent(state, message)
  if (key.kind !== 'text') return step(state)
  return ACTS[key.text.toLowerCase()]?.(state, message) ?? step(state)
}

function chosen(state: ChatState, panel: MessagePanel, name: string): ChatState {
  const by = name === 'up' ? -1 : name === 'down' ? 1 : 0
  if (by === 0) return state
  const messages = itemsOf(state).filter((item) => item.kind === 'message')
  const at = messages.findIndex(({ id }) => id === panel.item) + by
  const item = messages[at]
  if (item === undefined) return by > 0 ? { ...state, panel: undefined } : state
  return shownItem({ ...state, panel: { kind: 'message', item: item.id } }, item.id)
}

type Act = (state: ChatState, message: Message) => Step

const answered: Act = (state, message) => {
  if (message.msgid === undefined) return step(told(state, state.say('cannotNow')))
  if (!state.model.server.can.tags) return step(told(state, state.say('serverCannot')))
  return step(withView({ ...state, panel: undefined }, { replyTo: message, editing: undefined }))
}

const reacted: Act = (state, message) => {
  if (message.msgid === undefined) return step(told(state, state.say('cannotNow')))
  if (!state.model.server.can.tags) return step(told(state, state.say('serverCannot')))
  const panel = { kind: 'list', of: 'reaction', query: '', index: 0 } as const
  return step({ ...state, panel, reactingTo: message })
}

const editedAnew: Act = (state, message) => {
  if (!message.author.isSelf) return step(told(state, state.say('cannotEdit')))
  if (message.msgid === undefined) return step(told(state, state.say('cannotNow')))
  if (!state.model.server.can.redact) return step(told(state, state.say('serverCannot')))
  const composer = withText(viewOf(state).composer, message.text)
  return step(
    withView({ ...state, panel: undefined }, { composer, editing: message, replyTo: undefined }),
  )
}

/** What was never said is only taken out of the list. */
const removed: Act = (state, message) => {
  const { open } = state
  const isSaid = message.life.state === 'said' || message.life.state === 'written'
  if (!isSaid && open !== undefined && message.life.state !== 'redacted') {
    const closed = { ...state, panel: undefined }
    return intends(closed, { kind: 'discard', conversation: open, item: message.id })
  }
  if (message.msgid === undefined) return step(told(state, state.say('cannotNow')))
  if (!state.model.server.can.redact) return step(told(state, state.say('serverCannot')))
  return step({ ...state, panel: { kind: 'delete', item: message.id, reason: '' } })
}

const copied: Act = (state, message) =>
  step(told({ ...state, panel: undefined }, state.say('copied'), 'good'), {
    kind: 'copy',
    text: stripFormatting(message.text),
  })

const wentToQuote: Act = (state, { replyTo }) => {
  const conversation = openConversation(state)
  if (replyTo === undefined || conversation === undefined) return step(state)
  const here = itemsOf(state).find(
    (item) => item.kind === 'message' && item.msgid === replyTo.msgid,
  )
  if (here !== undefined) {
    return step(shownItem({ ...state, panel: { kind: 'message', item: here.id } }, here.id))
  }
  const intent = { kind: 'jump', target: conversation.name, msgid: replyTo.msgid } as const
  return asks({ ...state, panel: undefined }, intent, { kind: 'jump' })
}

function resent(state: ChatState, { id }: Message): Step {
  const { open } = state
  const closed = { ...state, panel: undefined }
  return open === undefined
    ? step(closed)
    : intends(closed, { kind: 'resend', conversation: open, item: id })
}

/** By the letters of both keyboards. */
const ACTS: Readonly<Record<string, Act>> = {
  r: answered,
  ㄱ: answered,
  '+': reacted,
  e: editedAnew,
  ㄷ: editedAnew,
  d: removed,
  ㅇ: removed,
  c: copied,
  ㅊ: copied,
  g: wentToQuote,
  ㅎ: wentToQuote,
}
