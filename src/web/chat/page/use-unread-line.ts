import { useCallback, useState } from 'react'
import type { Conversation } from '../../../client/model.ts'

export interface UnreadLine {
  /** Where one had stopped reading when the conversation was opened. */
  readonly readUpToMs: number | undefined
  readonly isDismissed: boolean
  readonly dismiss: () => void
}

/** The line stays where it was while one reads on: it shows from where. */
export function useUnreadLine({ readUpToMs, unread }: Conversation): UnreadLine {
  const [from] = useState(() => (unread > 0 ? readUpToMs : undefined))
  const [isDismissed, setDismissed] = useState(false)
  const dismiss = useCallback(() => setDismissed(true), [])
  return { readUpToMs: from, isDismissed, dismiss }
}
