/** How messages stand beside each other: facts for those who draw them. */
import type { TimelineItem } from './timeline.ts'

const TOGETHER_MS = 5 * 60_000

/** Whether the item stands alone or begins a group: another author, another form, or some time later. */
export function startsGroup(previous: TimelineItem | undefined, item: TimelineItem): boolean {
  if (item.kind !== 'message' || previous?.kind !== 'message') return true
  if (item.form !== 'message' || previous.form !== 'message') return true
  const isTogether = item.timeMs - previous.timeMs < TOGETHER_MS
  return item.author.key !== previous.author.key || !isTogether || item.replyTo !== undefined
}

/** Whether another day begins with the item, where the user is: `offsetMinutes` as `Date.getTimezoneOffset` says it. */
export function startsDay(
  previous: TimelineItem | undefined,
  item: TimelineItem,
  offsetMinutes: number,
): boolean {
  if (item.kind === 'gap') return false
  if (previous === undefined || previous.kind === 'gap') return true
  return dayOf(previous.timeMs, offsetMinutes) !== dayOf(item.timeMs, offsetMinutes)
}

/** Where the line between what is read and what isn't goes: before this index; undefined: nowhere. */
export function unreadIndex(
  items: readonly TimelineItem[],
  readUpToMs: number | undefined,
): number | undefined {
  if (readUpToMs === undefined) return undefined
  const at = items.findIndex(
    (item) => item.kind === 'message' && !item.author.isSelf && item.timeMs > readUpToMs,
  )
  return at < 0 ? undefined : at
}

function dayOf(timeMs: number, offsetMinutes: number): number {
  return Math.floor((timeMs - offsetMinutes * 60_000) / 86_400_000)
}
