import { banForm, banMaskForm, disconnectForm, kickForm, messageForm } from './actions.ts'
import { targetOf, unbanForm } from './actions.ts'
import type { Target } from './actions.ts'
import { connectionRow, rowAt, tableOnScreen } from './app-state.ts'
import type { AppState } from './app-state.ts'
import type { Form } from './form.ts'

/** What a key asks for before it acts, if it can act here. */
export function formFor(state: AppState, letter: string): Form | undefined {
  const { say, screen } = state
  if (screen === 'bans' && !state.limits.isShown) {
    const ban = rowAt(state, 'bans', state.tables.bans.index)
    if (letter === 'b') return banMaskForm(say)
    return letter === 'u' && ban !== undefined ? unbanForm(ban, say) : undefined
  }
  const target = targetInFocus(state)
  return target && FORMS[letter]?.(target, state)
}

const FORMS: Readonly<Record<string, (target: Target, state: AppState) => Form | undefined>> = {
  m: (target, { say }) => messageForm(target, say),
  k: (target, { say }) => kickForm(target, say),
  d: (target, { say }) => disconnectForm(target, say),
  b: (target, { say }) => banForm(target, 'dline', say),
  x: (target, { say }) => banForm(target, 'mute', say),
}

/** Whom the keys are about: the chosen row, whose details are open, or a member of the open room. */
export function targetInFocus(state: AppState): Target | undefined {
  const { focus, data } = state
  if (focus.kind === 'connection') {
    const row = connectionRow(state, focus.id)
    return row && targetOf(row)
  }
  if (focus.kind === 'room') {
    const member =
      data.members?.room === focus.name ? data.members.members?.[focus.index] : undefined
    return member && { connection: member.connection, nick: member.nick, rooms: [focus.name] }
  }
  if (tableOnScreen(state) !== 'connections') return undefined
  const row = rowAt(state, 'connections', state.tables.connections.index)
  return row && targetOf(row)
}
