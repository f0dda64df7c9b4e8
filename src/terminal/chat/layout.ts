import { textWidth } from '../fit-text.ts'
import { safeText } from '../safe-text.ts'
import { openConversation, viewOf } from './chat-state.ts'
import type { ChatState } from './chat-state.ts'
import { composerRows } from './composer-rows.ts'
import type { ComposerRows } from './composer-rows.ts'

/** Where everything is, in cells from the left upper corner. */
export interface Layout {
  /** Columns; none: it isn't shown. The line beside it is one more. */
  readonly roomsWidth: number
  readonly membersWidth: number
  readonly bodyX: number
  readonly bodyWidth: number
  /** Of what is said. */
  readonly bodyY: number
  readonly bodyRows: number
  readonly composerY: number
  readonly composer: ComposerRows
}

const HEAD_ROWS = 2
const MAX_COMPOSER_ROWS = 6
const WIDE_COLUMNS = 100
const LEAST_COLUMNS = 60

/** Nothing can be shown in less. */
export function isTooSmall({ size }: ChatState): boolean {
  return size.columns < 40 || size.rows < 10
}

export function layoutOf(state: ChatState): Layout {
  const { columns, rows } = state.size
  const roomsWidth = hasRooms(state) ? (columns >= 120 ? 22 : 16) : 0
  const membersWidth = hasMembers(state) ? (columns >= 120 ? 24 : 18) : 0
  const bodyX = roomsWidth === 0 ? 0 : roomsWidth + 1
  const bodyWidth = columns - bodyX - (membersWidth === 0 ? 0 : membersWidth + 1)
  const composer = composerRows(viewOf(state).composer, {
    prompt: promptOf(state),
    width: columns,
    most: Math.min(MAX_COMPOSER_ROWS, Math.max(1, rows - 8)),
  })
  const composerY = rows - 1 - composer.lines.length
  const bodyRows = Math.max(1, composerY - 1 - HEAD_ROWS)
  return {
    roomsWidth,
    membersWidth,
    bodyX,
    bodyWidth,
    bodyY: HEAD_ROWS,
    bodyRows,
    composerY,
    composer,
  }
}

/** Who is writing, as others see it. */
export function promptOf(state: ChatState): string {
  const { nick } = state.model.self
  const ranks = openConversation(state)?.ownRanks ?? ''
  const prompt = ` ${safeText(ranks.slice(0, 1) + nick)} › `
  return textWidth(prompt) <= state.size.columns / 3 ? prompt : ' › '
}

function hasRooms({ sides, size }: ChatState): boolean {
  if (sides.rooms !== 'auto') return sides.rooms === 'shown' && size.columns >= 50
  return size.columns >= LEAST_COLUMNS
}

function hasMembers(state: ChatState): boolean {
  const { sides, size } = state
  if (openConversation(state)?.kind !== 'room') return false
  if (sides.members !== 'auto') return sides.members === 'shown' && size.columns >= LEAST_COLUMNS
  return size.columns >= WIDE_COLUMNS
}
