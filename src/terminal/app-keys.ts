import { announceForm } from './actions.ts'
import { formFor, targetInFocus } from './app-forms.ts'
import { isTooSmall, mayAct, rowAt, SCREENS, tableOnScreen, tableRows } from './app-state.ts'
import type { AppState, Focus, ScreenName, Step, TableName } from './app-state.ts'
import { moved, placed, withTable } from './app-update.ts'
import { answerForm, typeInto } from './form.ts'
import type { Form, Order } from './form.ts'
import type { Key, KeyName } from './key-decoder.ts'
import { logStep, pauseLog } from './log-place.ts'
import { pressMouse } from './mouse.ts'
import { visibleColumns } from './table-columns.ts'

/** What a key asks of the world. */
export type Effect =
  | { readonly kind: 'act'; readonly order: Order }
  | { readonly kind: 'leave' }
  | { readonly kind: 'stop server' }

export interface Pressed {
  readonly state: AppState
  readonly effect?: Effect
}

export function pressKey(state: AppState, key: Key): Pressed {
  if (state.focus.kind === 'leaving') return pressInLeaving(state, state.focus, key)
  return isTooSmall(state) ? pressUnseen(state, key) : pressSeen(state, key)
}

function pressSeen(state: AppState, key: Key): Pressed {
  const { focus } = state
  if (key.kind === 'mouse') return mousePressed(state, key)
  if (focus.kind === 'form') return pressInForm(state, focus, key)
  if (key.kind === 'control') return key.letter === 'c' ? leave(state) : { state }
  if (focus.kind === 'filter') return { state: pressInFilter(state, key) }
  if (focus.kind === 'keys') return { state: focused(state, { kind: 'browse' }) }
  if (key.kind === 'named') return { state: pressNamed(state, key.name) }
  return key.kind === 'text' ? pressLetter(state, latin(key.text)) : { state }
}

function pressUnseen(state: AppState, key: Key): Pressed {
  const isLeaving =
    (key.kind === 'control' && key.letter === 'c') ||
    (key.kind === 'text' && latin(key.text) === 'q')
  return isLeaving ? leave(state) : { state }
}

function latin(letter: string): string {
  return LATIN[letter] ?? letter
}

/** The same keys while Korean is being written: 2-set letters. */
const LATIN: Readonly<Record<string, string>> = Object.fromEntries(
  Array.from('ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔㅁㄴㅇㄹㅎㅗㅓㅏㅣㅋㅌㅊㅍㅠㅜㅡ', (letter, i) => [
    letter,
    'qwertyuiopasdfghjklzxcvbnm'.charAt(i),
  ]),
)

function focused(state: AppState, focus: Focus): AppState {
  return { ...state, focus }
}

export function showScreen(state: AppState, screen: ScreenName): AppState {
  return { ...state, screen, focus: { kind: 'browse' } }
}

function mousePressed(state: AppState, key: Key & { kind: 'mouse' }): Pressed {
  if (['form', 'leaving', 'keys'].includes(state.focus.kind)) return { state }
  const found = pressMouse(state, key)
  switch (found.kind) {
    case 'screen':
      return { state: showScreen(state, found.screen) }
    case 'row':
      return { state: chosenRow(state, found.index) }
    case 'sort':
      return { state: sorted(state, found.column) }
    case 'step':
      return { state: step(state, found.by) }
    case 'nothing':
      return { state }
  }
}

/** The first click chooses, a second one on the same row opens it. */
function chosenRow(state: AppState, index: number): AppState {
  const { focus } = state
  if (focus.kind === 'room') return focused(state, { ...focus, index })
  const name = tableOnScreen(state)
  if (name === undefined) return state
  const isChosen = state.tables[name].index === index && state.tables[name].key !== undefined
  return isChosen ? opened(state) : moved(state, name, index)
}

function pressInForm(state: AppState, focus: Focus & { kind: 'form' }, key: Key): Pressed {
  const answer = answerForm(focus.form, key)
  if (answer.kind === 'open') return { state: focused(state, { ...focus, form: answer.form }) }
  const back = focused(state, focus.back)
  return answer.kind === 'cancelled'
    ? { state: back }
    : { state: back, effect: { kind: 'act', order: answer.order } }
}

function pressInLeaving(state: AppState, focus: Focus & { kind: 'leaving' }, key: Key): Pressed {
  if (key.kind === 'named' && key.name === 'escape') return { state: focused(state, focus.back) }
  const letter = key.kind === 'text' ? latin(key.text).toLowerCase() : ''
  if (letter === 's' && mayAct(state, 'admin')) return { state, effect: { kind: 'stop server' } }
  if (letter === 'l') return { state, effect: { kind: 'leave' } }
  return { state }
}

function leave(state: AppState): Pressed {
  if (!state.isConsole) return { state, effect: { kind: 'leave' } }
  return { state: focused(state, { kind: 'leaving', back: state.focus }) }
}

/** No query may be longer. */
const MAX_FILTER = 200

function pressInFilter(state: AppState, key: Key): AppState {
  const isDone = key.kind === 'named' && ['enter', 'down', 'up'].includes(key.name)
  if (isDone) return focused(state, { kind: 'browse' })
  const isCleared = key.kind === 'named' && key.name === 'escape'
  const filter = isCleared ? '' : typeInto(filterOf(state), key).slice(0, MAX_FILTER)
  const after = isCleared ? focused(state, { kind: 'browse' }) : state
  return withFilter(after, filter)
}

export function filterOf(state: AppState): string {
  const name = tableOnScreen(state)
  return name === undefined ? state.log.filter : state.tables[name].filter
}

