import type { Happening, ItemId, Message, TimelineItem } from '../../client/timeline.ts'
import type { Language } from '../catalogue.ts'
import { dim, plain } from '../line.ts'
import type { Line } from '../line.ts'
import { dayKey, dayText } from './clock-text.ts'
import { happeningText, isComingOrGoing } from './happening-text.ts'
import { gapRow, markRow, messageRows, nickWidth } from './item-rows.ts'
import type { Look, Row } from './item-rows.ts'
import { wrapLine } from './wrap-line.ts'

export interface Told {
  readonly items: readonly TimelineItem[]
  readonly isComplete: boolean
  /** Messages of others after this are under the line of what is new. */
  readonly newAfterMs: number | undefined
  readonly language: Language
}

/** A message that follows one of the same person within this goes without their name. */
const GROUP_MS = 5 * 60_000

/** All that is known of a conversation as rows, oldest first. */
export function timelineRows(told: Told, look: Look): readonly Row[] {
  const { items, isComplete, newAfterMs } = told
  const rows: Row[] = []
  const sofar: Sofar = { day: '', before: undefined, isNewSeen: newAfterMs === undefined }
  if (isComplete && items.length > 0) rows.push(mark(look.say('beginning'), look))
  for (let i = 0; i < items.length; i++) {
    const item = items[i]
    if (item === undefined) break
    rows.push(...marksBefore(item, sofar, told, look))
    if (item.kind === 'gap') rows.push(gapRow(item, look))
    if (item.kind === 'message') {
      const place = follows(item, sofar.before) ? 'following' : 'first'
      rows.push(...messageRows(item, look, place))
    }
    sofar.before = item.kind === 'message' ? item : undefined
    if (item.kind !== 'happening') continue
    const run = runFrom(items, i, sofar.day)
    rows.push(...happeningRows(run, look))
    i += run.length - 1
  }
  return rows
}

/** What the rows told so far end with. */
interface Sofar {
  day: string
  before: Message | undefined
  isNewSeen: boolean
}

function marksBefore(item: TimelineItem, sofar: Sofar, told: Told, look: Look): readonly Row[] {
  if (item.kind === 'gap') return []
  const marks: Row[] = []
  const day = dayKey(item.timeMs)
  if (day !== sofar.day) marks.push(mark(dayText(item.timeMs, told.language), look))
  sofar.day = day
  const isNew =
    item.kind === 'message' && !item.author.isSelf && item.timeMs > (told.newAfterMs ?? 0)
  if (isNew && !sofar.isNewSeen) {
    sofar.isNewSeen = true
    marks.push({ line: newLine(look), item: undefined })
  }
  if (marks.length > 0) sofar.before = undefined
  return marks
}

function mark(text: string, look: Look): Row {
  return { line: markRow(text, look.width, { isDim: true }), item: undefined }
}

function newLine({ say, width, theme }: Look): Line {
  return markRow(say('newMessages'), width, { color: theme.danger, isBold: true })
}

function follows(message: Message, before: Message | undefined): boolean {
  return (
    before?.author.key === message.author.key &&
    before.form === message.form &&
    message.form !== 'action' &&
    message.replyTo === undefined &&
    message.timeMs - before.timeMs < GROUP_MS
  )
}

/** Who comes and goes one after another is told in one go. */
function runFrom(items: readonly TimelineItem[], from: number, day: string): readonly Happening[] {
  const run: Happening[] = []
  for (let i = from; i < items.length; i++) {
    const item = items[i]
    if (item?.kind !== 'happening' || dayKey(item.timeMs) !== day) break
    if (run.length > 0 && !(isComingOrGoing(item) && run.every(isComingOrGoing))) break
    run.push(item)
  }
  return run
}

const MAX_TOLD = 8

function happeningRows(run: readonly Happening[], look: Look): readonly Row[] {
  const last: ItemId | undefined = run.at(-1)?.id
  const told = run.slice(-MAX_TOLD).map((item) => happeningText(item, look.say))
  const more = run.length > MAX_TOLD ? [`… ${run.length - MAX_TOLD}`] : []
  const indent = 7 + nickWidth(look.width) + 2
  const text = [...more, ...told].join(' · ')
  return wrapLine([dim(text)], Math.max(8, look.width - indent)).map((line, i) => ({
    line: [
      i === 0 ? dim('·'.padStart(indent - 1).padEnd(indent)) : plain(' '.repeat(indent)),
      ...line,
    ],
    item: last,
  }))
}
