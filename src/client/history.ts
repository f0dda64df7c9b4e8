/** What was said before: pages of it, catching up after a break, and jumps. https://ircv3.net/specs/extensions/chathistory */
import { serverTime } from '../protocol/server-time.ts'
import type { Entry, OpenBatch } from './batches.ts'
import { ask, newId, report, setConversation, type Core, type LineParts } from './core.ts'
import { findConversation } from './conversations.ts'
import { nickOf } from './fold.ts'
import { happeningOf, messageOf, msgidTag, placeOf, reactionOf, speechOf, timeOf } from './item.ts'
import { gapState, linkEdit, trim, withQuote } from './live.ts'
import type { Conversation } from './model.ts'
import { MOST } from './most.ts'
import { recount } from './reading.ts'
import { takeRedaction } from './redaction.ts'
import { sayAgain } from './sending.ts'
import { endOf, fillGap, mergePage, openEnd, type Page } from './timeline-merge.ts'
import type { Gap, ItemId, Place, TimelineItem } from './timeline.ts'

/** We are in a conversation again, or for the first time: what was said before we came is asked for. */
export function catchUp(core: Core, id: string): void {
  const timeline = core.view.timeline(id)
  const isFirst = endOf(timeline) === 0
  const canAsk = core.view.parts.server.can.history
  if (isFirst && !canAsk) return
  const gap = openEnd(timeline, { id: newId(core, 'g'), state: gapState(core) })
  if (!canAsk) return
  core.catching.add(id)
  const until = isFirst ? 'full' : 'closed'
  const load = { pages: MOST.catchUpPages, until, ref: undefined } as const
  // What the server has of ours already comes with the page, which is asked for when we know that it does.
  sayAgain(core, id, () => loadGap(core, id, { gap: gap.id, side: 'newer' }, load))
}

interface Load {
  /** At most so many. */
  readonly pages: number
  /** Goes on until the gap is closed, or until one page was half full, which fills a screen. */
  readonly until: 'closed' | 'full'
  readonly ref: string | undefined
}

/** Asks for a page beside a gap, and for further ones while it isn't closed. */
export function loadGap(
  core: Core,
  id: string,
  place: { readonly gap: ItemId; readonly side: 'newer' | 'older' },
  load: Load,
): void {
  const timeline = core.view.timeline(id)
  const gap = timeline.items[timeline.indexOf(place.gap)]
  const conversation = core.view.conversations.get(id)
  if (conversation === undefined || gap?.kind !== 'gap' || gap.state === 'filling') {
    return report(core, load.ref, { kind: 'refused', code: 'notFound', context: [] })
  }
  if (!core.view.parts.server.can.history) {
    return report(core, load.ref, { kind: 'refused', code: 'notSupported', context: [] })
  }
  timeline.replace({ ...gap, state: 'filling' })
  const line = pageQuestion(core, conversation.name, gap, place.side)
  askHistory(core, line, (answer) => {
    core.catching.delete(id)
    if (answer.kind === 'page') {
      const page = pageOf(core, id, answer.entries)
      fillGap(timeline, place, page)
      afterPage(core, id, page)
      const isOpen = timeline.indexOf(place.gap) >= 0
      const most = core.view.parts.server.limits.historyPage
      const isEnough = load.until === 'full' && answer.entries.length * 2 >= most
      if (isOpen && !isEnough && load.pages > 1) {
        return loadGap(core, id, place, { ...load, pages: load.pages - 1 })
      }
      return report(core, load.ref, { kind: 'done', conversation: id })
    }
    const now = timeline.items[timeline.indexOf(place.gap)]
    if (now?.kind !== 'gap') return report(core, load.ref, answer)
    const byTime = withoutMsgids(now)
    if (byTime !== undefined && answer.kind === 'refused' && answer.code !== NOBODY) {
      timeline.replace({ ...byTime, state: 'open' })
      return loadGap(core, id, place, load)
    }
    notLoaded(core, conversation, now, answer)
    report(core, load.ref, answer)
  })
}

/** https://ircv3.net/specs/extensions/chathistory#errors-and-warnings */
const NOBODY = 'INVALID_TARGET'

