/** Intents about messages, and about what is on the screen. */
import { ensureConversation } from './conversations.ts'
import {
  ask,
  askFor,
  hasCap,
  isRoom,
  outcomeOf,
  report,
  type Core,
  type LineParts,
} from './core.ts'
import { jump, loadGap } from './history.ts'
import { notSupported } from './identity.ts'
import type { LookupIntent, MessageIntent, ReadingIntent } from './intent.ts'
import { trim } from './live.ts'
import type { Conversation } from './model.ts'
import { readUpTo } from './reading.ts'
import { keepDirect, notFound } from './room-intents.ts'
import { search } from './search.ts'
import { say } from './saying.ts'
import { discard, resend } from './sending.ts'
import { clearDraft, takeDraft } from './typing.ts'
import { learnPerson } from './people.ts'
import { watchPerson } from './person-lines.ts'
import { emptyWhois } from './whois-lines.ts'
import type { Pending } from './queue.ts'

type Ref = string | undefined

export function takeMessageIntent(
  core: Core,
  intent: Exclude<MessageIntent, { kind: 'enter' }>,
  ref: Ref,
): void {
  if (intent.kind === 'sayTo') return sayTo(core, intent, ref)
  const conversation = core.view.conversations.get(intent.conversation)
  if (conversation === undefined) return notFound(core, intent.conversation, ref)
  switch (intent.kind) {
    case 'say': {
      const { text, form = 'message', replyTo, again } = intent
      clearDraft(core, conversation.id)
      return say(core, conversation, { text, form, replyTo, again, ref })
    }
    case 'resend':
      return ofPending(core, intent.item, ref, (entry) => resend(core, entry))
    case 'discard':
      return ofPending(core, intent.item, ref, (entry) => discard(core, entry))
    case 'react':
    case 'unreact':
      return react(core, conversation, intent, ref)
    case 'redact':
      return redact(core, conversation, intent, ref)
    case 'edit':
      return edit(core, conversation, intent, ref)
    case 'draft':
      return takeDraft(core, conversation.id, intent.text)
    default:
      return intent satisfies never
  }
}

function sayTo(
  core: Core,
  { target, text }: { readonly target: string; readonly text: string },
  ref: Ref,
): void {
  const conversation = /^[^ ,\0\r\n]+$/.test(target) ? ensureConversation(core, target) : undefined // oxlint-disable-line no-control-regex -- line breaks
  if (conversation === undefined) return notFound(core, target, ref)
  if (!isRoom(core, target)) {
    learnPerson(core, target, {})
    watchPerson(core, target)
    keepDirect(core)
  }
  say(core, conversation, { text, form: 'message', ref })
}

function ofPending(core: Core, item: string, ref: Ref, run: (entry: Pending) => void): void {
  const entry = core.queue.find(item)
  if (entry === undefined || core.queue.isOpen(item)) return notFound(core, item, ref)
  run(entry)
  report(core, ref, { kind: 'done', conversation: entry.conversation, item })
}

function react(
  core: Core,
  { name }: Conversation,
  {
    kind,
    msgid,
    emoji,
  }: { readonly kind: 'react' | 'unreact'; readonly msgid: string; readonly emoji: string },
  ref: Ref,
): void {
  if (!hasCap(core, 'message-tags')) return notSupported(core, ref)
  const tags: LineParts['tags'] = [
    ['+reply', msgid],
    ['+draft/reply', msgid],
    [`+draft/${kind}`, emoji],
  ]
  // It is shown when the server has echoed it: others see it then, too.
  askFor(core, ref, { command: 'TAGMSG', params: [name], tags })
}

function redact(
  core: Core,
  { name }: Conversation,
  { msgid, reason }: { readonly msgid: string; readonly reason?: string },
  ref: Ref,
): void {
  if (!core.view.parts.server.can.redact) return notSupported(core, ref)
  askFor(core, ref, {
    command: 'REDACT',
    params: [name, msgid, ...(reason === undefined ? [] : [reason])],
  })
}

/** First the old one goes: of what can't be taken away nothing is said a second time. */
function edit(
  core: Core,
  conversation: Conversation,
  { msgid, text }: { readonly msgid: string; readonly text: string },
  ref: Ref,
): void {
  const before = core.view.timeline(conversation.id).message(msgid)
  if (!core.view.parts.server.can.redact) return notSupported(core, ref)
  if (before === undefined || !before.author.isSelf) return notFound(core, msgid, ref)
  const line = { command: 'REDACT', params: [conversation.name, msgid] }
  ask(core, { lines: [line] }, (answer) => {
    const outcome = outcomeOf(answer)
    if (outcome.kind !== 'done') return report(core, ref, outcome)
    const replyTo = before.replyTo?.msgid
    const form = before.form
    say(core, conversation, {
      text,
      form,
      editOf: msgid,
      ref,
      ...(replyTo === undefined ? {} : { replyTo }),
    })
  })
}

export function takeReading(core: Core, intent: ReadingIntent, ref: Ref): void {
  switch (intent.kind) {
    case 'look': {
      const { conversation, at } = intent
      core.wish.looksAt = { conversation, ...(at === undefined ? {} : { at }) }
      return trim(core, conversation)
    }
    case 'read':
      return readUpTo(core, intent.conversation, intent.upTo)
    case 'fill': {
      const { conversation, gap, side } = intent
      core.wish.looksAt = { conversation, at: intent.at ?? gap }
      return loadGap(core, conversation, { gap, side }, { pages: 1, until: 'full', ref })
    }
    case 'jump':
      return jump(core, intent.target, intent.msgid, ref)
    case 'search':
      return search(core, intent.query, ref)
    case 'clearSearch':
      return core.view.set('search', { state: 'none', results: [], isMore: false })
    case 'dismissNotice':
      return core.view.set(
        'notices',
        core.view.parts.notices.filter(({ id }) => id !== intent.id),
      )
    default:
      return intent satisfies never
  }
}

export function takeLookup(core: Core, intent: LookupIntent, ref: Ref): void {
  switch (intent.kind) {
    case 'whois':
      core.view.set('whois', emptyWhois(intent.nick))
      return askFor(core, ref, { command: 'WHOIS', params: [intent.nick] })
    case 'listRooms': {
      core.view.set('roomList', { ...core.view.parts.roomList, state: 'loading' })
      const params = intent.filter === undefined ? [] : [intent.filter]
      return ask(core, { lines: [{ command: 'LIST', params }] }, (answer) => {
        const { roomList } = core.view.parts
        if (roomList.state === 'loading')
          core.view.set('roomList', { ...roomList, state: 'failed' })
        report(core, ref, outcomeOf(answer))
      }) as undefined
    }
    case 'askService':
      return askFor(core, ref, { command: 'PRIVMSG', params: [intent.service, intent.text] })
    default:
      return intent satisfies never
  }
}
