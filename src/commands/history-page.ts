import { CAP, hasCap } from '../protocol/capabilities.ts'
import { utf8Length } from '../protocol/utf8.ts'
import type { Page, PageSpan, Sight } from '../state/history-query.ts'
import type { Line } from '../state/line.ts'
import { playback, type PlaybackView } from '../state/playback.ts'
import type { StoredEvent } from '../state/record.ts'
import type { Asks } from './asks.ts'
import type { UserContext } from './command.ts'
import type { Effect } from './effect.ts'
import { bufferOf, sightOf, type Place } from './history-place.ts'

export interface PageRequest {
  readonly place: Place
  readonly span: PageSpan
  readonly limit: number
  /** What is shown; all that the client can show of what may be seen, unless it is given. */
  readonly sight?: Sight
  /** Bytes on the wire; those of the limits, unless they are given. */
  readonly mostBytes?: number
}

const NOTHING: Page = { kind: 'page', events: [] }

/**
 * A page that no client chokes on: when it is too big, the same is asked again with a smaller limit, so
 * that what is left out is at the same end as what any limit leaves out. There is at least one event, if
 * there are any.
 */
export async function readPage(
  context: UserContext,
  { history }: Asks,
  { place, span, ...wanted }: PageRequest,
): Promise<Page> {
  const buffer = bufferOf(place)
  if (buffer === undefined) return NOTHING
  const { chat } = context.server.limits
  const { mostBytes = chat.historyBytes, sight = sightOf(context, place) } = wanted
  let limit = Math.min(wanted.limit, chat.historyLines)
  for (;;) {
    const page = await history.page({ buffer, span, sight, limit })
    if (page.kind !== 'page' || page.events.length <= 1) return page
    const bytes = page.events.reduce((sum, event) => sum + bytesOf(event), 0)
    if (bytes <= mostBytes) return page
    const fitting = Math.floor((page.events.length * mostBytes) / bytes)
    limit = Math.max(1, Math.min(fitting, page.events.length - 1))
  }
}

/** At most, on the wire. */
export function bytesOf({ body, clientTags, source, command }: StoredEvent): number {
  const lines = body.startsWith('[[') ? body.split('],[').length : 1
  const perLine = LINE_BYTES + source.length + command.length
  return lines * perLine + utf8Length(body) + clientTags.length
}

/** Tags (time, msgid, account, batch), the target and the spaces. */
const LINE_BYTES = 150

/** Events as lines, in a batch of their own for those who know batches. */
export function historyBatch(name: string, lines: readonly Line[]): Effect {
  return { kind: 'batch', type: 'chathistory', params: [name], effects: [{ kind: 'lines', lines }] }
}

export function linesOf(events: readonly StoredEvent[], view: PlaybackView): readonly Line[] {
  return events.flatMap((event) => playback(event, view))
}

/** For people: times stand in the text when the client doesn't show them itself. */
export function forReading({ session, nowMs }: UserContext, view: PlaybackView): PlaybackView {
  return hasCap(session.caps, CAP.serverTime) ? view : { ...view, datedAtMs: nowMs }
}
