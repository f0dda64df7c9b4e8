import { fitLine, spreadLine } from '../line-layout.ts'
import { bold, dim, inverse, plain } from '../line.ts'
import type { Line } from '../line.ts'
import { safeText } from '../safe-text.ts'
import type { Cell } from '../terminal-screen.ts'
import { bodyOf } from './body.ts'
import type { Body } from './body.ts'
import { openConversation } from './chat-state.ts'
import type { ChatState } from './chat-state.ts'
import { headLine } from './head-line.ts'
import { isTooSmall, layoutOf } from './layout.ts'
import type { Layout } from './layout.ts'
import { memberRows } from './member-rows.ts'
import { panelLines } from './panel-lines.ts'
import type { PanelLines } from './panel-lines.ts'
import { refusalText } from './refusal-text.ts'
import { roomRows } from './room-rows.ts'
import { ruleOverComposer, statusLine } from './status-lines.ts'

/** The whole screen, and where the cursor is in it. */
export interface Picture {
  readonly lines: readonly Line[]
  readonly cursor?: Cell
  readonly layout: Layout
  readonly body: Body
  readonly panel?: PanelLines & { readonly top: number }
}

export function chatPicture(state: ChatState): Picture {
  const { size } = state
  const layout = layoutOf(state)
  const panel = placedPanel(state, layout)
  const height = layout.bodyRows - (panel?.lines.length ?? 0)
  const body = bodyOf(state, layout.bodyWidth, Math.max(1, height))
  if (isTooSmall(state)) {
    const text = [plain(state.say('tooSmall'))]
    return { lines: whole([text], size.columns, size.rows), layout, body }
  }
  const middle = [...bodyLines(state, body, layout), ...(panel?.lines ?? [])]
  const composer = layout.composer.lines
  const below = { rows: body.rows.length - body.to }
  const lines = whole(
    [
      topLine(state, layout),
      underTop(layout, size.columns),
      ...besides(state, middle, layout),
      ruleOverComposer(state, below),
      ...composer,
      statusLine(state),
    ],
    size.columns,
    size.rows,
  )
  const cursor = cursorOf(layout, panel)
  return {
    lines,
    layout,
    body,
    ...(cursor === undefined ? {} : { cursor }),
    ...(panel === undefined ? {} : { panel }),
  }
}

/** Lines that the cursor does not move while a panel asks for a key alone. */
function cursorOf(layout: Layout, panel: Picture['panel']): Cell | undefined {
  const { composer, composerY, bodyX } = layout
  if (panel === undefined) return { x: composer.x, y: composerY + composer.y }
  if (panel.cursor === undefined) return undefined
  return { x: bodyX + panel.cursor.x, y: panel.top + panel.cursor.y }
}

function placedPanel(state: ChatState, layout: Layout): Picture['panel'] {
  if (state.panel === undefined) return undefined
  const { bodyRows, bodyWidth, bodyY } = layout
  const room = { width: bodyWidth, most: Math.max(4, bodyRows - 2) }
  const shown = panelLines(state, state.panel, room)
  const lines = shown.lines.slice(0, bodyRows)
  return { ...shown, lines, top: bodyY + bodyRows - lines.length }
}

function whole(lines: readonly Line[], columns: number, rows: number): Line[] {
  return Array.from({ length: rows }, (_, i) => fitLine(lines[i] ?? [], columns))
}

function topLine(state: ChatState, { roomsWidth, bodyX }: Layout): Line {
  const { left, right } = headLine(state)
  const wide = state.size.columns - bodyX
  const network = safeText(state.model.server.network || 'Maru')
  const corner = [...fitLine([bold(` ${network}`)], roomsWidth), dim('│')]
  return [...(roomsWidth === 0 ? [] : corner), ...spreadLine(left, right, wide)]
}

function underTop({ roomsWidth, membersWidth }: Layout, columns: number): Line {
  const left = roomsWidth === 0 ? '' : `${'─'.repeat(roomsWidth)}┼`
  const right = membersWidth === 0 ? '' : `┬${'─'.repeat(membersWidth)}`
  return [dim(left + '─'.repeat(columns - left.length - right.length) + right)]
}

/** What is said stands at the bottom, as it comes. */
function bodyLines(state: ChatState, body: Body, layout: Layout): Line[] {
  const { panel } = state
  const chosen = panel?.kind === 'message' || panel?.kind === 'delete' ? panel.item : undefined
  const shown = body.rows.slice(body.from, body.to).map(({ line, item }) => {
    if (chosen === undefined || item !== chosen) return line
    return inverse(fitLine(line, layout.bodyWidth))
  })
  if (body.rows.length === 0) return emptyLines(state)
  return shown
}

function emptyLines(state: ChatState): Line[] {
  const conversation = openConversation(state)
  if (conversation === undefined) return []
  const { standing, refusal } = conversation
  if (refusal !== undefined) return [[], [dim(`  ${refusalText(refusal, state.say)}`)]]
  const isOut = standing === 'left' || standing === 'removed' || standing === 'refused'
  return [[], [dim(`  ${state.say(isOut ? 'notInRoom' : 'nothingSaid')}`)]]
}

/** Rooms to the left, members to the right. */
function besides(state: ChatState, middle: readonly Line[], layout: Layout): Line[] {
  const { roomsWidth, membersWidth, bodyWidth, bodyRows } = layout
  const rooms = roomsWidth === 0 ? [] : roomRows(state, roomsWidth).slice(state.roomsTop)
  const members = membersWidth === 0 ? [] : memberRows(state, membersWidth).slice(state.membersTop)
  const above = Math.max(0, bodyRows - middle.length)
  return Array.from({ length: bodyRows }, (_, i) => {
    const line = middle[i - above]
    return [
      ...(roomsWidth === 0 ? [] : [...fitLine(rooms[i]?.line ?? [], roomsWidth), dim('│')]),
      ...fitLine(line ?? [], bodyWidth),
      ...(membersWidth === 0 ? [] : [dim('│'), ...fitLine(members[i] ?? [], membersWidth)]),
    ]
  })
}
