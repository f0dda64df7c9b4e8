import type { BanRow, ConnectionRow, RoomRow } from '../feed/view.ts'
import type { TableName } from './app-state.ts'
import { shortCount, sizeText, spanWithin } from './number-text.ts'
import { safeText } from './safe-text.ts'
import type { Say, WordKey } from './words.ts'

export interface Column<Row> {
  /** The field that the server sorts by. */
  readonly sort: string
  readonly title: WordKey
  /** At least so many columns of the terminal. */
  readonly width: number
  /** Its share of what is left. */
  readonly grow?: number
  readonly align?: 'right'
  /** Whether it is there when the terminal is narrow: low ones stay. */
  readonly rank: number
  readonly text: (row: Row, context: ColumnContext) => string
}

export interface ColumnContext {
  readonly nowMs: number
  readonly say: Say
}

interface Rows {
  readonly connections: ConnectionRow
  readonly rooms: RoomRow
  readonly bans: BanRow
}

const CONNECTIONS: readonly Column<ConnectionRow>[] = [
  {
    sort: 'nick',
    title: 'nick',
    width: 14,
    grow: 3,
    rank: 0,
    text: ({ nick, connection }) => safeText(nick ?? `#${connection}`),
  },
  {
    sort: 'address',
    title: 'address',
    width: 15,
    grow: 3,
    rank: 0,
    text: ({ address }) => safeText(address),
  },
  {
    sort: 'account',
    title: 'account',
    width: 9,
    grow: 1,
    rank: 1,
    text: ({ account }) => safeText(account ?? '-'),
  },
  {
    sort: 'connectedAtMs',
    title: 'openFor',
    width: 10,
    align: 'right',
    rank: 0,
    text: ({ connectedAtMs }, { nowMs, say }) => spanWithin(nowMs - connectedAtMs, 10, say),
  },
  {
    sort: 'idleMs',
    title: 'idle',
    width: 7,
    align: 'right',
    rank: 1,
    text: ({ idleMs }, { say }) => spanWithin(idleMs, 7, say),
  },
  {
    sort: 'linesInPerSecond',
    title: 'linesPerSecond',
    width: 8,
    align: 'right',
    rank: 2,
    text: ({ linesInPerSecond }) => shortCount(linesInPerSecond),
  },
  {
    sort: 'queuedBytes',
    title: 'queue',
    width: 9,
    align: 'right',
    rank: 2,
    text: ({ queuedBytes }) => sizeText(queuedBytes),
  },
  {
    sort: 'rooms',
    title: 'roomCount',
    width: 6,
    align: 'right',
    rank: 3,
    text: ({ rooms }) => shortCount(rooms.length),
  },
  {
    sort: 'bytesOutPerSecond',
    title: 'outPerSecond',
    width: 9,
    align: 'right',
    rank: 4,
    text: ({ bytesOutPerSecond }) => sizeText(bytesOutPerSecond),
  },
  {
    sort: 'budgetLines',
    title: 'budget',
    width: 8,
    align: 'right',
    rank: 5,
    text: ({ budgetLines, isHeld }, { say }) =>
      isHeld ? say('held') : budgetLines === undefined ? '-' : shortCount(Math.floor(budgetLines)),
  },
  { sort: 'transport', title: 'transport', width: 5, rank: 3, text: ({ transport }) => transport },
  { sort: 'modes', title: 'modes', width: 6, rank: 6, text: ({ modes }) => safeText(modes) },
  {
    sort: 'client',
    title: 'client',
    width: 12,
    grow: 2,
    rank: 7,
    text: ({ client }) => safeText(client ?? '-'),
  },
]

