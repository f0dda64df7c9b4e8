import { tableOnScreen, tableRows } from './app-state.ts'
import type { AppState, Place, Size, TableName } from './app-state.ts'
import { keyOfRow, rowAt } from './app-state.ts'
import { updateDashboard } from './dashboard-state.ts'
import type { DashboardEvent } from './dashboard-state.ts'

/** What happens to the app beside keys. */
export type AppEvent =
  | DashboardEvent
  | { readonly kind: 'resized'; readonly size: Size }
  | { readonly kind: 'acted'; readonly isFailure: boolean; readonly text: string }

export function updateApp(state: AppState, event: AppEvent): AppState {
  if (event.kind === 'resized') return settled({ ...state, size: event.size })
  if (event.kind === 'acted') {
    const { isFailure, text } = event
    return { ...state, notice: { isFailure, text, atMs: state.data.nowMs } }
  }
  const after = { ...state, data: updateDashboard(state.data, event) }
  return event.kind === 'frame' && event.frame.type === 'view' ? settled(after) : after
}

/** A list after a step: the index is in it, and is shown. */
export function placed(place: Place, count: number, shown: number): Place {
  const index = Math.max(0, Math.min(place.index, count - 1))
  const least = Math.max(0, index - shown + 1)
  const top = Math.max(least, Math.min(place.top, index, Math.max(0, count - shown)))
  return { index, top }
}

/** The place in a table after a step, and the row that is now chosen. */
export function moved(state: AppState, name: TableName, index: number): AppState {
  const table = state.tables[name]
  const count = state.data[name]?.matching ?? 0
  const place = placed({ index, top: table.top }, count, tableRows(state))
  const row = rowAt(state, name, place.index)
  return withTable(state, name, { ...place, key: row && keyOfRow(row) })
}

export function withTable(
  state: AppState,
  name: TableName,
  change: Partial<AppState['tables'][TableName]>,
): AppState {
  return { ...state, tables: { ...state.tables, [name]: { ...state.tables[name], ...change } } }
}

/** After new rows or another size: a row that somebody has chosen is followed to where it is now. */
function settled(state: AppState): AppState {
  const name = tableOnScreen(state)
  if (name === undefined) return state
  const { key, index } = state.tables[name]
  if (key === undefined) return withTable(moved(state, name, index), name, { key })
  const window = state.data[name]
  const found = window?.rows.findIndex((row) => keyOfRow(row) === key) ?? -1
  return moved(state, name, found < 0 ? index : found + (window?.from ?? 0))
}
