import { useCallback, useRef } from 'react'
import type { Outcome } from '../../../client/intent.ts'
import type { Conversation } from '../../../client/model.ts'
import { withEmoji } from '../state/emoji.ts'
import { sendingOf } from '../state/saying.ts'
import { queryWords } from '../state/search-words.ts'
import { conversationAt, useChat, useModel, type Chat } from './chat-context.tsx'
import type { Answering } from './conversation-view.tsx'
import { useRefusal } from './refusal.ts'
import { useSettings } from './settings.tsx'

interface SendOptions {
  readonly conversation: Conversation
  readonly answering: Answering | undefined
  readonly onAnswered: () => void
}

/** Sends what was typed: something to say, an answer, an edit, or a command. `onSent` empties the field. */
export function useSend(
  { conversation: { id, name }, answering, onAnswered }: SendOptions,
  onSent: () => void,
): (typed: string) => void {
  const chat = useChat()
  const { t } = useSettings()
  const refusalText = useRefusal()
  const { limits, roomPrefixes } = useModel((model) => model.server)
  const isEditing = useRef(false)
  return useCallback(
    (typed: string) => {
      const text = withEmoji(typed.trimEnd())
      if (text.trim() === '') return
      const sending = sendingOf(text, { conversation: id, roomPrefixes }, limits)
      if (sending.kind === 'long') {
        return chat.open({ kind: 'longText', conversation: id, text: sending.text, onSent })
      }
      const msgid = answering?.message.msgid
      const words = { refusal: refusalText, unknown: t('unknownOutcome') }
      if (answering?.how === 'edit' && msgid !== undefined) {
        if (isEditing.current) return undefined
        isEditing.current = true
        // It stays in the field until the old text is gone: what the server doesn't take is not lost.
        return void chat.ask({ kind: 'edit', conversation: id, msgid, text }).then((outcome) => {
          isEditing.current = false
          if (outcome.kind !== 'done') return tellOutcome(chat, outcome, words)
          onSent()
          onAnswered()
        })
      }
      onSent()
      onAnswered()
      if (sending.kind === 'say') {
        return chat.tell({ ...sending.saying, ...(msgid === undefined ? {} : { replyTo: msgid }) })
      }
      if (shown(chat, text, name)) return undefined
      const intent = { kind: 'enter', conversation: id, text } as const
      return void chat.ask(intent).then((outcome) => tellOutcome(chat, outcome, words))
    },
    [chat, id, name, limits, roomPrefixes, answering, onAnswered, onSent, refusalText, t],
  )
}

interface Words {
  readonly refusal: ReturnType<typeof useRefusal>
  readonly unknown: string
}

function tellOutcome(chat: Chat, outcome: Outcome, { refusal, unknown }: Words): void {
  if (outcome.kind === 'unknown') return chat.notify({ text: unknown, tone: 'bad' })
  if (outcome.kind === 'done') {
    return outcome.conversation === undefined ? undefined : goTo(chat, outcome.conversation)
  }
  if (outcome.code === 'help') return chat.open({ kind: 'shortcuts' })
  return chat.notify({ text: [refusal(outcome), ...outcome.context].join(' '), tone: 'bad' })
}

/** Commands whose answer has a place of its own on the page. */
function shown(chat: Chat, text: string, name: string): boolean {
  const [, command = '', rest = ''] = /^\/(\w+)\s*([^]*)$/.exec(text) ?? []
  switch (command.toLowerCase()) {
    case 'search':
      chat.searchFor(queryWords(rest, name))
      return true
    case 'join':
    case 'j':
      return goneTo(chat, rest.trim())
    case 'list':
      chat.open({ kind: 'directory' })
      return true
    case 'motd':
      chat.showPanel('notices')
      return false
    case 'whois':
      if (rest === '') return false
      chat.open({ kind: 'person', nick: rest.split(/\s/, 1).join('') })
      return true
    default:
      return false
  }
}

/** To a room in which one is already: there is nothing that a server would answer. */
function goneTo(chat: Chat, name: string): boolean {
  const model = chat.store.model()
  const room = model === undefined ? undefined : conversationAt(model, name)
  if (room?.standing !== 'joined') return false
  chat.go({ name: room.name })
  return true
}

/** To a room that was joined, or a person that was opened. */
function goTo(chat: Chat, id: string): void {
  const name = chat.store.model()?.conversations.get(id)?.name ?? id
  if (name !== chat.place?.name) chat.go({ name })
}
