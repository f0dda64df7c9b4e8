import { bodyRows, tableOnScreen } from './app-state.ts'
import type { AppState, ScreenName } from './app-state.ts'
import type { Key } from './key-decoder.ts'
import { visibleColumns } from './table-columns.ts'
import { tabPlaces } from './tabs.ts'

export type Pointed =
  | { readonly kind: 'screen'; readonly screen: ScreenName }
  | { readonly kind: 'row'; readonly index: number }
  | { readonly kind: 'sort'; readonly column: string }
  | { readonly kind: 'step'; readonly by: number }
  | { readonly kind: 'nothing' }

/** Where the lines are, from the top. */
const TABS_Y = 1
const BODY_Y = 3
const WHEEL_LINES = 3
/** What stands over the members of a room. */
export const ROOM_HEAD_LINES = 4

/** What the mouse points at. */
export function pressMouse(state: AppState, key: Key & { kind: 'mouse' }): Pointed {
  if (key.action !== 'press') {
    return { kind: 'step', by: key.action === 'wheelUp' ? -WHEEL_LINES : WHEEL_LINES }
  }
  if (key.y === TABS_Y) {
    const tab = tabPlaces(state).find(({ x, width }) => key.x >= x && key.x < x + width)
    return tab === undefined ? { kind: 'nothing' } : { kind: 'screen', screen: tab.screen }
  }
  const line = key.y - BODY_Y
  if (line < 0 || line >= bodyRows(state)) return { kind: 'nothing' }
  return pointedInBody(state, key.x, line)
}

function pointedInBody(state: AppState, x: number, line: number): Pointed {
  const { focus } = state
  if (focus.kind === 'room') {
    const isMember = line >= ROOM_HEAD_LINES
    return isMember
      ? { kind: 'row', index: focus.top + line - ROOM_HEAD_LINES }
      : { kind: 'nothing' }
  }
  const name = tableOnScreen(state)
  if (name === undefined || focus.kind === 'connection') return { kind: 'nothing' }
  if (line > 0) {
    const index = state.tables[name].top + line - 1
    return index < (state.data[name]?.matching ?? 0) ? { kind: 'row', index } : { kind: 'nothing' }
  }
  const head = visibleColumns(name, state.size.columns).find(
    (placed) => x >= placed.x && x < placed.x + placed.width,
  )
  return head === undefined ? { kind: 'nothing' } : { kind: 'sort', column: head.column.sort }
}
