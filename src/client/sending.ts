/** The life of one's own messages: from the queue to their place in the server's order, once. */
import type { Message as Line } from '../protocol/message.ts'
import type { Answer } from './asks.ts'
import { ask, hasCap, store, type Core } from './core.ts'
import { settleOwn } from './live.ts'
import { lineRoom, linesToSay } from './message-lines.ts'
import { MOST } from './most.ts'
import { formatQueue, type Pending } from './queue.ts'
import type { Life, Message, Refusal } from './timeline.ts'
import { newClientMsgid } from './client-msgid.ts'

/** Writes what can be written now: in order, and not so much at a time that the server falls behind. */
export function flushQueue(core: Core): void {
  if (core.link.stage !== 'ready') return
  const blocked = new Set<string>()
  for (const entry of core.queue.entries) {
    if (core.queue.unanswered >= MOST.unanswered) return
    if (core.queue.isOpen(entry.item)) continue
    if (!isWaiting(core, entry)) continue
    if (blocked.has(entry.conversation) || !isReachable(core, entry))
      blocked.add(entry.conversation)
    else write(core, entry)
  }
}

function isWaiting(core: Core, entry: Pending): boolean {
  const state = lifeOf(core, entry)
  return state === 'queued'
}

function lifeOf(core: Core, { conversation, item }: Pending): Life['state'] | undefined {
  const timeline = core.view.timeline(conversation)
  const found = timeline.items[timeline.indexOf(item)]
  return found?.kind === 'message' ? found.life.state : undefined
}

function isReachable(core: Core, { conversation }: Pending): boolean {
  const place = core.view.conversations.get(conversation)
  return place?.standing === 'joined' && !core.catching.has(conversation)
}

/** What was written before the connection broke, and may have arrived; `then`: all of it has an answer. */
export function sayAgain(core: Core, conversation: string, then: () => void): void {
  const again = core.queue.entries.filter(
    (entry) =>
      entry.conversation === conversation && entry.sent === 'named' && isWaiting(core, entry),
  )
  let open = again.length + 1
  const answered = (): void => {
    open--
    if (open === 0) then()
  }
  for (const entry of again) write(core, entry, answered)
  answered()
}

/** `then`: what became of it is known as far as it can be. */
function write(core: Core, entry: Pending, then: () => void = () => {}): void {
  const isNamed = hasCap(core, 'maru.chat/client-msgid')
  // What was written under its name may be known: without names, and when they are forgotten, nobody can ask.
  const canAsk = isNamed && entry.sent === 'named' && !isForgotten(core, entry)
  if (entry.sent !== undefined && !canAsk) {
    setUnknown(core, entry)
    return then()
  }
  const target = core.view.conversations.get(entry.conversation)?.name ?? entry.target
  const room = roomFor(core, { name: target, form: entry.form })
  const batch = hasCap(core, 'draft/multiline')
    ? `m${(++core.link.batchCount).toString(36)}`
    : undefined
  const lines = linesToSay(
    { ...entry, target },
    { room, batch, tags: tagsOf(core, entry, isNamed) },
  )
  if (lines === undefined) {
    fail(core, entry, { code: 'tooLong', context: [] })
    return then()
  }
  const sent = isNamed ? 'named' : 'plain'
  const written: Pending = { ...entry, target, sent, tries: entry.tries + 1 }
  core.queue.replace(written)
  keepQueue(core)
  setLife(core, entry, { state: 'sending' })
  core.queue.written(entry.item, undefined)
  const label = ask(core, { lines }, (answer) => {
    answered(core, written, answer)
    then()
  })
  if (core.queue.isOpen(entry.item)) core.queue.written(entry.item, label)
}

/** An hour less than the server remembers them: docs/client-msgid.md */
const NAMES_LAST_MS = 23 * 3_600_000

function isForgotten(core: Core, { madeAtMs }: Pending): boolean {
  return core.clock.now() - madeAtMs > NAMES_LAST_MS
}

function tagsOf(core: Core, { clientMsgid, replyTo, editOf }: Pending, isNamed: boolean) {
  const tags: (readonly [string, string])[] = []
  if (isNamed) tags.push(['maru.chat/client-msgid', clientMsgid])
  if (replyTo !== undefined) tags.push(['+reply', replyTo], ['+draft/reply', replyTo])
  if (editOf !== undefined) tags.push(['+maru.chat/edit', editOf])
  return hasCap(core, 'message-tags') ? tags : []
}

/** How many bytes of text a line has to offer. */
export function roomFor(
  core: Core,
  { name, form }: { readonly name: string; readonly form: Message['form'] },
): number {
  const room = lineRoom(name, core.view.parts.server.limits.nickLength)
  return form === 'action' ? room - ACTION_BYTES : room
}