function notLoaded(
  core: Core,
  { id, kind }: Conversation,
  gap: Gap,
  answer: Exclude<HistoryAnswer, { kind: 'page' }>,
): void {
  const timeline = core.view.timeline(id)
  // With somebody to whom one hasn't talked yet there is no history, and nothing is missing.
  const isNew = kind === 'direct' && gap.older === undefined && gap.newer === undefined
  if (answer.kind === 'refused' && answer.code === NOBODY && isNew) {
    return timeline.removeItem(gap.id)
  }
  const state = answer.kind === 'unknown' ? 'open' : 'failed'
  timeline.replace({ ...gap, state })
}

/** The server may know a place by its time that it doesn't by its msgid: the message is gone. Undefined: it has none. */
function withoutMsgids(gap: Gap): Gap | undefined {
  const { older, newer } = gap
  if (older?.msgid === undefined && newer?.msgid === undefined) return undefined
  return {
    ...gap,
    ...(older === undefined ? {} : { older: { timeMs: older.timeMs - 1 } }),
    ...(newer === undefined ? {} : { newer: { timeMs: newer.timeMs + 1 } }),
  }
}

function pageQuestion(core: Core, target: string, gap: Gap, side: 'newer' | 'older'): LineParts {
  const limit = String(core.view.parts.server.limits.historyPage)
  const { older, newer } = gap
  const params = (...words: string[]) => ({ command: 'CHATHISTORY', params: [...words, limit] })
  if (side === 'older' && older !== undefined) {
    if (newer === undefined) return params('AFTER', target, reference(core, older))
    return params('BETWEEN', target, reference(core, older), reference(core, newer))
  }
  if (newer === undefined) {
    return params('LATEST', target, older === undefined ? '*' : reference(core, older))
  }
  if (older === undefined) return params('BEFORE', target, reference(core, newer))
  return params('BETWEEN', target, reference(core, newer), reference(core, older))
}

function reference(core: Core, { msgid, timeMs }: Place): string {
  const types = core.link.isupport.get('MSGREFTYPES')?.split(',')
  const isKnown = types === undefined || types.includes('msgid')
  return msgid !== undefined && isKnown
    ? `msgid=${msgid}`
    : `timestamp=${serverTime(clamped(timeMs))}`
}

function clamped(timeMs: number): number {
  return Math.min(Math.max(0, timeMs), Date.UTC(9999, 0))
}

type HistoryAnswer =
  | { readonly kind: 'page'; readonly entries: readonly Entry[] }
  | { readonly kind: 'unknown' }
  | {
      readonly kind: 'refused'
      readonly code: string
      readonly text?: string
      readonly context: readonly string[]
    }

function askHistory(core: Core, line: LineParts, then: (answer: HistoryAnswer) => void): void {
  const expects = `chathistory ${line.params?.[1]?.toLowerCase() ?? ''}`
  ask(core, { lines: [line], expects }, (answer) => {
    if (answer.kind === 'unknown') return then({ kind: 'unknown' })
    if (answer.refusal !== undefined) return then({ kind: 'refused', ...answer.refusal })
    const batch = answer.batches.find(({ type }) => type === 'chathistory')
    // No batch: it would look like the end, and nothing must be closed for what wasn't said.
    if (batch === undefined) return then({ kind: 'unknown' })
    then({ kind: 'page', entries: batch.entries })
  })
}

/** Lines of the past as items, each once. What they say about other messages is learnt by the way. */
export function pageOf(core: Core, id: string, entries: readonly Entry[]): Page {
  const items: TimelineItem[] = []
  const places: Place[] = []
  const seen = new Set<string>()
  for (const entry of entries) {
    const line = entry.kind === 'line' ? entry.line : entry.batch.opening
    const msgid = msgidTag(line)
    learnFrom(core, id, entry, items)
    if (line.tags?.has('draft/chathistory-context') === true) continue
    places.push({ timeMs: timeOf(core, line), ...(msgid === undefined ? {} : { msgid }) })
    const item = itemOf(core, entry)
    if (item === undefined || (msgid !== undefined && seen.has(msgid))) continue
    if (msgid !== undefined) seen.add(msgid)
    items.push(item)
  }
  const [first, last] = [places[0], places.at(-1)]
  return first === undefined || last === undefined ? { items } : { items, first, last }
}

