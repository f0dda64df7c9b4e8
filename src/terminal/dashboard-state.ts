import type { FeedEntry, FeedFrame, FeedPosition, Head, ServerFacts } from '../feed/feed.ts'
import type { Snapshot } from '../feed/feed.ts'
import type { Figures, Series } from '../feed/figures.ts'
import type { Role } from '../feed/role.ts'
import type { BanRow, ConnectionRow, RoomMember, RoomRow, View } from '../feed/view.ts'

/** How we stand with the server. */
export type Link =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'live' }
  /** `sinceMs`: by our own clock, like all times of the link. */
  | { readonly kind: 'away'; readonly sinceMs: number; readonly reason: string }
  /** It won't let us in any more: trying again is of no use. */
  | { readonly kind: 'shut out' }

export interface LogItem {
  /** Goes up. */
  readonly key: number
  readonly what:
    | { readonly kind: 'entry'; readonly entry: FeedEntry }
    | { readonly kind: 'gap'; readonly missed: number | 'unknown' }
    | { readonly kind: 'new start' }
}

export interface Window<Row> {
  readonly rows: readonly Row[]
  readonly total: number
  readonly matching: number
  readonly from: number
}

/** What we know of the server, and how fresh that is. */
export interface DashboardState {
  readonly link: Link
  readonly nowMs: number
  /** When the last frame came, by our own clock. */
  readonly heardAtMs: number | undefined
  readonly identity: { readonly name: string; readonly role: Role } | undefined
  readonly facts: ServerFacts | undefined
  readonly head: Head | undefined
  readonly figures: Figures | undefined
  readonly position: FeedPosition | undefined
  readonly log: readonly LogItem[]
  /** Of the last seconds, oldest first. */
  readonly messages: readonly number[]
  readonly deliveries: readonly number[]
  readonly connections: Window<ConnectionRow> | undefined
  readonly rooms: Window<RoomRow> | undefined
  readonly bans: Window<BanRow> | undefined
  readonly members:
    | { readonly room: string; readonly members: readonly RoomMember[] | undefined }
    | undefined
}

export type DashboardEvent =
  | { readonly kind: 'link'; readonly link: Link }
  | { readonly kind: 'clock'; readonly nowMs: number }
  | { readonly kind: 'identity'; readonly name: string; readonly role: Role }
  | { readonly kind: 'frame'; readonly frame: FeedFrame; readonly nowMs: number }
  | { readonly kind: 'series'; readonly series: Series }
  | {
      readonly kind: 'members'
      readonly room: string
      /** Absent: there is no such room any more. */
      readonly members?: readonly RoomMember[]
    }

export function createDashboardState(nowMs: number): DashboardState {
  return {
    link: { kind: 'connecting' },
    nowMs,
    heardAtMs: undefined,
    identity: undefined,
    facts: undefined,
    head: undefined,
    figures: undefined,
    position: undefined,
    log: [],
    messages: [],
    deliveries: [],
    connections: undefined,
    rooms: undefined,
    bans: undefined,
    members: undefined,
  }
}

/** So many seconds are drawn at most, and so many lines of the log are kept. */
const MAX_SECONDS = 240
const MAX_LOG = 5000

export function updateDashboard(state: DashboardState, event: DashboardEvent): DashboardState {
  switch (event.kind) {
    case 'link':
      return withLink(state, event.link)
    case 'clock':
      return { ...state, nowMs: event.nowMs }
    case 'identity':
      return { ...state, identity: { name: event.name, role: event.role } }
    case 'series':
      return withSeries(state, event.series)
    case 'members':
      return { ...state, members: { room: event.room, members: event.members } }
    case 'frame':
      return heard({ ...state, heardAtMs: event.nowMs, nowMs: event.nowMs }, event.frame)
  }
}

/** The server's own clock, as far as we have heard of it. */
export function serverNowMs({ figures, facts }: DashboardState): number {
  return Math.max(figures?.atMs ?? 0, facts?.nowMs ?? 0)
}

/** While it is away, the first moment and the newest reason count. */
function withLink(state: DashboardState, link: Link): DashboardState {
  if (link.kind !== 'away' || state.link.kind !== 'away') return { ...state, link }
  return { ...state, link: { ...link, sinceMs: state.link.sinceMs } }
}

function heard(state: DashboardState, frame: FeedFrame): DashboardState {
  switch (frame.type) {
    case 'snapshot':
      return withSnapshot(state, frame.snapshot)
    case 'entries':
      return { ...withEntries(state, frame.entries), head: frame.head }
    case 'tick':
      return {
        ...state,
        head: frame.head,
        figures: frame.figures,
        messages: added(state.messages, frame.figures.perSecond.messages),
        deliveries: added(state.deliveries, frame.figures.perSecond.deliveries),
      }
    case 'gap':
      return { ...state, log: logged(state.log, [{ kind: 'gap', missed: frame.missed }]) }
    case 'view':
      return withView(state, frame)
    case 'refused':
      return state
  }
}

function withSnapshot(state: DashboardState, snapshot: Snapshot): DashboardState {
  const { epoch, seq, facts, head, figures, entries } = snapshot
  const isNewStart = state.position !== undefined && state.position.epoch !== epoch
  const before = isNewStart
    ? { ...state, position: undefined, log: logged(state.log, [{ kind: 'new start' }]) }
    : state
  const after = withEntries({ ...before, position: before.position ?? { epoch, seq: 0 } }, entries)
  return { ...after, facts, head, figures: figures ?? after.figures, position: { epoch, seq } }
}

/** What was there before is not shown again: a snapshot brings some that we have. */
function withEntries(state: DashboardState, entries: readonly FeedEntry[]): DashboardState {
  const { position } = state
  if (position === undefined) return state
  const fresh = entries.filter(({ seq }) => seq > position.seq)
  const last = fresh.at(-1)
  if (last === undefined) return state
  const log = logged(
    state.log,
    fresh.map((entry) => ({ kind: 'entry', entry })),
  )
  return { ...state, log, position: { ...position, seq: last.seq } }
}

function logged(log: readonly LogItem[], news: readonly LogItem['what'][]): readonly LogItem[] {
  const first = (log.at(-1)?.key ?? -1) + 1
  return [...log, ...news.map((what, i) => ({ key: first + i, what }))].slice(-MAX_LOG)
}

function withView(state: DashboardState, view: View): DashboardState {
  const { total, matching, from } = view
  switch (view.of) {
    case 'connections':
      return { ...state, connections: { rows: view.rows, total, matching, from } }
    case 'rooms':
      return { ...state, rooms: { rows: view.rows, total, matching, from } }
    case 'bans':
      return { ...state, bans: { rows: view.rows, total, matching, from } }
  }
}

function withSeries(state: DashboardState, { columns }: Series): DashboardState {
  const drawn = (column: readonly (number | null)[]): readonly number[] =>
    column.slice(-MAX_SECONDS).map((value) => value ?? 0)
  return {
    ...state,
    messages: drawn(columns.messagesPerSecond),
    deliveries: drawn(columns.deliveriesPerSecond),
  }
}

function added(values: readonly number[], value: number): readonly number[] {
  return [...values.slice(1 - MAX_SECONDS), value]
}