const ACTION_BYTES = 9

/** The question is over; the echo, if there is one, came before. */
function answered(core: Core, entry: Pending, answer: Answer): void {
  core.queue.answered(entry.item)
  if (core.queue.find(entry.item) === undefined) return flushQueue(core)
  if (answer.kind === 'answered') {
    if (answer.refusal !== undefined) fail(core, entry, answer.refusal)
    else afterAnswer(core, entry, answer.lines)
  } else if (entry.sent === 'named' && entry.tries < MOST_TRIES) {
    setLife(core, entry, { state: 'queued' })
  } else setUnknown(core, entry)
  flushQueue(core)
}

const MOST_TRIES = 5

function afterAnswer(core: Core, entry: Pending, lines: readonly Line[]): void {
  const known = lines.find(
    ({ command, params }) => command === 'NOTE' && params[1] === 'CLIENT_MSGID_KNOWN',
  )
  const msgid = known?.params[3]
  if (known !== undefined)
    return settle(core, entry, { ...(msgid === undefined ? {} : { msgid }), state: 'said' })
  // Nothing was refused, and nothing confirmed.
  settle(core, entry, { state: 'written' })
}

/** An own message came from the server. True: it is one that waited for this. */
export function takeEcho(
  core: Core,
  message: Message,
  label: string | undefined,
  line: Line,
): boolean {
  const name = line.tags?.get('maru.chat/client-msgid')
  const entry = core.queue.named(name) ?? core.queue.labelled(label) ?? unlabelled(core, message)
  if (entry === undefined) return false
  const { msgid, timeMs, text } = message
  settle(core, entry, { ...(msgid === undefined ? {} : { msgid }), timeMs, text, state: 'said' })
  return true
}

/** Servers that don't label say it in order. */
function unlabelled(core: Core, message: Message): Pending | undefined {
  if (hasCap(core, 'labeled-response')) return undefined
  return core.queue.entries.find(
    ({ item, text }) => core.queue.isOpen(item) && text.trimEnd() === message.text.trimEnd(),
  )
}

interface Settled {
  readonly msgid?: string
  readonly timeMs?: number
  readonly text?: string
  readonly state: 'said' | 'written'
}

function settle(core: Core, entry: Pending, { state, ...facts }: Settled): void {
  core.queue.remove(entry.item)
  keepQueue(core)
  const timeline = core.view.timeline(entry.conversation)
  const item = timeline.items[timeline.indexOf(entry.item)]
  if (item?.kind !== 'message') return
  // Said before the break: it comes in its place, with what is caught up with. See `sayAgain`.
  const isOld = facts.msgid !== undefined && facts.timeMs === undefined
  if (isOld && core.catching.has(entry.conversation)) {
    return timeline.removeItem(item.id)
  }
  const reactions = core.reactions.of(facts.msgid)
  settleOwn(core, entry.conversation, { ...item, ...facts, reactions, life: { state } })
}

export function fail(core: Core, entry: Pending, refusal: Refusal): void {
  core.queue.answered(entry.item)
  setLife(core, entry, { state: 'failed', refusal })
}

function setUnknown(core: Core, entry: Pending): void {
  core.queue.answered(entry.item)
  setLife(core, entry, { state: 'unknown' })
}

export function setLife(core: Core, { conversation, item }: Pending, life: Life): void {
  const timeline = core.view.timeline(conversation)
  const found = timeline.items[timeline.indexOf(item)]
  if (found?.kind === 'message') timeline.replace({ ...found, life })
}

export function keepQueue(core: Core): void {
  store(core, 'queue', formatQueue(core.queue.entries))
}

/** Again, at the user's wish: as a new message, since of the old one nothing certain is known. */
export function resend(core: Core, entry: Pending): void {
  const canAsk = hasCap(core, 'maru.chat/client-msgid') || core.link.stage !== 'ready'
  const isNamed = entry.sent === 'named' && lifeOf(core, entry) === 'unknown'
  const isKnown = isNamed && canAsk && !isForgotten(core, entry)
  const { sent: _sent, ...fresh } = entry
  const clientMsgid = isKnown ? entry.clientMsgid : newClientMsgid(core.random)
  core.queue.replace(isKnown ? { ...entry, tries: 0 } : { ...fresh, clientMsgid, tries: 0 })
  setLife(core, entry, { state: 'queued' })
  keepQueue(core)
  flushQueue(core)
}

export function discard(core: Core, entry: Pending): void {
  core.queue.remove(entry.item)
  core.view.timeline(entry.conversation).removeItem(entry.item)
  keepQueue(core)
}
