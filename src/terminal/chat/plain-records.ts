import { stripFormatting } from '../../client/format.ts'
import type { Notice } from '../../client/model.ts'
import type { TimelineItem } from '../../client/timeline.ts'
import { safeText } from '../safe-text.ts'

export interface Told {
  readonly conversation: string
  readonly before: readonly TimelineItem[]
  readonly now: readonly TimelineItem[]
  /** What is older was there before we were. */
  readonly sinceMs: number
}

/**
 * What has come in a conversation as records of tab-separated fields: time in UTC, conversation, kind, who,
 * text. In a text, `\n` is a new line, `\t` a tab, `\\` a backslash. Whoever reads along gets each message
 * once, in order, from when they came in; what was missed in a break, too, but no history.
 */
export function timelineRecords({ conversation, before, now, sinceMs }: Told): readonly string[] {
  const old = new Map(before.map((item) => [item.id, item]))
  const news = new Set(cameIn(now, old, sinceMs))
  return now
    .filter((item) => {
      const known = old.get(item.id)
      if (known === item) return false
      if (known !== undefined) return isNowSaid(item, known) || isNowRedacted(item, known)
      return news.has(item) && isTold(item)
    })
    .flatMap((item) => itemRecord(conversation, item))
}

/** Behind all that was told: the rest is history. */
function cameIn(
  now: readonly TimelineItem[],
  old: ReadonlyMap<string, TimelineItem>,
  sinceMs: number,
): readonly TimelineItem[] {
  const lastTold = now.findLastIndex(({ id }) => {
    const known = old.get(id)
    return known !== undefined && isTold(known)
  })
  if (lastTold >= 0) return now.slice(lastTold + 1)
  const ownJoin = now.findIndex(
    (item) => item.kind === 'happening' && item.what === 'joined' && item.who.isSelf,
  )
  if (ownJoin >= 0) return now.slice(ownJoin)
  return now.filter((item) => item.kind === 'message' && item.timeMs >= sinceMs)
}

export function noticeRecord({ timeMs, kind, from, text }: Notice): string {
  return record([new Date(timeMs).toISOString(), '*', kind, from, text])
}

function isTold(item: TimelineItem): boolean {
  if (item.kind !== 'message') return item.kind === 'happening'
  return item.life.state === 'said' || item.life.state === 'written'
}

function isNowSaid(item: TimelineItem, before: TimelineItem): boolean {
  return item.kind === 'message' && isTold(item) && !isTold(before) && !isRedacted(before)
}

function isNowRedacted(item: TimelineItem, before: TimelineItem): boolean {
  return isRedacted(item) && !isRedacted(before)
}

function isRedacted(item: TimelineItem): boolean {
  return item.kind === 'message' && item.life.state === 'redacted'
}

function itemRecord(conversation: string, item: TimelineItem): readonly string[] {
  if (item.kind === 'gap') return []
  const time = new Date(item.timeMs).toISOString()
  if (item.kind === 'happening') {
    const { what, who, whom = '', text = '' } = item
    return [record([time, conversation, what, who.nick, [whom, text].filter(Boolean).join(' ')])]
  }
  const kind = item.life.state === 'redacted' ? 'redacted' : item.form
  const text = item.life.state === 'redacted' ? (item.msgid ?? '') : item.text
  return [record([time, conversation, kind, item.author.nick, text])]
}

function record(fields: readonly string[]): string {
  return fields.map((text) => field(text)).join('\t')
}

function field(text: string): string {
  return text
    .replaceAll('\\', '\\\\')
    .split('\n')
    .map((line) =>
      line
        .split('\t')
        .map((part) => safeText(stripFormatting(part)))
        .join('\\t'),
    )
    .join('\\n')
}
