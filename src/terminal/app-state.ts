import type { BanRow, ConnectionRow, RoomRow } from '../feed/view.ts'
import { isAtLeast, type Role } from '../feed/role.ts'
import type { ViewQuery } from '../feed/view.ts'
import { createDashboardState } from './dashboard-state.ts'
import type { DashboardState } from './dashboard-state.ts'
import type { Form } from './form.ts'
import type { Say } from './words.ts'

export const SCREENS = ['overview', 'connections', 'rooms', 'log', 'bans', 'threads'] as const

export type ScreenName = (typeof SCREENS)[number]
export type TableName = 'connections' | 'rooms' | 'bans'

export interface Size {
  readonly columns: number
  readonly rows: number
}

/** Where someone is in a list. */
export interface Place {
  readonly index: number
  /** The first that is shown. */
  readonly top: number
}

export interface TableState extends Place {
  readonly filter: string
  readonly sort: string
  readonly descending: boolean
  /** Of the chosen row: it is followed when the order changes. */
  readonly key: string | undefined
}

/** What gets the keys. */
export type Focus =
  | { readonly kind: 'browse' }
  | { readonly kind: 'filter' }
  | { readonly kind: 'keys' }
  | { readonly kind: 'connection'; readonly id: number; readonly top: number }
  | ({ readonly kind: 'room'; readonly name: string } & Place)
  | { readonly kind: 'form'; readonly form: Form; readonly back: Focus }
  /** In the server's own console: stop it, or only leave? */
  | { readonly kind: 'leaving'; readonly back: Focus }

export interface AppState {
  readonly data: DashboardState
  readonly say: Say
  readonly size: Size
  /** The dashboard of the server that started it. */
  readonly isConsole: boolean
  /** What makes the first operator, for the console while there is none. */
  readonly firstLink: string | undefined
  readonly screen: ScreenName
  readonly focus: Focus
  readonly tables: Readonly<Record<TableName, TableState>>
  /** `pausedAt`: the key of the last line that is shown; lines above it by `scroll`. */
  readonly log: {
    readonly filter: string
    readonly pausedAt: number | undefined
    readonly scroll: number
  }
  /** In the screen of limits and bans. */
  readonly limits: { readonly isShown: boolean; readonly top: number }
  readonly threads: { readonly top: number }
  /** How the last action ended. */
  readonly notice:
    | { readonly isFailure: boolean; readonly text: string; readonly atMs: number }
    | undefined
}

export function createAppState(
  start: Pick<AppState, 'say' | 'size' | 'isConsole' | 'firstLink'> & { readonly nowMs: number },
): AppState {
  const table = { filter: '', index: 0, top: 0, key: undefined }
  return {
    data: createDashboardState(start.nowMs),
    say: start.say,
    size: start.size,
    isConsole: start.isConsole,
    firstLink: start.firstLink,
    screen: 'overview',
    focus: { kind: 'browse' },
    tables: {
      connections: { ...table, sort: 'connectedAtMs', descending: true },
      rooms: { ...table, sort: 'members', descending: true },
      bans: { ...table, sort: 'setAtMs', descending: true },
    },
    log: { filter: '', pausedAt: undefined, scroll: 0 },
    limits: { isShown: false, top: 0 },
    threads: { top: 0 },
    notice: undefined,
  }
}

/** The server decides; this only keeps from offering in vain. */
export function mayAct({ data }: AppState, least: Role): boolean {
  return data.identity !== undefined && isAtLeast(data.identity.role, least)
}

/** The table on the screen, if there is one. */
export function tableOnScreen({ screen, limits }: AppState): TableName | undefined {
  if (screen === 'connections' || screen === 'rooms') return screen
  return screen === 'bans' && !limits.isShown ? screen : undefined
}

const LEAST: Size = { columns: 80, rows: 24 }

/** Nothing can be shown then, and so nothing be done. */
export function isTooSmall({ size }: AppState): boolean {
  return size.columns < LEAST.columns || size.rows < LEAST.rows
}

/** Lines between the three at the top and the two at the bottom. */
export function bodyRows({ size }: AppState): number {
  return Math.max(1, size.rows - 5)
}

/** Rows of a table under its head. */
export function tableRows(state: AppState): number {
  return Math.max(1, bodyRows(state) - 1)
}

export function keyOfRow(row: ConnectionRow | RoomRow | BanRow): string {
  if ('connection' in row) return String(row.connection)
  return 'id' in row ? row.id : row.name
}

/** The row at an index of all matching ones, if it was sent. */
export function rowAt<T extends TableName>(
  { data }: AppState,
  table: T,
  index: number,
): NonNullable<DashboardState[T]>['rows'][number] | undefined {
  const window = data[table]
  return window?.rows[index - window.from]
}

/** Someone seen in the details may have moved on in the table: whatever row is of that connection. */
export function connectionRow({ data }: AppState, id: number): ConnectionRow | undefined {
  return data.connections?.rows.find(({ connection }) => connection === id)
}

/** More than is shown, so that a few steps need no answer from the server. */
const WINDOW_ROWS = 200

/** What is to be watched at the moment. */
export function wantedQuery(state: AppState): ViewQuery | undefined {
  const name = state.focus.kind === 'connection' ? 'connections' : tableOnScreen(state)
  if (name === undefined) return undefined
  const { filter, sort, descending, top } = state.tables[name]
  const step = WINDOW_ROWS / 4
  return {
    of: name,
    ...(filter === '' ? {} : { filter }),
    sort,
    ...(descending ? { descending: true } : {}),
    from: Math.max(0, Math.floor(top / step) * step - step),
    count: WINDOW_ROWS,
  }
}

/** The room whose members are to be asked for. */
export function wantedRoom({ focus }: AppState): string | undefined {
  const under = focus.kind === 'form' || focus.kind === 'leaving' ? focus.back : focus
  return under.kind === 'room' ? under.name : undefined
}

/** How keys go through a list. */
export type Step = 'up' | 'down' | 'pageUp' | 'pageDown' | 'home' | 'end'
