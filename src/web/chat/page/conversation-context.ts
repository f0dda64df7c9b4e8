import { createContext, use } from 'react'
import type { Message } from '../../../client/timeline.ts'

/** What messages of a conversation work with. */
export interface ConversationTools {
  readonly id: string
  readonly name: string
  readonly jump: (msgid: string) => void
  readonly answer: (how: 'reply' | 'edit', message: Message) => void
}

export const ConversationContext = createContext<ConversationTools | undefined>(undefined)

export function useConversation(): ConversationTools {
  const conversation = use(ConversationContext)
  if (conversation === undefined) throw new Error('outside of a conversation')
  return conversation
}
