/** One's own words, from the field to the queue. */
import { newClientMsgid } from './client-msgid.ts'
import { newId, report, type Core } from './core.ts'
import type { SaidBefore } from './intent.ts'
import { quoteOf } from './item.ts'
import { messagesOf } from './message-lines.ts'
import type { Conversation } from './model.ts'
import { MOST } from './most.ts'
import type { Pending } from './queue.ts'
import { flushQueue, keepQueue, roomFor } from './sending.ts'
import type { Life, Message } from './timeline.ts'

export interface Saying {
  readonly text: string
  readonly form: Message['form']
  readonly replyTo?: string | undefined
  readonly editOf?: string | undefined
  readonly again?: SaidBefore | undefined
  readonly ref?: string | undefined
}

/** Puts it into the timeline and the queue; a long text becomes several messages. */
export function say(core: Core, conversation: Conversation, saying: Saying): void {
  const { limits } = core.view.parts.server
  const { form, ref, again } = saying
  const known = core.queue.named(again?.name)
  if (known !== undefined) {
    return report(core, ref, { kind: 'done', conversation: known.conversation, item: known.item })
  }
  const room = roomFor(core, { name: conversation.name, form })
  const texts = messagesOf(saying.text, { room, limits, form })
  const first = texts[0]
  if (first === undefined) {
    return report(core, ref, { kind: 'refused', code: 'missingParameter', context: [] })
  }
  if (core.queue.entries.length + texts.length > MOST.queue) {
    return report(core, ref, { kind: 'refused', code: 'queueFull', context: [] })
  }
  const ids = texts.map((text, i) =>
    enqueue(core, conversation, { ...saying, ...ofPart(saying, i), text }),
  )
  keepQueue(core)
  flushQueue(core)
  const item = ids[0]
  if (item !== undefined) report(core, ref, { kind: 'done', conversation: conversation.id, item })
}

/** The first part answers for the whole; each has a name of its own. */
function ofPart({ replyTo, editOf, again }: Saying, index: number) {
  if (index === 0) return { replyTo, editOf }
  const named = again === undefined ? undefined : { ...again, name: `${again.name}.${index}` }
  return { replyTo: undefined, editOf: undefined, again: named }
}

function enqueue(
  core: Core,
  { id, name }: Conversation,
  { text, form, replyTo, editOf, again }: Saying,
): string {
  const item = newId(core, 'i')
  const madeAtMs = again?.atMs ?? core.clock.now()
  const entry: Pending = {
    conversation: id,
    target: name,
    item,
    clientMsgid: again?.name ?? newClientMsgid(core.random),
    text,
    form,
    ...(replyTo === undefined ? {} : { replyTo }),
    ...(editOf === undefined ? {} : { editOf }),
    madeAtMs,
    // It may be there already: where names mean nothing the user decides.
    ...(again?.atMs === undefined ? {} : { sent: 'named' as const }),
    tries: 0,
  }
  core.queue.add(entry)
  showPending(core, entry, { state: 'queued' })
  return item
}

/** Shows it at the end of its timeline. */
export function showPending(core: Core, entry: Pending, life: Life): void {
  const { conversation, item, text, form, replyTo, editOf, madeAtMs } = entry
  const { nick, key, account } = core.view.parts.self
  const timeline = core.view.timeline(conversation)
  const original = replyTo === undefined ? undefined : timeline.message(replyTo)
  const quote =
    replyTo === undefined
      ? {}
      : { replyTo: original === undefined ? { msgid: replyTo } : quoteOf(original) }
  const message: Message = {
    kind: 'message',
    id: item,
    timeMs: madeAtMs,
    author: {
      nick,
      key,
      isBot: false,
      isSelf: true,
      ...(account === undefined ? {} : { account }),
    },
    form,
    text,
    life,
    ...quote,
    reactions: [],
    isMention: false,
    ...(editOf === undefined ? {} : { editOf }),
  }
  timeline.splice(timeline.items.length, 0, [message])
}
