import { createContext, use, useEffect, useState, useSyncExternalStore } from 'react'
import { systemClock } from '../../../base/clock.ts'
import type { Conversation, ConversationId, Model, Person } from '../../../client/model.ts'
import type { Message } from '../../../client/timeline.ts'
import { strangerOf } from '../state/member-groups.ts'
import type { Place } from '../state/place.ts'
import type { ChatStore } from './chat-store.ts'
import type { Toast } from './toasts.tsx'
import type { WorkerLink } from './worker-link.ts'

/** What stands beside the conversation. */
export type Panel = 'members' | 'search' | 'mentions' | 'notices'

/** What is asked or shown above the page. */
export type Dialog =
  | { readonly kind: 'switcher' | 'directory' | 'shortcuts' | 'settings' | 'account' }
  | { readonly kind: 'create'; readonly name?: string }
  | { readonly kind: 'person'; readonly nick: string; readonly conversation?: ConversationId }
  | { readonly kind: 'room'; readonly conversation: ConversationId }
  | { readonly kind: 'invite'; readonly conversation: ConversationId }
  | { readonly kind: 'leave'; readonly conversation: ConversationId }
  | {
      readonly kind: 'redact'
      readonly conversation: ConversationId
      readonly message: Message
    }
  | {
      readonly kind: 'moderate'
      readonly what: 'kick' | 'ban' | 'mute'
      readonly conversation: ConversationId
      readonly nick: string
    }
  | {
      readonly kind: 'longText'
      readonly conversation: ConversationId
      readonly text: string
      /** The field needn't hold it any more. */
      readonly onSent: () => void
    }

/** What every part of the page works with. */
export interface Chat extends Pick<WorkerLink, 'tell' | 'ask'> {
  readonly store: ChatStore
  readonly place: Place | undefined
  readonly go: (place: Place) => void
  readonly panel: Panel | undefined
  readonly showPanel: (panel: Panel | undefined) => void
  /** The words that the search begins with. */
  readonly searchFor: (words: string) => void
  readonly searched: string
  readonly open: (dialog: Dialog | undefined) => void
  readonly notify: (toast: Toast) => void
  /** On a phone, whether the list of rooms is in front. */
  readonly isListOpen: boolean
  readonly setListOpen: (open: boolean) => void
  readonly leave: () => void
}

export const ChatContext = createContext<Chat | undefined>(undefined)

export function useChat(): Chat {
  const chat = use(ChatContext)
  if (chat === undefined) throw new Error('outside of the chat')
  return chat
}

/** A part of what is known; drawn again when that part has changed. */
export function useModel<Part>(select: (model: Model) => Part): Part {
  const { store } = useChat()
  return useSyncExternalStore(store.subscribe, () => {
    const model = store.model()
    if (model === undefined) throw new Error('nobody is here')
    return select(model)
  })
}

/** The conversation that is shown. */
export function useHere(): Conversation | undefined {
  const { place } = useChat()
  return useModel((model) => (place === undefined ? undefined : conversationAt(model, place.name)))
}

export function conversationAt(model: Model, name: string): Conversation | undefined {
  const folded = name.toLowerCase()
  const known = model.conversations.get(folded)
  if (known !== undefined && known.name.toLowerCase() === folded) return known
  return [...model.conversations.values()].find((one) => one.name.toLowerCase() === folded) ?? known
}

/** Somebody, as far as they are known. */
export function usePerson(key: string, nick: string = key): Person {
  const known = useModel((model) => model.people.get(key))
  return known ?? strangerOf(key, nick)
}

/** The time here, `everyMs` old at most. */
export function useNow(everyMs: number): number {
  const [now, setNow] = useState(() => systemClock.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(systemClock.now()), everyMs)
    return () => clearInterval(timer)
  }, [everyMs])
  return now
}
