import type { Key } from '../key-decoder.ts'
import { composed } from './composed.ts'
import { completed } from './completion.ts'
import { edited, emptied, movedLine, recalled, withText } from './composer.ts'
import { itemsOf, opened, sortedConversations, viewOf, withView } from './chat-state.ts'
import type { ChatState, ListOf } from './chat-state.ts'
import { both, intends, step } from './effect.ts'
import type { Step } from './effect.ts'
import { layoutOf } from './layout.ts'
import { moved } from './moved.ts'
import { pressMouse } from './mouse.ts'
import { pressInPanel } from './panel-keys.ts'
import { pasted } from './paste.ts'
import { resentLast } from './resend.ts'
import { sent } from './send.ts'

/** What a key does. */
export function pressChatKey(state: ChatState, key: Key): Step {
  if (key.kind === 'focus') return step({ ...state, isLookedAt: key.is === 'in' })
  if (key.kind === 'mouse') return pressMouse(state, key)
  if (state.panel !== undefined) return pressInPanel(state, state.panel, key)
  if (key.kind === 'pasted') return pasted(state, key.text)
  return pressGlobal(state, key) ?? pressComposer(state, key)
}

function pressGlobal(state: ChatState, key: Key): Step | undefined {
  if (key.kind === 'control') return CONTROLS[key.letter]?.(state)
  if (key.kind === 'alt') return pressAlt(state, key.letter)
  if (key.kind !== 'named') return undefined
  return key.modifier === 'control' ? pressControlNamed(state, key.name) : NAMED[key.name]?.(state)
}

const NAMED: Readonly<Record<string, (state: ChatState) => Step>> = {
  f1: (state) => step(withList(state, 'help')),
  f2: (state) => step(withList(state, 'mentions')),
  pageUp: (state) => paged(state, -1),
  pageDown: (state) => paged(state, 1),
}

function pressControlNamed(state: ChatState, name: string): Step | undefined {
  if (name === 'end') return step(withView(state, { scroll: undefined }))
  return name === 'home' ? moved(state, Number.NEGATIVE_INFINITY) : undefined
}

const CONTROLS: Readonly<Record<string, (state: ChatState) => Step>> = {
  c: (state) => interrupted(state),
  k: (state) => step(withList(state, 'switcher')),
  f: (state) => step(withList(state, 'search')),
  l: (state) => intends(withList(state, 'directory'), { kind: 'listRooms' }),
  n: (state) => step(neighbour(state, 1)),
  p: (state) => step(neighbour(state, -1)),
  b: (state) => step(withSide(state, 'rooms')),
  g: (state) => step(withSide(state, 'members')),
  r: (state) => resentLast(state),
  t: (state) => intends(state, { kind: 'retryNow' }),
}

function withList(state: ChatState, of: ListOf): ChatState {
  return { ...state, panel: { kind: 'list', of, query: '', index: 0 } }
}

/** What was typed goes first; with nothing typed it is a question whether to leave. */
function interrupted(state: ChatState): Step {
  const view = viewOf(state)
  if (view.composer.text === '') return step({ ...state, panel: { kind: 'leave' } })
  return composed(state, emptied(view.composer))
}

function pressAlt(state: ChatState, letter: string): Step | undefined {
  const all = sortedConversations(state)
  if (/^[1-9]$/.test(letter)) {
    const conversation = all[Number(letter) - 1]
    return conversation === undefined ? step(state) : step(opened(state, conversation.id))
  }
  if (letter === '0') return step(opened(state, undefined))
  if (letter !== 'a') return undefined
  const [next] = all
    .filter(({ id, unread }) => unread > 0 && id !== state.open)
    .toSorted((a, b) => b.mentions - a.mentions || b.unread - a.unread)
  return step(next === undefined ? state : opened(state, next.id))
}

function neighbour(state: ChatState, by: 1 | -1): ChatState {
  const ids = [undefined, ...sortedConversations(state).map(({ id }) => id)]
  const at = ids.indexOf(state.open) + by
  return opened(state, ids[(at + ids.length) % ids.length])
}

function withSide(state: ChatState, side: 'rooms' | 'members'): ChatState {
  const layout = layoutOf(state)
  const isShown = (side === 'rooms' ? layout.roomsWidth : layout.membersWidth) > 0
  return { ...state, sides: { ...state.sides, [side]: isShown ? 'hidden' : 'shown' } }
}

function paged(state: ChatState, by: 1 | -1): Step {
  const { bodyRows } = layoutOf(state)
  const after = moved(state, by * Math.max(1, bodyRows - 2))
  return by < 0 ? both(after, retriedGaps) : after
}

/** Gaps that could not be filled are asked for again when somebody wants to go there. */
function retriedGaps(state: ChatState): Step {
  const { open } = state
  const failed = itemsOf(state).filter((item) => item.kind === 'gap' && item.state === 'failed')
  if (open === undefined) return step(state)
  return intends(
    state,
    ...failed
      .slice(-1)
      .map(({ id }) => ({ kind: 'fill', conversation: open, gap: id, side: 'newer' }) as const),
  )
}

function pressComposer(state: ChatState, key: Key): Step {
  const view = viewOf(state)
  if (key.kind === 'named') {
    if (key.name === 'enter') return sent(state)
    if (key.name === 'escape') return step(escaped(state))
    if (key.name === 'tab') return completedBy(state, 1)
    if (key.name === 'backTab') return completedBy(state, -1)
    if (key.name === 'up' || key.name === 'down') return stepped(state, key)
  }
  const next = edited(view.composer, key)
  return next === undefined ? step(state) : composed(state, next)
}

function stepped(state: ChatState, key: Key & { kind: 'named' }): Step {
  const { composer } = viewOf(state)
  const by = key.name === 'up' ? -1 : 1
  if (key.modifier === 'alt') return composed(state, recalled(composer, by))
  const within = movedLine(composer, by)
  if (within !== undefined) return composed(state, within)
  if (composer.text !== '' || by > 0) return composed(state, recalled(composer, by))
  return step(withChosen(state))
}

/** The last message in view. */
function withChosen(state: ChatState): ChatState {
  const { scroll } = viewOf(state)
  const items = itemsOf(state)
  const end =
    scroll === undefined ? items.length : items.findIndex(({ id }) => id === scroll.item) + 1
  const item = items.slice(0, end).findLast(({ kind }) => kind === 'message')
  return item === undefined ? state : { ...state, panel: { kind: 'message', item: item.id } }
}

function escaped(state: ChatState): ChatState {
  const { replyTo, editing, completion, scroll, composer } = viewOf(state)
  if (completion !== undefined) return withView(state, { completion: undefined })
  if (editing !== undefined) {
    return withView(state, { editing: undefined, composer: withText(composer, '') })
  }
  if (replyTo !== undefined) return withView(state, { replyTo: undefined })
  if (scroll !== undefined) return withView(state, { scroll: undefined })
  return withView({ ...state, toast: undefined }, { newAfterMs: undefined })
}

function completedBy(state: ChatState, by: 1 | -1): Step {
  const view = viewOf(state)
  const found = completed(state, view, by)
  if (found === undefined) return step(state)
  return composed(state, found.composer, found.completion)
}
