import { createContext, use } from 'react'
import type { Message } from '../../../client/timeline.ts'

/** What messages of a conversation work with. */
export interface ConversationTools {
  readonly id: string
  readonly name: string
  readonly jump: (msgid: string) => void
  readonly answer: (how: 'reply' | 'edit', message: Message) => void
  /** Shows what can be done with a message, or the emoji, beside `anchor`; undefined closes it. */
  readonly popUp: (popup: MessagePopup | undefined) => void
  /** While somebody aims at a message, what is said moves nothing. `who` says it and takes it back. */
  readonly hold: (who: string, isHeld: boolean) => void
}

export interface MessagePopup {
  readonly kind: 'menu' | 'emoji'
  readonly message: Message
  readonly anchor: HTMLElement
}

export const ConversationContext = createContext<ConversationTools | undefined>(undefined)

export function useConversation(): ConversationTools {
  const conversation = use(ConversationContext)
  if (conversation === undefined) throw new Error('outside of a conversation')
  return conversation
}
