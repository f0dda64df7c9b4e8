import type { Key } from '../key-decoder.ts'
import { moved } from './moved.ts'
import { chatPicture } from './chat-lines.ts'
import type { Picture } from './chat-lines.ts'
import { messageOf, opened } from './chat-state.ts'
import type { ChatState } from './chat-state.ts'
import { asks, step } from './effect.ts'
import type { Step } from './effect.ts'
import { actOn } from './list-acts.ts'
import { listItems } from './list-items.ts'
import { memberNick, memberRows } from './member-rows.ts'
import { roomRows } from './room-rows.ts'

const WHEEL_ROWS = 3

type MouseKey = Key & { readonly kind: 'mouse' }

/** A click opens, chooses or does what it points at; the wheel scrolls what is under it. */
export function pressMouse(state: ChatState, key: MouseKey): Step {
  const picture = chatPicture(state)
  if (key.action !== 'press') return wheeled(state, key, picture)
  const { layout } = picture
  const y = key.y - layout.bodyY
  if (y < 0 || y >= layout.bodyRows) return step(state)
  if (key.x < layout.roomsWidth) return clickedRoom(state, y + state.roomsTop, layout.roomsWidth)
  if (key.x > layout.bodyX + layout.bodyWidth) return clickedMember(state, y + state.membersTop)
  if (key.x < layout.bodyX || key.x === layout.bodyX + layout.bodyWidth) return step(state)
  return clickedBody(state, key, picture)
}

function wheeled(state: ChatState, key: MouseKey, { layout }: Picture): Step {
  const by = key.action === 'wheelUp' ? -WHEEL_ROWS : WHEEL_ROWS
  if (key.x < layout.roomsWidth) {
    const count = roomRows(state, layout.roomsWidth).length
    return step({ ...state, roomsTop: within(state.roomsTop + by, count - layout.bodyRows) })
  }
  if (layout.membersWidth > 0 && key.x > layout.bodyX + layout.bodyWidth) {
    const count = memberRows(state, layout.membersWidth).length
    return step({ ...state, membersTop: within(state.membersTop + by, count - layout.bodyRows) })
  }
  const { panel } = state
  if (panel?.kind === 'list') {
    const last = listItems(state, panel).length - 1
    const index = within(panel.index + Math.sign(by), last)
    return step({ ...state, panel: { ...panel, index } })
  }
  return moved(state, by)
}

function within(value: number, most: number): number {
  return Math.max(0, Math.min(value, most))
}

function clickedRoom(state: ChatState, row: number, width: number): Step {
  const { opens } = roomRows(state, width)[row] ?? {}
  return step(opens === undefined ? state : { ...opened(state, opens.id), panel: undefined })
}

/** Somebody who is pointed at is talked with. */
function clickedMember(state: ChatState, row: number): Step {
  const nick = memberNick(state, row)
  if (nick === undefined || nick === state.model.self.nick) return step(state)
  return asks({ ...state, panel: undefined }, { kind: 'open', nick }, { kind: 'open' })
}

function clickedBody(state: ChatState, key: MouseKey, picture: Picture): Step {
  const { panel, body, layout } = picture
  if (panel !== undefined && key.y >= panel.top) return clickedList(state, key.y - panel.top, panel)
  const rows = body.to - body.from
  const height = layout.bodyRows - (panel?.lines.length ?? 0)
  const item = body.rows[body.from + key.y - layout.bodyY - (height - rows)]?.item
  if (item === undefined || messageOf(state, item) === undefined) {
    return step({ ...state, panel: undefined })
  }
  return step({ ...state, panel: { kind: 'message', item } })
}

function clickedList(state: ChatState, y: number, { items }: NonNullable<Picture['panel']>): Step {
  const { panel } = state
  if (panel?.kind !== 'list' || items === undefined) return step(state)
  const line = y - items.y
  if (line < 0 || line >= items.count) return step(state)
  return actOn({ ...state, panel: { ...panel, index: items.first + line } })
}