function withFilter(state: AppState, filter: string): AppState {
  const name = tableOnScreen(state)
  if (name === undefined) return { ...state, log: { ...state.log, filter, scroll: 0 } }
  return reordered(state, name, { filter })
}

function pressNamed(state: AppState, name: KeyName): AppState {
  switch (name) {
    case 'tab':
    case 'backTab':
    case 'left':
    case 'right':
      return nextScreen(state, name === 'tab' || name === 'right' ? 1 : -1)
    case 'enter':
      return opened(state)
    case 'escape':
      return wentBack(state)
    case 'backspace':
    case 'delete':
    case 'f1':
    case 'f2':
    case 'newLine':
      return state
    default:
      return step(state, name)
  }
}

function nextScreen(state: AppState, by: number): AppState {
  const at = SCREENS.indexOf(state.screen) + by
  return showScreen(state, SCREENS[(at + SCREENS.length) % SCREENS.length] ?? 'overview')
}

/** Out of the details, or out of the filter. */
function wentBack(state: AppState): AppState {
  if (state.focus.kind !== 'browse') return focused(state, { kind: 'browse' })
  return filterOf(state) === '' ? state : withFilter(state, '')
}

function opened(state: AppState): AppState {
  if (state.focus.kind === 'room') {
    const id = targetInFocus(state)?.connection
    return id === undefined ? state : focused(state, { kind: 'connection', id, top: 0 })
  }
  const name = tableOnScreen(state)
  if (name === undefined || state.focus.kind !== 'browse') return state
  const { index } = state.tables[name]
  if (name === 'rooms') {
    const row = rowAt(state, name, index)
    return row ? focused(state, { kind: 'room', name: row.name, index: 0, top: 0 }) : state
  }
  const row = rowAt(state, 'connections', index)
  if (name !== 'connections' || row === undefined) return state
  return focused(state, { kind: 'connection', id: row.connection, top: 0 })
}

function step(state: AppState, by: Step | number): AppState {
  const { focus } = state
  const rows = tableRows(state)
  if (focus.kind === 'connection') {
    return focused(state, { ...focus, top: Math.max(0, stepped(focus.top, by, rows)) })
  }
  if (focus.kind === 'room') {
    const count = state.data.members?.members?.length ?? 0
    const place = placed({ ...focus, index: stepped(focus.index, by, rows) }, count, rows - 4)
    return focused(state, { ...focus, ...place })
  }
  const name = tableOnScreen(state)
  if (name !== undefined) return moved(state, name, stepped(state.tables[name].index, by, rows))
  if (state.screen === 'log' || state.screen === 'overview') return logStep(state, by)
  const list = state.screen === 'bans' ? 'limits' : 'threads'
  const top = Math.max(0, stepped(state[list].top, by, rows))
  return { ...state, [list]: { ...state[list], top } }
}

function stepped(index: number, by: Step | number, page: number): number {
  if (typeof by === 'number') return index + by
  const steps: Record<Step, number> = {
    up: index - 1,
    down: index + 1,
    pageUp: index - page,
    pageDown: index + page,
    home: 0,
    end: Number.MAX_SAFE_INTEGER,
  }
  return steps[by]
}

function pressLetter(state: AppState, letter: string): Pressed {
  const number = Number(letter)
  const screen = Number.isInteger(number) ? SCREENS[number - 1] : undefined
  if (screen !== undefined) return { state: showScreen(state, screen) }
  if (letter === 'q') return leave(state)
  if (letter === 'a') return { state: asked(state, 'moderate', announcement(state)) }
  return { state: pressOnScreen(state, letter) }
}

function announcement({ say, data }: AppState): Form {
  return announceForm(say, data.head?.people ?? 0)
}

function pressOnScreen(state: AppState, letter: string): AppState {
  if (letter === '?') return focused(state, { kind: 'keys' })
  if ('mkdbxu'.includes(letter)) return asked(state, 'moderate', formFor(state, letter))
  return state.focus.kind === 'browse' ? pressInList(state, letter) : state
}

function pressInList(state: AppState, letter: string): AppState {
  const { screen, limits } = state
  if (screen === 'log' && letter === 'p') return pauseLog(state)
  if (screen === 'log' && letter === '/') return focused(state, { kind: 'filter' })
  if (screen === 'bans' && letter === 'l') {
    return { ...state, limits: { isShown: !limits.isShown, top: 0 } }
  }
  const name = tableOnScreen(state)
  if (name === undefined) return state
  if (letter === '/') return focused(state, { kind: 'filter' })
  if (letter === 'S') return sorted(state, state.tables[name].sort)
  return letter === 's' ? sorted(state, nextSort(state)) : state
}

function nextSort(state: AppState): string {
  const name = tableOnScreen(state) ?? 'connections'
  const sorts = visibleColumns(name, state.size.columns).map(({ column }) => column.sort)
  return sorts[(sorts.indexOf(state.tables[name].sort) + 1) % sorts.length] ?? ''
}

/** In another order, or with other rows, one begins at the top. */
function reordered(
  state: AppState,
  name: TableName,
  change: { readonly filter: string } | { readonly sort: string; readonly descending: boolean },
): AppState {
  return withTable(state, name, { ...change, index: 0, top: 0, key: undefined })
}

/** By the column that it is sorted by already: the other way round. */
function sorted(state: AppState, sort: string): AppState {
  const name = tableOnScreen(state)
  if (name === undefined) return state
  const table = state.tables[name]
  const descending = table.sort === sort ? !table.descending : false
  return reordered(state, name, { sort, descending })
}

function asked(state: AppState, least: 'moderate', form: Form | undefined): AppState {
  if (form === undefined || !mayAct(state, least)) return state
  return focused(state, { kind: 'form', form, back: state.focus })
}
