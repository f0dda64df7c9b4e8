/** Pages of history come into a timeline: nothing twice, nothing out of order, and gaps only where they are. */
import { msgidOf, type TimelineStore } from './timeline-store.ts'
import type { Gap, ItemId, Place, TimelineItem } from './timeline.ts'

/** What followed each other without a gap. `first` and `last` also count what isn't shown. */
export interface Page {
  readonly items: readonly TimelineItem[]
  readonly first?: Place
  readonly last?: Place
}

/** From the end on something may have been said that isn't here. The gap there, which may have been there before. */
export function openEnd(timeline: TimelineStore, fresh: Pick<Gap, 'id' | 'state'>): Gap {
  const end = endOf(timeline)
  const last = timeline.items[end - 1]
  if (last?.kind === 'gap') {
    const { newer: _newer, ...endless } = last
    timeline.replace(endless)
    return endless
  }
  endEarlierGap(timeline)
  const older = edgeBefore(timeline.items, end)
  const gap: Gap = { kind: 'gap', ...fresh, ...(older === undefined ? {} : { older }) }
  timeline.splice(end, 0, [gap])
  return gap
}

/** A gap up to now that was never asked for ends where what came live begins: only the last one goes up to now. */
function endEarlierGap(timeline: TimelineStore): void {
  const at = timeline.items.findLastIndex((item) => item.kind === 'gap')
  const gap = timeline.items[at]
  if (gap?.kind !== 'gap' || gap.newer !== undefined) return
  const newer = edgeAfter(timeline.items, at + 1)
  if (newer !== undefined) timeline.replace({ ...gap, newer })
}

/** A page that was asked for beside a gap: on the side of what is newer than it, or of what is older. */
export function fillGap(
  timeline: TimelineStore,
  { gap: id, side }: { readonly gap: ItemId; readonly side: 'newer' | 'older' },
  page: Page,
): void {
  const at = timeline.indexOf(id)
  const gap = timeline.items[at]
  if (gap?.kind !== 'gap') return
  const { first, last, items } = page
  if (first === undefined || last === undefined) return closeGap(timeline, at, gap)
  const isOver = items.some((item) => isBeyond(timeline, item, at, side))
  const edge = side === 'newer' ? { newer: first } : { older: last }
  timeline.replace({ ...gap, ...edge, state: 'open' })
  const isPlaced = placePage(timeline, items) !== undefined
  if (!isPlaced) timeline.splice(side === 'newer' ? at + 1 : at, 0, items)
  if (isOver) timeline.removeItem(id)
}

function isBeyond(
  timeline: TimelineStore,
  item: TimelineItem,
  gapAt: number,
  side: 'newer' | 'older',
): boolean {
  const at = positionOf(timeline, item)
  if (at < 0) return false
  return side === 'newer' ? at < gapAt : at > gapAt
}

function closeGap(timeline: TimelineStore, at: number, gap: Gap): void {
  timeline.splice(at, 1, [])
  if (gap.older === undefined && at === 0) timeline.isComplete = true
}

/** A page of any place: where it touches what is known it joins it, else it is an island between gaps. */
export function mergePage(timeline: TimelineStore, page: Page, newGapId: () => ItemId): void {
  const { first, last, items } = page
  if (first === undefined || last === undefined || items.length === 0) return
  const placed = placePage(timeline, items)
  if (placed === undefined) return addIsland(timeline, { items, first, last }, newGapId)
  moveEdge(timeline, placed.from - 1, { newer: first })
  moveEdge(timeline, placed.to + 1, { older: last })
}

/**
 * What is new of a page comes beside what is known of it: what came live meanwhile may stand anywhere between. Where
 * its first and its last item stand then; undefined: nothing of it is known, and nothing is placed.
 */
function placePage(
  timeline: TimelineStore,
  items: readonly TimelineItem[],
): { readonly from: number; readonly to: number } | undefined {
  const firstKnown = items.findIndex((item) => timeline.has(msgidOf(item)))
  if (firstKnown < 0) return undefined
  const from = positionOf(timeline, items[firstKnown])
  timeline.splice(from, 0, items.slice(0, firstKnown))
  let to = from + firstKnown
  for (const item of items.slice(firstKnown + 1)) to = placeAfter(timeline, to, item)
  return { from, to }
}

