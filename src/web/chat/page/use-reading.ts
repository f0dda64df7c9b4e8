import { createContext, use, useEffect, useSyncExternalStore } from 'react'
import type { ConversationId } from '../../../client/model.ts'
import type { Row } from '../state/rows.ts'
import { useChat } from './chat-context.tsx'
import { isLookedAt, onLook } from './looked-at.ts'

/** The conversation that somebody reads to its end at this moment: what comes there is seen, and waits for nobody. */
interface Reading {
  readonly conversation: ConversationId | undefined
  readonly change: (conversation: ConversationId | undefined) => void
}

export const ReadingContext = createContext<Reading>({
  conversation: undefined,
  change: () => undefined,
})

/** It counts as unread until the client knows better, which is a moment later than one sees it. */
export function useReadNow(): ConversationId | undefined {
  return use(ReadingContext).conversation
}

interface ReadingOptions {
  readonly conversation: ConversationId
  readonly rows: readonly Row[]
  /** The end is in view. */
  readonly isAtEnd: boolean
}

/** What is at the end and looked at is read. */
export function useReading({ conversation, rows, isAtEnd }: ReadingOptions): void {
  const { tell } = useChat()
  const { change } = use(ReadingContext)
  const isReading = useSyncExternalStore(onLook, isLookedAt) && isAtEnd
  useEffect(() => {
    if (isReading) tell({ kind: 'read', conversation })
  }, [conversation, rows, isReading, tell])
  useEffect(() => {
    if (!isReading) return undefined
    change(conversation)
    return () => change(undefined)
  }, [conversation, isReading, change])
}
