import type { Conversation, Mention, Model } from '../../../client/model.ts'

export interface Attention {
  readonly unread: number
  /** What one must see: mentions, and all that was said to oneself alone. */
  readonly calls: number
}

/** How much waits to be read. Conversations that one wants nothing of don't count. */
export function attentionOf(conversations: Iterable<Conversation>): Attention {
  let unread = 0
  let calls = 0
  for (const conversation of conversations) {
    unread += isQuiet(conversation) ? 0 : conversation.unread
    calls += callsIn(conversation)
  }
  return { unread, calls }
}

export function callsIn({ kind, unread, mentions, notify }: Conversation): number {
  if (notify === 'nothing') return 0
  return kind === 'direct' ? unread : mentions
}

function isQuiet({ notify }: Conversation): boolean {
  return notify !== 'all'
}

/** `(3) #art · Maru`; a dot where there is only something to read. */
export function titleOf(name: string | undefined, { unread, calls }: Attention): string {
  const count = calls > 0 ? `(${calls > 99 ? '99+' : calls}) ` : unread > 0 ? '• ' : ''
  return `${count}${name === undefined ? '' : `${name} · `}Maru`
}

/** What was called out since `before`, oldest first: each is worth a notification. */
export function newCalls(before: Model, after: Model): readonly Mention[] {
  if (before.mentions === after.mentions) return []
  const known = new Set(before.mentions.map(({ message }) => message.id))
  return after.mentions.filter(({ message }) => !known.has(message.id)).toReversed()
}
