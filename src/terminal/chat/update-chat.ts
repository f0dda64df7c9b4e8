import { applyChanges } from '../../client/change.ts'
import type { Change } from '../../client/change.ts'
import { stripFormatting } from '../../client/format.ts'
import type { Outcome } from '../../client/intent.ts'
import { opened, unseenNotices, viewOf, withView } from './chat-state.ts'
import type { ChatState, Pending } from './chat-state.ts'
import { told } from './effect.ts'
import { safeText } from '../safe-text.ts'
import { refusalText } from './refusal-text.ts'
import { shownItem } from './shown-item.ts'

/** After what the client has told. */
export function withChanges(state: ChatState, changes: readonly Change[]): ChatState {
  const model = applyChanges(state.model, changes)
  let after: ChatState = withNew({ ...state, model }, state)
  for (const change of changes) {
    if (change.kind === 'outcome') after = withOutcome(after, change.ref, change.outcome)
  }
  return withoutAlarm(withQuestion(withOpen(withNotice(after, state))))
}

/** What the server, a service or somebody says to us alone is told wherever one is. */
function withNotice(state: ChatState, before: ChatState): ChatState {
  const last = state.model.notices.at(-1)
  const isNew = last !== undefined && before.model.notices.every(({ id }) => id !== last.id)
  if (!isNew || state.open === undefined || !unseenNotices(state).includes(last)) return state
  const text = safeText(stripFormatting(last.text).replaceAll(/\s+/g, ' '))
  const from = last.from === '' ? '' : `${safeText(last.from)}: `
  const isFailure = last.kind === 'refusal' || last.kind === 'warning'
  return told(state, `${from}${text}`, isFailure ? 'failure' : 'good')
}

/** The server that was agreed to is back. */
function withoutAlarm(state: ChatState): ChatState {
  const isBack = state.alarm !== undefined && state.model.connection.state === 'online'
  return isBack ? { ...state, alarm: undefined } : state
}

/** What comes while nobody looks is told apart from what was there. */
function withNew(state: ChatState, before: ChatState): ChatState {
  const { open, isLookedAt } = state
  if (open === undefined || isLookedAt || viewOf(state).newAfterMs !== undefined) return state
  const items = before.model.timelines.get(open)?.items ?? []
  const isMore = (state.model.timelines.get(open)?.items.length ?? 0) > items.length
  const last = items.findLast((item) => item.kind !== 'gap')
  if (!isMore || last === undefined) return state
  return withView(state, { newAfterMs: last.timeMs })
}

/** What is open may be gone; and whoever begins sees their first room. */
function withOpen(state: ChatState): ChatState {
  const { open, model, hasBegun } = state
  if (open !== undefined && !model.conversations.has(open)) return opened(state, undefined)
  if (hasBegun) return state
  const first = [...model.conversations.values()].find(({ kind }) => kind === 'room')
  return first === undefined ? state : { ...opened(state, first.id), hasBegun: true }
}

function withQuestion(state: ChatState): ChatState {
  const { question } = state.model.connection
  const isAsked = state.panel?.kind === 'question'
  if (question === undefined) return isAsked ? { ...state, panel: undefined } : state
  if (isAsked) return state
  const isNick = question.kind === 'nick'
  const name = isNick ? question.taken : state.account
  const at = isNick || name === '' ? 0 : 1
  const panel = { kind: 'question', name, secret: '', at } as const
  return { ...state, panel }
}

function withOutcome(state: ChatState, ref: string, outcome: Outcome): ChatState {
  const waiting = state.pending.get(ref)
  if (waiting === undefined) return state
  const pending = new Map(state.pending)
  pending.delete(ref)
  return afterOutcome({ ...state, pending }, waiting, outcome)
}

function afterOutcome(state: ChatState, waiting: Pending, outcome: Outcome): ChatState {
  const { say } = state
  if (outcome.kind === 'unknown') return told(state, say('unknownOutcome'))
  if (outcome.kind === 'refused') return told(state, refusalText(outcome, say))
  const { conversation, item } = outcome
  const isGoing = waiting.kind !== 'notice' && conversation !== undefined
  const after = isGoing ? opened(state, conversation) : state
  if (waiting.kind !== 'jump' || item === undefined) return after
  return shownItem({ ...after, panel: { kind: 'message', item } }, item)
}