const ROOMS: readonly Column<RoomRow>[] = [
  { sort: 'name', title: 'room', width: 18, grow: 2, rank: 0, text: ({ name }) => safeText(name) },
  {
    sort: 'members',
    title: 'members',
    width: 8,
    align: 'right',
    rank: 0,
    text: ({ members }) => shortCount(members),
  },
  {
    sort: 'messagesPerSecond',
    title: 'messagesPerSecond',
    width: 8,
    align: 'right',
    rank: 0,
    text: ({ messagesPerSecond }) => shortCount(messagesPerSecond),
  },
  {
    sort: 'messages',
    title: 'messages',
    width: 9,
    align: 'right',
    rank: 1,
    text: ({ messages }) => shortCount(messages),
  },
  { sort: 'modes', title: 'modes', width: 6, rank: 2, text: ({ modes }) => safeText(modes) },
  {
    sort: 'lastMessageAtMs',
    title: 'quietFor',
    width: 8,
    align: 'right',
    rank: 3,
    text: ({ lastMessageAtMs }, { nowMs, say }) =>
      lastMessageAtMs === undefined ? '-' : spanWithin(nowMs - lastMessageAtMs, 8, say),
  },
  {
    sort: 'founder',
    title: 'founder',
    width: 12,
    grow: 1,
    rank: 4,
    text: ({ founder }) => safeText(founder ?? '-'),
  },
  {
    sort: 'topic',
    title: 'topic',
    width: 18,
    grow: 4,
    rank: 1,
    text: ({ topic }) => safeText(topic ?? ''),
  },
]

const BANS: readonly Column<BanRow>[] = [
  { sort: 'kind', title: 'kind', width: 13, rank: 0, text: ({ kind }, { say }) => say(kind) },
  { sort: 'mask', title: 'mask', width: 20, grow: 1, rank: 0, text: ({ mask }) => safeText(mask) },
  {
    sort: 'expiresAtMs',
    title: 'endsIn',
    width: 9,
    align: 'right',
    rank: 0,
    text: ({ expiresAtMs }, { nowMs, say }) =>
      expiresAtMs === undefined ? say('never') : spanWithin(expiresAtMs - nowMs, 9, say),
  },
  {
    sort: 'setBy',
    title: 'setBy',
    width: 12,
    rank: 1,
    text: ({ setBy }) => safeText(setBy),
  },
  {
    sort: 'setAtMs',
    title: 'setBefore',
    width: 8,
    align: 'right',
    rank: 2,
    text: ({ setAtMs }, { nowMs, say }) => spanWithin(nowMs - setAtMs, 8, say),
  },
  {
    sort: 'reason',
    title: 'reason',
    width: 16,
    grow: 3,
    rank: 0,
    text: ({ reason }) => safeText(reason),
  },
]

const COLUMNS: { readonly [T in TableName]: readonly Column<Rows[T]>[] } = {
  connections: CONNECTIONS,
  rooms: ROOMS,
  bans: BANS,
}

/** What a column is called that rows are sorted by, on screen or not; undefined: it is none of the table's. */
export function columnTitle(table: TableName, sort: string): WordKey | undefined {
  return COLUMNS[table].find((column) => column.sort === sort)?.title
}

export interface PlacedColumn<Row> {
  readonly column: Column<Row>
  readonly x: number
  readonly width: number
  /** Columns between it and what is before it. */
  readonly gap: number
}

/** The mark of the chosen row stands before the first. */
export const MARK_WIDTH = 2

/** As many as fit, the most needed first, and what is left is shared among them. */
export function visibleColumns<T extends TableName>(
  table: T,
  columns: number,
): readonly PlacedColumn<Rows[T]>[] {
  const room = columns - MARK_WIDTH
  let shown: readonly Column<Rows[T]>[] = []
  for (const column of COLUMNS[table].toSorted((a, b) => a.rank - b.rank)) {
    const more = COLUMNS[table].filter((one) => one === column || shown.includes(one))
    if (widthOf(more) > room) break
    shown = more
  }
  return spread(shown, room - widthOf(shown))
}

function widthOf<Row>(shown: readonly Column<Row>[]): number {
  return shown.reduce((sum, { width }, i) => sum + gapBefore(shown, i) + width, 0)
}

/** Numbers end where the next column begins: a text there stands a bit apart. */
function gapBefore<Row>(shown: readonly Column<Row>[], i: number): number {
  if (i === 0) return 0
  return shown[i - 1]?.align === 'right' && shown[i]?.align === undefined ? 2 : 1
}

function spread<Row>(shown: readonly Column<Row>[], spare: number): PlacedColumn<Row>[] {
  let shares = shown.reduce((sum, { grow = 0 }) => sum + grow, 0)
  let left = spare
  let end = MARK_WIDTH
  return shown.map((column, i) => {
    const { grow = 0 } = column
    const more = grow === 0 ? 0 : Math.floor((left * grow) / shares)
    shares -= grow
    left -= more
    const gap = gapBefore(shown, i)
    const placed = { column, gap, x: end + gap, width: column.width + more }
    end = placed.x + placed.width
    return placed
  })
}
