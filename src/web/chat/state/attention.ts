import type { Conversation, ConversationId, Mention, Model } from '../../../client/model.ts'
import type { Message, TimelineItem } from '../../../client/timeline.ts'

export interface Attention {
  readonly unread: number
  /** What one must see: mentions, and all that was said to oneself alone. */
  readonly calls: number
}

/** How much waits to be read. Conversations that one wants nothing of don't count, nor does what is `readNow`. */
export function attentionOf(
  conversations: Iterable<Conversation>,
  readNow: ConversationId | undefined,
): Attention {
  let unread = 0
  let calls = 0
  for (const known of conversations) {
    const conversation = asSeen(known, readNow)
    unread += isQuiet(conversation) ? 0 : conversation.unread
    calls += callsIn(conversation)
  }
  return { unread, calls }
}

/** As somebody sees it who reads `readNow` to its end: nothing of that waits. */
export function asSeen(
  conversation: Conversation,
  readNow: ConversationId | undefined,
): Conversation {
  return conversation.id === readNow ? { ...conversation, unread: 0, mentions: 0 } : conversation
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

/** After a sleep, more would only be in the way. */
const MOST_CALLS = 5

/** What was called out since `before`, oldest first: each is worth a notification. Nothing of what one wants nothing of. */
export function newCalls(before: Model, after: Model): readonly Mention[] {
  const calls = [...newMentions(before, after), ...newDirects(before, after)]
  const isWanted = ({ conversation }: Mention): boolean =>
    after.conversations.get(conversation)?.notify !== 'nothing'
  const wanted = calls.filter(isWanted).toSorted((a, b) => a.message.timeMs - b.message.timeMs)
  return wanted.slice(-MOST_CALLS)
}

function newMentions(before: Model, after: Model): readonly Mention[] {
  if (before.mentions === after.mentions) return []
  const known = new Set(before.mentions.map(({ message }) => message.id))
  return after.mentions.filter(
    ({ conversation, message }) =>
      !known.has(message.id) && after.conversations.get(conversation)?.kind !== 'direct',
  )
}

/** The last thing that somebody said to one alone: of many that come together one is enough. */
function newDirects(before: Model, after: Model): readonly Mention[] {
  if (before.timelines === after.timelines) return []
  return [...after.conversations.values()].flatMap(({ id, kind, unread }) => {
    if (kind !== 'direct' || unread === 0) return []
    const message = lastOfOthers(after, id)
    const known = lastOfOthers(before, id)
    const isNew = message !== undefined && message.id !== known?.id
    return isNew && message.timeMs >= (known?.timeMs ?? 0) ? [{ conversation: id, message }] : []
  })
}

function lastOfOthers({ timelines }: Model, id: string): Message | undefined {
  const last = timelines.get(id)?.items.findLast(isOfOthers)
  return last?.kind === 'message' ? last : undefined
}

function isOfOthers(item: TimelineItem): boolean {
  return item.kind === 'message' && !item.author.isSelf && item.life.state === 'said'
}
