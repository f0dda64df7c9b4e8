import { bold, dim } from '../../line.ts'
import { safeText } from '../../safe-text.ts'
import { stripFormatting } from '../../../client/format.ts'
import type { ChatState } from '../chat-state.ts'
import type { ListItem } from '../list-items.ts'
import { fitText } from '../../fit-text.ts'

const MAX_ITEMS = 500

/** Rooms that the server lists, the fullest first. */
export function directoryItems(
  { model, say, size }: ChatState,
  query: string,
): readonly ListItem[] {
  const { roomList } = model
  if (roomList.state === 'none' || roomList.state === 'loading') {
    return [{ line: [dim(`  ${say('directoryLoading')}…`)] }]
  }
  const wanted = query.trim().toLowerCase()
  const rooms = roomList.rooms
    .filter(({ name, topic }) => `${name} ${topic}`.toLowerCase().includes(wanted))
    .toSorted((a, b) => b.members - a.members)
    .slice(0, MAX_ITEMS)
  if (rooms.length === 0) return [{ line: [dim(`  ${say('directoryNone')}`)] }]
  const wide = Math.min(30, Math.floor(size.columns / 3))
  return rooms.map(({ name, members, topic }) => ({
    line: [
      bold(`  ${fitText(safeText(name), wide)}`),
      dim(` ${String(members).padStart(5)}  ${safeText(stripFormatting(topic)).slice(0, 200)}`),
    ],
    act: { kind: 'join', name },
  }))
}
