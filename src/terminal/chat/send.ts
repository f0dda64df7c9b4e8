import type { IntentBody } from '../../client/intent.ts'
import { emptied } from './composer.ts'
import { viewOf, withView } from './chat-state.ts'
import type { ChatState } from './chat-state.ts'
import { asks, both, intends, step, told } from './effect.ts'
import type { Step } from './effect.ts'
import { localCommand } from './local-commands.ts'

/** Sends what was written, or does what the command says. */
export function sent(state: ChatState): Step {
  const { composer } = viewOf(state)
  const text = composer.text.trimEnd()
  if (text.trim() === '') return step(state)
  const local = localCommand(withoutWritten(state), text)
  if (local !== undefined) return local
  const isCommand = text.startsWith('/') && !text.startsWith('//')
  if (isCommand) {
    const intent = { kind: 'enter', conversation: state.open ?? '', text } as const
    return asks(withoutWritten(state), intent, { kind: 'open' })
  }
  if (state.open === undefined) return step(told(state, state.say('joinFirst')))
  return both(saidAs(withoutWritten(state), intentOf(state, state.open, text)), withoutDraft)
}

/** A text that is no command, whatever it begins with. */
export function said(state: ChatState, text: string): Step {
  const { open } = state
  if (open === undefined) return step(told(state, state.say('joinFirst')))
  const { replyTo } = viewOf(state)
  const reply = replyTo?.msgid === undefined ? {} : { replyTo: replyTo.msgid }
  return saidAs(withoutReply(state), { kind: 'say', conversation: open, text, ...reply })
}

function intentOf(state: ChatState, conversation: string, typed: string): IntentBody {
  const { replyTo, editing } = viewOf(state)
  const text = typed.startsWith('//') ? typed.slice(1) : typed
  if (editing?.msgid !== undefined) {
    return { kind: 'edit', conversation, msgid: editing.msgid, text }
  }
  const reply = replyTo?.msgid === undefined ? {} : { replyTo: replyTo.msgid }
  return { kind: 'say', conversation, text, ...reply }
}

/** Where it goes is open already, and may not be any more when it has come there. */
function saidAs(state: ChatState, intent: IntentBody): Step {
  return asks(state, intent, { kind: 'notice' })
}

function withoutDraft(state: ChatState): Step {
  const { open } = state
  if (open === undefined) return step(state)
  return intends(state, { kind: 'draft', conversation: open, text: '' })
}

function withoutWritten(state: ChatState): ChatState {
  const { composer } = viewOf(state)
  return withoutReply(withView(state, { composer: emptied(composer), completion: undefined }))
}

/** Whoever says something has read what was there. */
function withoutReply(state: ChatState): ChatState {
  return withView(state, {
    replyTo: undefined,
    editing: undefined,
    scroll: undefined,
    newAfterMs: undefined,
  })
}
