import type { FormatContext } from '../../client/format.ts'
import { fold } from '../../client/fold.ts'
import type { Notice } from '../../client/model.ts'
import type { Line } from '../line.ts'
import { dim, plain } from '../line.ts'
import { safeText } from '../safe-text.ts'
import { stripFormatting } from '../../client/format.ts'
import { itemsOf, viewOf } from './chat-state.ts'
import type { ChatState, Scroll } from './chat-state.ts'
import { clockText } from './clock-text.ts'
import type { Look, Row } from './item-rows.ts'
import { themeOf } from './theme.ts'
import { timelineRows } from './timeline-rows.ts'
import { wrapLine } from './wrap-line.ts'

/** The rows of the open conversation, and which of them are in view. */
export interface Body {
  readonly rows: readonly Row[]
  /** The first in view, and the one behind the last. */
  readonly from: number
  readonly to: number
}

export function bodyOf(state: ChatState, width: number, height: number): Body {
  const { scroll } = viewOf(state)
  if (scroll === undefined) {
    const rows = endRows(state, width, height)
    return { rows, from: Math.max(0, rows.length - height), to: rows.length }
  }
  const rows = rowsOf(state, width)
  const to = lastShown(rows, scroll, height)
  return { rows, from: Math.max(0, to - height), to }
}

/** One behind the last that is shown: there is always a whole page. */
function lastShown(rows: readonly Row[], scroll: Scroll, height: number): number {
  return Math.min(rows.length, Math.max(placeOf(rows, scroll) + 1, height))
}

/** Where one is after going `by` rows; undefined: at the end, and staying there. */
export function scrolled(
  state: ChatState,
  by: number,
  { width, height }: { width: number; height: number },
): Scroll | undefined {
  const rows = rowsOf(state, width)
  const { scroll } = viewOf(state)
  const to = scroll === undefined ? rows.length : lastShown(rows, scroll, height)
  const last = Math.min(Math.max(to + by, Math.min(height, rows.length)), rows.length) - 1
  return last >= rows.length - 1 ? undefined : scrollAt(rows, last)
}

/** With an item in the middle of what is shown. */
export function scrolledTo(
  state: ChatState,
  item: string,
  { width, height }: { width: number; height: number },
): Scroll | undefined {
  const rows = rowsOf(state, width)
  const at = rows.findIndex((row) => row.item === item)
  const last = at + Math.floor(height / 2)
  return at < 0 || last >= rows.length - 1 ? undefined : scrollAt(rows, last)
}

/** Marks belong to nothing: the row of an item above them is what is held on to. */
function scrollAt(rows: readonly Row[], last: number): Scroll | undefined {
  for (let at = last; at >= 0; at--) {
    const item = rows[at]?.item
    if (item === undefined) continue
    let first = at
    while (rows[first - 1]?.item === item) first--
    return { item, row: at - first }
  }
  return undefined
}

function placeOf(rows: readonly Row[], { item, row }: Scroll): number {
  const first = rows.findIndex((one) => one.item === item)
  if (first < 0) return rows.length - 1
  let last = first
  while (last < first + row && rows[last + 1]?.item === item) last++
  return last
}

/** So many items are more than a screen, unless they are told in one go. */
const SCREENS_OF_ITEMS = 3

/** Enough rows to fill the screen from below: in a busy room most of what is said is never looked at. */
function endRows(state: ChatState, width: number, height: number): readonly Row[] {
  const all = itemsOf(state).length
  const most = height * SCREENS_OF_ITEMS
  if (all <= most) return rowsOf(state, width)
  const rows = rowsOf(state, width, most)
  return rows.length > height ? rows : rowsOf(state, width)
}

let lastRows: { of: readonly unknown[]; rows: readonly Row[] } | undefined

/** Asked for several times in one draw: the same question has the same answer. `most`: of the last items. */
function rowsOf(state: ChatState, width: number, most = Infinity): readonly Row[] {
  const { open, model } = state
  const timeline = open === undefined ? undefined : model.timelines.get(open)
  const look = lookOf(state, width)
  const { newAfterMs } = viewOf(state)
  const of = [open, timeline, open === undefined ? model.notices : 0, look, newAfterMs, most]
  if (lastRows !== undefined && of.every((part, i) => part === lastRows?.of[i])) {
    return lastRows.rows
  }
  const all = itemsOf(state)
  const items = all.length > most ? all.slice(-most) : all
  const isComplete = timeline?.isComplete === true && items === all
  const told = { items, isComplete, newAfterMs, language: state.language }
  const rows = open === undefined ? noticeRows(state, width) : timelineRows(told, look)
  lastRows = { of, rows }
  return rows
}

const known: { people: ChatState['model']['people'] } = { people: new Map() }
let lastLook: { of: readonly unknown[]; look: Look } | undefined

/**
 * The same object as long as nothing that matters changes, so that rows are laid out once. Who is known
 * changes with each coming and going: rows keep the look that they had then.
 */
function lookOf(state: ChatState, width: number): Look {
  const { say, theme, model } = state
  known.people = model.people
  const { roomPrefixes } = model.server
  const of = [width, say, theme, roomPrefixes]
  if (lastLook !== undefined && of.every((part, i) => part === lastLook?.of[i]))
    return lastLook.look
  const context: FormatContext = {
    roomPrefixes,
    personKey(word) {
      const key = fold(word, 'ascii')
      return known.people.has(key) ? key : undefined
    },
  }
  const look = { width, theme: themeOf(theme), say, context }
  lastLook = { of, look }
  return look
}

/** What the server says that belongs to no conversation. */
function noticeRows({ model, theme }: ChatState, width: number): readonly Row[] {
  const indent = 8
  return model.notices.flatMap((notice) => {
    const text = safeText(stripFormatting(notice.text)).replaceAll('^J', ' ')
    const from = notice.from === '' ? '' : `${safeText(notice.from)}: `
    const style = styleOf(notice, theme)
    return wrapLine([dim(from), { ...style, text }], Math.max(8, width - indent - 1)).map(
      (line, i): Row => ({
        line: [dim(i === 0 ? ` ${clockText(notice.timeMs)}  ` : ' '.repeat(indent)), ...line],
        item: notice.id,
      }),
    )
  })
}

function styleOf({ kind }: Notice, theme: ChatState['theme']): Omit<Line[number], 'text'> {
  const { danger, warning, accent } = themeOf(theme)
  if (kind === 'refusal') return { color: danger }
  if (kind === 'warning') return { color: warning }
  if (kind === 'invitation' || kind === 'knock') return { color: accent, isBold: true }
  return plain('')
}