function moveEdge(timeline: TimelineStore, at: number, edge: Pick<Gap, 'older' | 'newer'>): void {
  const gap = timeline.items[at]
  if (gap?.kind === 'gap') timeline.replace({ ...gap, ...edge })
}

/** Where it stands then. */
function placeAfter(timeline: TimelineStore, at: number, item: TimelineItem): number {
  if (!timeline.has(msgidOf(item))) {
    timeline.splice(at + 1, 0, [item])
    return at + 1
  }
  const isNext = positionOf(timeline, item) === at + 2
  if (isNext && timeline.items[at + 1]?.kind === 'gap') timeline.splice(at + 1, 1, [])
  return positionOf(timeline, item)
}

function positionOf(timeline: TimelineStore, item: TimelineItem | undefined): number {
  const msgid = item === undefined ? undefined : msgidOf(item)
  return msgid === undefined ? -1 : timeline.indexOf(timeline.idOf(msgid))
}

function addIsland(
  timeline: TimelineStore,
  { items, first, last }: Required<Page>,
  newGapId: () => ItemId,
): void {
  const at = timeline.items.findIndex((item) => isAround(item, first, last))
  const gap = timeline.items[at]
  if (gap?.kind === 'gap') {
    const before: Gap = { ...gap, state: 'open', newer: first }
    const { newer } = gap
    const after: Gap = {
      kind: 'gap',
      id: newGapId(),
      state: 'open',
      older: last,
      ...(newer === undefined ? {} : { newer }),
    }
    return timeline.splice(at, 1, [before, ...items, after])
  }
  const next = timeline.items.findIndex((item) => item.kind !== 'gap' && item.timeMs > last.timeMs)
  const place = next < 0 ? timeline.items.length : next
  const older = edgeBefore(timeline.items, place)
  const newer = edgeAfter(timeline.items, place)
  const ends = {
    older: older === undefined ? {} : { older },
    newer: newer === undefined ? {} : { newer },
  }
  const before: Gap = { kind: 'gap', id: newGapId(), state: 'open', ...ends.older, newer: first }
  const after: Gap = { kind: 'gap', id: newGapId(), state: 'open', older: last, ...ends.newer }
  const isLast = next < 0
  timeline.splice(place, 0, isLast ? [before, ...items] : [before, ...items, after])
}

function isAround(item: TimelineItem, first: Place, last: Place): boolean {
  if (item.kind !== 'gap') return false
  const from = item.older?.timeMs ?? Number.NEGATIVE_INFINITY
  const to = item.newer?.timeMs ?? Number.POSITIVE_INFINITY
  return from <= first.timeMs && to >= last.timeMs
}

/** The nearest place that is known before an index: one with a msgid if there is any, since times may be shared. */
export function edgeBefore(items: readonly TimelineItem[], index: number): Place | undefined {
  for (let i = index - 1; i >= 0; i--) {
    const item = items[i]
    if (item === undefined || item.kind === 'gap') break
    if (item.msgid !== undefined) return placeOf(item)
  }
  const nearest = items[index - 1]
  if (nearest === undefined || nearest.kind === 'gap' || isPending(nearest)) return undefined
  return { timeMs: nearest.timeMs - 1 }
}

export function edgeAfter(items: readonly TimelineItem[], index: number): Place | undefined {
  for (let i = index; i < items.length; i++) {
    const item = items[i]
    if (item === undefined || item.kind === 'gap') break
    if (item.msgid !== undefined) return placeOf(item)
  }
  const nearest = items[index]
  if (nearest === undefined || nearest.kind === 'gap' || isPending(nearest)) return undefined
  return { timeMs: nearest.timeMs + 1 }
}

function placeOf(item: Exclude<TimelineItem, Gap>): Place {
  return item.msgid === undefined
    ? { timeMs: item.timeMs }
    : { msgid: item.msgid, timeMs: item.timeMs }
}

/** Own messages without a place in the server's order: they stand at the end. */
export function isPending(item: TimelineItem | undefined): boolean {
  if (item?.kind !== 'message') return false
  const { state } = item.life
  return state === 'queued' || state === 'sending' || state === 'unknown' || state === 'failed'
}

/** Where the next item of the server's order comes. */
export function endOf(timeline: TimelineStore): number {
  let end = timeline.items.length
  while (end > 0 && isPending(timeline.items[end - 1])) end--
  return end
}
