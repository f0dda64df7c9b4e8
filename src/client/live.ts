/** What is said and done now comes to the end of a timeline. */
import { newId, type Core } from './core.ts'
import type { Conversation } from './model.ts'
import { countMessage, recount } from './reading.ts'
import { endOf, isPending } from './timeline-merge.ts'
import { msgidOf } from './timeline-store.ts'
import { trimTimeline } from './timeline-trim.ts'
import type { Gap, Happening, Message } from './timeline.ts'
import { quoteOf } from './item.ts'

export function appendLive(
  core: Core,
  conversation: Conversation,
  item: Message | Happening,
): void {
  const timeline = core.view.timeline(conversation.id)
  if (timeline.has(msgidOf(item))) return
  const full = item.kind === 'message' ? withQuote(core, conversation.id, item) : item
  timeline.splice(endOf(timeline), 0, [full])
  trim(core, conversation.id)
  if (full.kind !== 'message') return
  countMessage(core, conversation, full)
  linkEdit(core, conversation.id, full)
}

/** What it answers, if that is here. */
export function withQuote(core: Core, id: string, message: Message): Message {
  const { replyTo } = message
  if (replyTo === undefined || replyTo.nick !== undefined) return message
  const original = core.view.timeline(id).message(replyTo.msgid)
  return original === undefined ? message : { ...message, replyTo: quoteOf(original) }
}

/** The message that was taken away to be said anew knows by which one. Only its author can do so. */
export function linkEdit(core: Core, id: string, message: Message): void {
  const { editOf, msgid, author } = message
  if (editOf === undefined || msgid === undefined) return
  const timeline = core.view.timeline(id)
  const before = timeline.message(editOf)
  if (before?.life.state !== 'redacted' || before.author.key !== author.key) return
  if (before.life.editedBy === msgid) return
  timeline.replace({ ...before, life: { ...before.life, editedBy: msgid } })
}

export function trim(core: Core, id: string): void {
  const { looksAt } = core.wish
  const at = looksAt?.conversation === id ? looksAt.at : undefined
  const timeline = core.view.timeline(id)
  const before = timeline.items.length
  trimTimeline(timeline, { at, gapState: gapState(core) }, () => newId(core, 'g'))
  if (timeline.items.length < before) recount(core, id)
}

export function gapState(core: Core): Gap['state'] {
  return core.view.parts.server.can.history ? 'open' : 'lost'
}

/** Reactions to a message, or its redaction, were learnt. */
export function refreshReactions(core: Core, msgid: string): void {
  for (const id of core.view.conversations.keys()) {
    const timeline = core.view.timeline(id)
    const message = timeline.message(msgid)
    if (message !== undefined) {
      timeline.replace({ ...message, reactions: core.reactions.of(msgid) })
    }
  }
}

/** One's own message has its place in the server's order. */
export function settleOwn(core: Core, id: string, message: Message): void {
  const timeline = core.view.timeline(id)
  timeline.removeItem(message.id)
  if (timeline.has(message.msgid)) return
  const end = endOf(timeline)
  const next = timeline.items.findIndex(
    (item, i) => i < end && item.kind !== 'gap' && item.timeMs > message.timeMs,
  )
  const at = next < 0 ? end : next
  // Said before a break that isn't caught up with: it stands in the gap, and comes with it.
  const before = timeline.items[at - 1]
  if (next >= 0 && before?.kind === 'gap' && before.state !== 'lost') return
  timeline.splice(at, 0, [withQuote(core, id, message)])
  trim(core, id)
  const conversation = core.view.conversations.get(id)
  if (conversation !== undefined && !isPending(message)) countMessage(core, conversation, message)
  linkEdit(core, id, message)
}
