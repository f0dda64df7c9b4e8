import { startsGroup } from '../../../client/grouping.ts'
import type { Gap, Happening, Message, TimelineItem } from '../../../client/timeline.ts'

/** What stands in one line of a conversation, each with a key that stays. */
export type Row =
  | { readonly kind: 'begin'; readonly key: string }
  | { readonly kind: 'day'; readonly key: string; readonly timeMs: number }
  | { readonly kind: 'unread'; readonly key: string }
  | {
      readonly kind: 'message'
      readonly key: string
      readonly item: Message
      readonly isFirst: boolean
    }
  | { readonly kind: 'happenings'; readonly key: string; readonly items: readonly Happening[] }
  | { readonly kind: 'gap'; readonly key: string; readonly item: Gap }

export interface RowsOptions {
  readonly isComplete: boolean
  /** Where the line stands that parts what was read from what was not; absent: nowhere. */
  readonly readUpToMs?: number
  /** The first moment of the day in which something is, in the reader's time zone. */
  readonly dayOf: (timeMs: number) => number
}

/** The lines of a conversation, oldest first. */
export function rowsOf(items: readonly TimelineItem[], options: RowsOptions): readonly Row[] {
  const rows: Row[] = []
  if (options.isComplete) rows.push({ kind: 'begin', key: 'begin' })
  let day = Number.NaN
  let previous: Message | undefined
  let isUnreadDrawn = options.readUpToMs === undefined
  for (const item of items) {
    if (item.kind === 'gap') {
      rows.push({ kind: 'gap', key: item.id, item })
      previous = undefined
      continue
    }
    const itsDay = options.dayOf(item.timeMs)
    if (itsDay !== day) {
      day = itsDay
      previous = undefined
      rows.push({ kind: 'day', key: `day ${itsDay} ${item.id}`, timeMs: item.timeMs })
    }
    if (!isUnreadDrawn && isUnread(item, options.readUpToMs)) {
      isUnreadDrawn = true
      previous = undefined
      rows.push({ kind: 'unread', key: 'unread' })
    }
    if (item.kind === 'happening') {
      withHappening(rows, item)
      previous = undefined
      continue
    }
    rows.push({ kind: 'message', key: item.id, item, isFirst: startsGroup(previous, item) })
    previous = item
  }
  return rows
}

function isUnread(item: Message | Happening, readUpToMs: number | undefined): boolean {
  if (readUpToMs === undefined || item.kind !== 'message') return false
  return item.timeMs > readUpToMs && !item.author.isSelf
}

/** Who comes and goes one after the other is one line. */
function withHappening(rows: Row[], item: Happening): void {
  const last = rows.at(-1)
  if (last?.kind === 'happenings' && isComingOrGoing(item) && last.items.every(isComingOrGoing)) {
    rows[rows.length - 1] = { ...last, items: [...last.items, item] }
  } else {
    rows.push({ kind: 'happenings', key: item.id, items: [item] })
  }
}

const COMING_AND_GOING: ReadonlySet<Happening['what']> = new Set([
  'joined',
  'parted',
  'quit',
  'nick',
])

function isComingOrGoing({ what }: Happening): boolean {
  return COMING_AND_GOING.has(what)
}
