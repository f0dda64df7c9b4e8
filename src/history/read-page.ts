import type { HistoryPoint, Page, PageQuery, Sight } from '../state/history-query.ts'
import type { BufferId, StoredEvent } from '../state/record.ts'
import { kindOf, KIND, REDACTED } from './event-row.ts'

/** What a store must be able to read, for `readPage` to do the rest. */
export interface EventReader {
  /** Redacted ones too. */
  find(buffer: BufferId, msgid: string): Promise<StoredEvent | undefined>
  /** The seq of the first event that is not before `timeMs`; `END` when all are. */
  seqAt(buffer: BufferId, timeMs: number): Promise<number>
  /** Ascending, and only what may be seen. */
  read(range: EventRange): Promise<readonly StoredEvent[]>
}

/** The events with `after` < seq < `before`: at most `limit`, counted from the end that `from` names. */
export interface EventRange {
  readonly buffer: BufferId
  readonly sight: Sight
  readonly after: number
  readonly before: number
  readonly from: 'first' | 'last'
  readonly limit: number
}

/** Before and after all that any buffer holds. */
export const START = -1
export const END = Number.MAX_SAFE_INTEGER

/** Hides nothing. */
export const SEES_ALL: Sight = { lines: 'all', ranks: 0x7fff_ffff, sinceMs: 0, redacted: 'shown' }

/** Where a point lies: what is before it has a seq below `low`, what is after it one above `high`. */
interface Place {
  readonly low: number
  readonly high: number
  readonly event?: StoredEvent
}

type Bounds = Pick<EventRange, 'after' | 'before' | 'from' | 'limit'>

/**
 * A page of a buffer's past, as CHATHISTORY asks for it. https://ircv3.net/specs/extensions/chathistory
 * An event's msgid is a place for whoever may see the event, even when `sight` leaves it out: it may be of
 * a JOIN, or redacted.
 */
export async function readPage(reader: EventReader, query: PageQuery): Promise<Page> {
  const { buffer, span, sight, limit } = query
  const places: Place[] = []
  for (const point of pointsOf(query)) {
    const place = await placeOf(reader, query, point)
    if (place === undefined) {
      return { kind: 'noSuchMsgid', msgid: point.kind === 'msgid' ? point.msgid : '' }
    }
    places.push(place)
  }
  const floor = sight.sinceMs > 0 ? (await reader.seqAt(buffer, sight.sinceMs)) - 1 : START
  const events: StoredEvent[] = []
  for (const bounds of rangesOf(span.kind, places, query)) {
    const after = Math.max(bounds.after, floor)
    if (bounds.limit <= 0 || after >= bounds.before) continue
    events.push(...(await reader.read({ ...bounds, buffer, sight, after })))
  }
  return { kind: 'page', events: events.slice(0, limit) }
}

/** Whether `sight` shows it: a store's index knows the same rules. */
export function isVisible(event: StoredEvent, sight: Sight): boolean {
  return mayBeSeen(event, sight) && kindsOf(sight).includes(kindOf(event))
}

/** The kinds of rows that `sight` shows. */
export function kindsOf({ lines, redacted }: Sight): readonly number[] {
  const kinds: number[] = lines === 'messages' ? [KIND.message] : [KIND.message, KIND.other]
  return redacted === 'shown' ? [...kinds, ...kinds.map((kind) => kind + REDACTED / 2)] : kinds
}

function mayBeSeen(event: StoredEvent, { ranks, sinceMs }: Sight): boolean {
  return event.least <= ranks && event.timeMs >= sinceMs
}

function pointsOf({ span }: PageQuery): readonly HistoryPoint[] {
  if (span.kind === 'between') return [span.from, span.to]
  if (span.kind === 'latest') return span.after === undefined ? [] : [span.after]
  return [span.point]
}

async function placeOf(
  reader: EventReader,
  { buffer, sight }: PageQuery,
  point: HistoryPoint,
): Promise<Place | undefined> {
  if (point.kind === 'msgid') {
    const event = await reader.find(buffer, point.msgid)
    if (event === undefined || !mayBeSeen(event, sight)) return undefined
    return { low: event.seq, high: event.seq, event }
  }
  const low = await reader.seqAt(buffer, point.timeMs)
  return { low, high: (await reader.seqAt(buffer, point.timeMs + 1)) - 1 }
}

function rangesOf(
  kind: PageQuery['span']['kind'],
  [first = NOWHERE, second = NOWHERE]: readonly Place[],
  { sight, limit }: PageQuery,
): readonly Bounds[] {
  switch (kind) {
    case 'before':
      return [{ after: START, before: first.low, from: 'last', limit }]
    case 'after':
      return [{ after: first.high, before: END, from: 'first', limit }]
    case 'latest':
      return [{ after: first.high, before: END, from: 'last', limit }]
    case 'around': {
      const isInIt = first.event !== undefined && isVisible(first.event, sight)
      const before = Math.floor((limit - (isInIt ? 1 : 0)) / 2)
      return [
        { after: START, before: first.low, from: 'last', limit: before },
        { after: first.low - 1, before: END, from: 'first', limit: limit - before },
      ]
    }
    case 'between':
      if (first.high < second.low) {
        return [{ after: first.high, before: second.low, from: 'first', limit }]
      }
      return [{ after: second.high, before: first.low, from: 'last', limit }]
    default:
      return kind satisfies never
  }
}

/** `latest` of all. */
const NOWHERE: Place = { low: START, high: START }
