import type {
  FeedEntry,
  FeedFrame,
  FeedPosition,
  Head,
  ServerFacts,
  Snapshot,
} from '../../../feed/feed.ts'
import type { Figures } from '../../../feed/figures.ts'
import type { View } from '../../../feed/view.ts'
import { pointOf } from '../../../feed/point.ts'
import type { Moment } from './series-data.ts'

/** How the page stands with the server. Times are of this machine's clock. */
export type Link =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'live'; readonly sinceMs: number }
  | { readonly kind: 'away'; readonly sinceMs: number; readonly retryAtMs: number }

/** A line of the log: what the server told, or that it could not tell everything. */
export type LogLine =
  | { readonly kind: 'entry'; readonly key: string; readonly entry: FeedEntry }
  | {
      readonly kind: 'gap'
      readonly key: string
      readonly atMs: number
      readonly missed: number | 'unknown'
    }
  | { readonly kind: 'started'; readonly key: string; readonly atMs: number }

/** All that the page knows of the server. */
export interface MonitorState {
  readonly link: Link
  readonly position: FeedPosition | undefined
  readonly facts: ServerFacts | undefined
  readonly head: Head | undefined
  readonly figures: Figures | undefined
  /** When anything was heard last. */
  readonly heardAtMs: number | undefined
  /** The server's clock minus this machine's. */
  readonly clockAheadMs: number
  /** Oldest first. */
  readonly log: readonly LogLine[]
  /** The last two hours' seconds as far as this page saw them, oldest first. */
  readonly points: readonly Moment[]
  readonly view: View | undefined
  /** Why the server did not take what the page asked of the feed; until it takes something again. */
  readonly refusal: string | undefined
}

export type MonitorAction =
  | { readonly type: 'frame'; readonly frame: FeedFrame; readonly atMs: number }
  | { readonly type: 'link'; readonly link: Link }
  /** Asked for since they have changed. */
  | { readonly type: 'facts'; readonly facts: ServerFacts }
  /** Another table is watched: rows of the last one are of no use. */
  | { readonly type: 'turned' }

const LOG_LEVELS = ['debug', 'info', 'warn', 'error'] as const

export const MAX_LOG_LINES = 2000
export const MAX_POINTS = 7200

export const NOTHING_KNOWN: MonitorState = {
  link: { kind: 'connecting' },
  position: undefined,
  facts: undefined,
  head: undefined,
  figures: undefined,
  heardAtMs: undefined,
  clockAheadMs: 0,
  log: [],
  points: [],
  view: undefined,
  refusal: undefined,
}

/** What is known after something has happened. Pure. */
export function reduce(state: MonitorState, action: MonitorAction): MonitorState {
  switch (action.type) {
    case 'frame':
      return withFrame({ ...state, heardAtMs: action.atMs }, action.frame, action.atMs)
    case 'link':
      return { ...state, link: action.link }
    case 'facts':
      return { ...state, facts: action.facts }
    case 'turned':
      return { ...state, view: undefined, refusal: undefined }
  }
}

function withFrame(state: MonitorState, frame: FeedFrame, atMs: number): MonitorState {
  switch (frame.type) {
    case 'snapshot':
      return withSnapshot(state, frame.snapshot, atMs)
    case 'entries':
      return withEntries({ ...state, head: frame.head }, frame.entries)
    case 'tick':
      return {
        ...state,
        head: frame.head,
        figures: frame.figures,
        points: [...state.points, momentOf(frame)].slice(-MAX_POINTS),
      }
    case 'gap':
      return withLines(state, [
        { kind: 'gap', key: `gap ${atMs} ${state.log.length}`, atMs, missed: frame.missed },
      ])
    case 'view': {
      const { type: _, ...view } = frame
      return { ...state, view, refusal: undefined }
    }
    case 'refused':
      return { ...state, refusal: frame.reason }
  }
}

function withSnapshot(state: MonitorState, snapshot: Snapshot, atMs: number): MonitorState {
  const { epoch, seq, facts, head, figures, entries } = snapshot
  const isOther = state.position !== undefined && state.position.epoch !== epoch
  const begun: MonitorState = isOther
    ? withLines({ ...state, position: { epoch, seq: 0 } }, [
        { kind: 'started', key: `started ${epoch}`, atMs: facts.startedAtMs },
      ])
    : { ...state, position: state.position ?? { epoch, seq: 0 } }
  // A snapshot holds the newest entries only: that earlier ones are missing is no gap.
  const known = withEntries(begun, entries)
  return {
    ...known,
    position: { epoch, seq: Math.max(seq, known.position?.seq ?? 0) },
    facts,
    head,
    refusal: undefined,
    figures: figures ?? (isOther ? undefined : state.figures),
    clockAheadMs: facts.nowMs - atMs,
  }
}

function withEntries(state: MonitorState, entries: readonly FeedEntry[]): MonitorState {
  const epoch = state.position?.epoch ?? ''
  const seen = state.position?.seq ?? 0
  const news = entries.filter(({ seq }) => seq > seen)
  const last = news.at(-1)
  if (last === undefined) return state
  const lines = news.map((entry): LogLine => ({
    kind: 'entry',
    key: `${epoch} ${entry.seq}`,
    entry,
  }))
  const facts = news.reduce(withEvent, state.facts)
  return withLines({ ...state, facts, position: { epoch, seq: last.seq } }, lines)
}

/** Facts that change while the server runs. */
function withEvent(facts: ServerFacts | undefined, { event }: FeedEntry): ServerFacts | undefined {
  if (facts === undefined) return undefined
  if (event.kind === 'stopping') return { ...facts, isStopping: true }
  if (event.kind !== 'operator' || event.action !== 'log level') return facts
  const logLevel = LOG_LEVELS.find((level) => level === event.target)
  return logLevel === undefined ? facts : { ...facts, logLevel }
}

function withLines(state: MonitorState, lines: readonly LogLine[]): MonitorState {
  return { ...state, log: [...state.log, ...lines].slice(-MAX_LOG_LINES) }
}

function momentOf({ figures, head }: Extract<FeedFrame, { type: 'tick' }>): Moment {
  return { atMs: figures.atMs, values: pointOf(figures, head) }
}
