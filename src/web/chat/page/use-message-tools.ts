import { useMemo } from 'react'
import { stripFormatting } from '../../../client/format.ts'
import type { Message } from '../../../client/timeline.ts'
import { hashOf } from '../state/place.ts'
import { useChat, useModel } from './chat-context.tsx'
import { copyText } from './copy-text.ts'
import { useConversation } from './conversation-context.ts'
import { useSettings } from './settings.tsx'

/** What can be done with a message: what the server can't do, or doesn't let one do, isn't offered. */
export interface MessageTools {
  readonly canReply: boolean
  readonly canReact: boolean
  readonly canEdit: boolean
  readonly canRedact: boolean
  readonly reply: () => void
  readonly edit: () => void
  readonly redact: () => void
  readonly react: (emoji: string) => void
  readonly toggle: (emoji: string, isMine: boolean) => void
  readonly copyText: () => void
  readonly copyLink: () => void
}

export function useMessageTools(message: Message): MessageTools {
  const { t } = useSettings()
  const { tell, open, notify } = useChat()
  const { id, name, answer } = useConversation()
  const can = useModel((model) => model.server.can)
  const isModerator = useModel(
    (model) => /[~&@%]/.test(model.conversations.get(id)?.ownRanks ?? '') || model.self.isOperator,
  )
  return useMemo(() => {
    const { msgid, life, author, form } = message
    const isSaid = life.state === 'said' && msgid !== undefined
    const copy = (text: string, said: string): void => {
      copyText(text)
        .then(() => notify({ text: said }))
        .catch(() => notify({ text: t('notCopied'), tone: 'bad' }))
    }
    const toggle = (emoji: string, isMine: boolean): void => {
      if (msgid === undefined) return
      tell({ kind: isMine ? 'unreact' : 'react', conversation: id, msgid, emoji })
    }
    return {
      canReply: isSaid && can.tags,
      canReact: isSaid && can.tags,
      canEdit: isSaid && can.redact && author.isSelf && form !== 'notice',
      canRedact: isSaid && can.redact && (author.isSelf || isModerator),
      reply: () => answer('reply', message),
      edit: () => answer('edit', message),
      redact: () => open({ kind: 'redact', conversation: id, message }),
      toggle,
      react: (emoji) => {
        const isMine = message.reactions.some((one) => one.emoji === emoji && one.isMine)
        if (!isMine) toggle(emoji, false)
      },
      copyText: () => copy(stripFormatting(message.text), t('textCopied')),
      copyLink: () => {
        if (msgid === undefined) return
        copy(`${location.origin}/${hashOf({ name, msgid })}`, t('linkCopied'))
      },
    }
  }, [message, can, isModerator, id, name, answer, tell, open, notify, t])
}
