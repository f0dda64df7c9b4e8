import { dim, plain } from '../../line.ts'
import { dateText } from '../../number-text.ts'
import { safeText } from '../../safe-text.ts'
import { openConversation } from '../chat-state.ts'
import type { ChatState } from '../chat-state.ts'
import type { ListItem } from '../list-items.ts'

/** Who is kept out of the open room, as far as it was asked for. */
export function banItems(state: ChatState): readonly ListItem[] {
  const bans = openConversation(state)?.lists['b'] ?? []
  if (bans.length === 0) return [{ line: [dim(`  ${state.say('bansNone')}`)] }]
  return bans.map(({ mask, setBy = '', setAtMs }) => ({
    line: [
      plain(`  ${safeText(mask)}`),
      dim(`  ${safeText(setBy)}${setAtMs === undefined ? '' : `  ${dateText(setAtMs)}`}`),
    ],
  }))
}
