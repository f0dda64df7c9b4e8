/** What is read and what isn't, and how others of our devices learn of it. https://ircv3.net/specs/extensions/read-marker */
import { parseServerTime, serverTime } from '../protocol/server-time.ts'
import { hasCap, send, setConversation, store, type Core } from './core.ts'
import type { Conversation } from './model.ts'
import { MOST } from './most.ts'
import type { ItemId, Message, TimelineItem } from './timeline.ts'

/** Somebody said something now. */
export function countMessage(core: Core, conversation: Conversation, message: Message): void {
  const { id, unread, mentions, lastMessageMs = 0, readUpToMs = 0 } = conversation
  const isNew = !message.author.isSelf && message.timeMs > readUpToMs
  const isMention = isNew && (message.isMention || conversation.kind === 'direct')
  setConversation(core, id, {
    lastMessageMs: Math.max(lastMessageMs, message.timeMs),
    unread: unread + (isNew ? 1 : 0),
    mentions: mentions + (isMention ? 1 : 0),
  })
  if (!isMention || !message.isMention) return
  const mention = { conversation: id, message }
  core.view.set('mentions', [mention, ...core.view.parts.mentions].slice(0, MOST.mentions))
}

/** Counts again, after the marker or what is here has changed. */
export function recount(core: Core, id: string): void {
  const conversation = core.view.conversations.get(id)
  if (conversation === undefined) return
  const { readUpToMs, lastMessageMs = 0, kind } = conversation
  const { items, isComplete } = core.view.timeline(id)
  const newest = items.findLast((item) => item.kind === 'message' && item.life.state === 'said')
  const newestMs = newest === undefined || newest.kind === 'gap' ? 0 : newest.timeMs
  const last = Math.max(lastMessageMs, newestMs)
  const shown = last === 0 ? {} : { lastMessageMs: last }
  if (readUpToMs === undefined) {
    return setConversation(core, id, { ...shown, unread: 0, mentions: 0, isMoreUnread: false })
  }
  const read = items.findLastIndex((item) => item.kind !== 'gap' && item.timeMs <= readUpToMs)
  const after = items.slice(read + 1)
  const unread = after.filter(isUnread)
  const mentions = unread.filter((item) => item.isMention || kind === 'direct')
  const hasGap = after.some((item) => item.kind === 'gap' && item.state !== 'lost')
  const isMoreUnread = unread.length > 0 && (hasGap || (read < 0 && !isComplete))
  const counts = { unread: unread.length, mentions: mentions.length, isMoreUnread }
  setConversation(core, id, { ...shown, ...counts })
}

function isUnread(item: TimelineItem): item is Message {
  return item.kind === 'message' && !item.author.isSelf && item.life.state === 'said'
}

/** The user has seen everything up to an item, or to the end. */
export function readUpTo(core: Core, id: string, upTo: ItemId | undefined): void {
  const conversation = core.view.conversations.get(id)
  const { items } = core.view.timeline(id)
  const at = upTo === undefined ? items.length - 1 : core.view.timeline(id).indexOf(upTo)
  const last = items
    .slice(0, at + 1)
    .findLast((item) => item.kind === 'message' && item.life.state === 'said')
  if (conversation === undefined || last === undefined || last.kind === 'gap') return
  if (last.timeMs <= (conversation.readUpToMs ?? 0)) return
  moveMarker(core, id, last.timeMs)
  if (!hasCap(core, 'draft/read-marker')) return store(core, `read:${id}`, String(last.timeMs))
  const timer = `marker:${id}`
  if (core.timers.has(timer)) return
  core.timers.set(timer, core.clock.monotonic() + MARKER_MS, () => sendMarker(core, id))
}

/** While somebody scrolls, one marker a second is enough. */
const MARKER_MS = 1000

function sendMarker(core: Core, id: string): void {
  const conversation = core.view.conversations.get(id)
  if (conversation?.readUpToMs === undefined) return
  const { name, readUpToMs } = conversation
  send(core, { command: 'MARKREAD', params: [name, `timestamp=${serverTime(readUpToMs)}`] })
}

/** What the server says of our marker, because another of our devices moved it or we came into the room. */
export function takeMarker(core: Core, conversation: Conversation, value: string): void {
  const timeMs = parseServerTime(value.replace(/^timestamp=/, ''))
  // Never set: what was said before we came here first is not counted.
  if (timeMs === undefined) {
    if (conversation.readUpToMs === undefined)
      moveMarker(core, conversation.id, core.clock.now() - 1)
    return
  }
  if (timeMs > (conversation.readUpToMs ?? 0)) moveMarker(core, conversation.id, timeMs)
}

/** Of a direct conversation: for rooms it comes when one enters them. */
export function askMarker(core: Core, name: string): void {
  if (hasCap(core, 'draft/read-marker')) send(core, { command: 'MARKREAD', params: [name] })
}

export function moveMarker(core: Core, id: string, readUpToMs: number): void {
  setConversation(core, id, { readUpToMs })
  recount(core, id)
}