function itemOf(core: Core, entry: Entry): TimelineItem | undefined {
  const speech = speechOf(entry)
  if (speech !== undefined) {
    return messageOf(core, speech, placeOf(core, speech.line, speech.target).rank)
  }
  return entry.kind === 'line' ? happeningOf(core, entry.line) : undefined
}

function learnFrom(core: Core, id: string, entry: Entry, items: TimelineItem[]): void {
  if (entry.kind !== 'line') return
  const { line } = entry
  const reaction = reactionOf(core, line)
  if (reaction !== undefined) {
    const nick = nickOf(line.source)
    const isMine = reaction.key === core.view.parts.self.key
    const given = { nick, isMine, isOn: reaction.isOn, timeMs: timeOf(core, line) }
    core.reactions.add(reaction.msgid, reaction.emoji, reaction.key, given)
  }
  if (line.command !== 'REDACT') return
  const redacted = takeRedaction(core, id, line)
  const at = items.findLastIndex(
    (item) => item.kind === 'message' && item.msgid === redacted?.msgid,
  )
  const item = items[at]
  if (redacted === undefined || item?.kind !== 'message') return
  items[at] = { ...item, text: '', life: { state: 'redacted', ...redacted.why } }
}

/** Messages that a page brought, and those around them, learn what they have to do with each other. */
export function afterPage(core: Core, id: string, { items }: Page): void {
  const timeline = core.view.timeline(id)
  for (const item of items) {
    const message = timeline.items[timeline.indexOf(item.id)]
    if (message?.kind !== 'message') continue
    timeline.replace({ ...message, reactions: core.reactions.of(message.msgid) })
  }
  linkAll(core, id)
  const { looksAt } = core.wish
  const first = items[0]
  // The gap that was in view is closed: what has come instead of it is in view now.
  const isGone = looksAt?.at !== undefined && timeline.indexOf(looksAt.at) < 0
  if (looksAt?.conversation === id && isGone && first !== undefined) {
    core.wish.looksAt = { conversation: id, at: first.id }
  }
  trim(core, id)
  recount(core, id)
}

/** Quotes with what they quote, and edits with what they edit. */
function linkAll(core: Core, id: string): void {
  const timeline = core.view.timeline(id)
  for (const item of timeline.items) {
    if (item.kind !== 'message') continue
    const quoting = withQuote(core, id, item)
    if (quoting !== item) timeline.replace(quoting)
    linkEdit(core, id, quoting)
  }
}

/** Shows what is around a message, wherever it is. */
export function jump(core: Core, target: string, msgid: string, ref: string | undefined): void {
  const conversation = findConversation(core, target)
  if (conversation === undefined) {
    return report(core, ref, { kind: 'refused', code: 'notFound', context: [target] })
  }
  const { id, name } = conversation
  const timeline = core.view.timeline(id)
  const arrive = (): boolean => {
    const item = timeline.idOf(msgid)
    if (item === undefined) return false
    core.wish.looksAt = { conversation: id, at: item }
    report(core, ref, { kind: 'done', conversation: id, item })
    return true
  }
  if (arrive()) return
  const limit = String(core.view.parts.server.limits.historyPage)
  const line = { command: 'CHATHISTORY', params: ['AROUND', name, `msgid=${msgid}`, limit] }
  askHistory(core, line, (answer) => {
    if (answer.kind !== 'page') return report(core, ref, answer)
    const page = pageOf(core, id, answer.entries)
    mergePage(timeline, page, () => newId(core, 'g'))
    if (arrive()) return afterPage(core, id, page)
    report(core, ref, { kind: 'refused', code: 'notFound', context: [name, msgid] })
  })
}

/** History that nobody asked for, as bouncers send it. */
export function takeUnasked(core: Core, batch: OpenBatch): void {
  const conversation = findConversation(core, batch.params[0] ?? '')
  if (conversation === undefined) return
  const { id } = conversation
  const page = pageOf(core, id, batch.entries)
  mergePage(core.view.timeline(id), page, () => newId(core, 'g'))
  afterPage(core, id, page)
  const last = page.last?.timeMs
  if (last !== undefined && last > (conversation.lastMessageMs ?? 0)) {
    setConversation(core, id, { lastMessageMs: last })
  }
}
