import { MOST } from './most.ts'
import { edgeAfter, edgeBefore, isPending } from './timeline-merge.ts'
import type { TimelineStore } from './timeline-store.ts'
import type { Gap, ItemId, Place, TimelineItem } from './timeline.ts'

/**
 * Keeps a timeline bounded: what is near the item in view, and the end. What goes leaves a gap, from which it
 * can be had again.
 */
export function trimTimeline(
  timeline: TimelineStore,
  view: { readonly at?: ItemId | undefined; readonly gapState: Gap['state'] },
  newGapId: () => ItemId,
): void {
  const { items } = timeline
  if (items.length <= MOST.items * 1.25) return
  const found = timeline.indexOf(view.at)
  const anchor = found < 0 ? items.length - 1 : found
  const half = MOST.items / 2
  const from = found < 0 ? items.length - MOST.items : anchor - half
  const isKept = (item: TimelineItem, i: number) =>
    (i >= from && i <= anchor + half) || i >= items.length - MOST.tail || isPending(item)
  const next: TimelineItem[] = []
  let isDropping = false
  for (const [i, item] of items.entries()) {
    if (isKept(item, i)) next.push(item)
    else if (!isDropping) next.push(gapFor(items, { from: i, isKept, view, newGapId }))
    isDropping = !isKept(item, i)
  }
  const merged = withoutDoubleGaps(next)
  const wasComplete = timeline.isComplete
  timeline.splice(0, items.length, merged)
  timeline.isComplete = wasComplete && merged[0]?.kind !== 'gap'
}

interface Run {
  readonly from: number
  readonly isKept: (item: TimelineItem, i: number) => boolean
  readonly view: { readonly gapState: Gap['state'] }
  readonly newGapId: () => ItemId
}

/** In the place of all from `from` on that aren't kept. */
function gapFor(items: readonly TimelineItem[], { from, isKept, view, newGapId }: Run): Gap {
  let to = from
  while (to < items.length && !isKept(items[to] as TimelineItem, to)) to++
  const [first, last] = [items[from], items[to - 1]]
  const older = first?.kind === 'gap' ? first.older : edgeBefore(items, from)
  const newer = last?.kind === 'gap' ? last.newer : edgeAfter(items, to)
  return gapBetween(newGapId(), view.gapState, older, newer)
}

function gapBetween(
  id: ItemId,
  state: Gap['state'],
  older: Place | undefined,
  newer: Place | undefined,
): Gap {
  return {
    kind: 'gap',
    id,
    state,
    ...(older === undefined ? {} : { older }),
    ...(newer === undefined ? {} : { newer }),
  }
}

/** Of two gaps beside each other one is left, that spans both. */
function withoutDoubleGaps(items: readonly TimelineItem[]): TimelineItem[] {
  const next: TimelineItem[] = []
  for (const item of items) {
    const before = next.at(-1)
    if (item.kind !== 'gap' || before?.kind !== 'gap') next.push(item)
    else next[next.length - 1] = gapBetween(before.id, before.state, before.older, item.newer)
  }
  return next
}
