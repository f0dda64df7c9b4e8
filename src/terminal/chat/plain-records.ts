import { stripFormatting } from '../../client/format.ts'
import type { TimelineChange } from '../../client/change.ts'
import type { Notice } from '../../client/model.ts'
import type { TimelineItem } from '../../client/timeline.ts'
import { safeText } from '../safe-text.ts'

/**
 * What has come in a conversation as records of tab-separated fields: time in UTC, conversation, kind, who,
 * text. In a text, `\n` is a new line, `\t` a tab, `\\` a backslash. What is older than what was told before
 * is left out: whoever reads along gets each message once, in order.
 */
export function timelineRecords(
  conversation: string,
  change: TimelineChange,
  before: readonly TimelineItem[],
): readonly string[] {
  const old = new Map(before.map((item) => [item.id, item]))
  const isAtEnd = change.at + change.removed >= before.length
  const came = isAtEnd ? change.inserted.filter(({ id }) => !old.has(id)) : []
  const settled = change.replaced.filter((item) => isNowSaid(item, old.get(item.id)))
  const taken = change.replaced.filter((item) => isNowRedacted(item, old.get(item.id)))
  return [
    ...taken.flatMap((item) => itemRecord(conversation, item)),
    ...[...settled, ...came.filter((item) => isTold(item))].flatMap((item) =>
      itemRecord(conversation, item),
    ),
  ]
}

export function noticeRecord({ timeMs, kind, from, text }: Notice): string {
  return record([new Date(timeMs).toISOString(), '*', kind, from, text])
}

/** In a line of its own. */
export function troubleRecord(text: string): string {
  return field(text)
}

function isTold(item: TimelineItem): boolean {
  if (item.kind !== 'message') return item.kind === 'happening'
  return item.life.state === 'said' || item.life.state === 'written'
}

function isNowSaid(item: TimelineItem, before: TimelineItem | undefined): boolean {
  return (
    before !== undefined &&
    item.kind === 'message' &&
    isTold(item) &&
    !isTold(before) &&
    !isRedacted(before)
  )
}

function isNowRedacted(item: TimelineItem, before: TimelineItem | undefined): boolean {
  return before !== undefined && isRedacted(item) && !isRedacted(before)
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
