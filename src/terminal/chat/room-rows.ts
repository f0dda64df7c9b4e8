import type { Conversation, ConversationId } from '../../client/model.ts'
import { fitText, textWidth } from '../fit-text.ts'
import { fitLine } from '../line-layout.ts'
import { dim } from '../line.ts'
import type { Line, Span } from '../line.ts'
import { safeText } from '../safe-text.ts'
import { sortedConversations, unseenNotices } from './chat-state.ts'
import type { ChatState } from './chat-state.ts'
import { themeOf } from './theme.ts'
import type { Theme } from './theme.ts'

/** A line of the list of rooms, and what it opens: undefined is what the server says. */
export interface RoomRow {
  readonly line: Line
  readonly opens?: { readonly id: ConversationId | undefined }
}

/** Rooms, people one talks with, the server. */
export function roomRows(state: ChatState, width: number): readonly RoomRow[] {
  const { say, theme } = state
  const all = sortedConversations(state)
  const rooms = all.filter(({ kind }) => kind === 'room')
  const direct = all.filter(({ kind }) => kind === 'direct')
  const look = { state, width, theme: themeOf(theme) }
  const unseen = unseenNotices(state).length
  const name = ` ${say('serverView')}${unseen === 0 ? '' : ` ${unseen}`}`
  const server: RoomRow = {
    line: fitLine(
      [
        state.open === undefined
          ? { text: fitText(name, width), isInverse: true }
          : { text: name, isDim: unseen === 0 },
      ],
      width,
    ),
    opens: { id: undefined },
  }
  return [
    server,
    { line: [] },
    ...rooms.map((room) => conversationRow(room, look)),
    ...(direct.length === 0 ? [] : [{ line: [dim(` ${say('direct')}`)] }]),
    ...direct.map((one) => conversationRow(one, look)),
  ]
}

function conversationRow(
  conversation: Conversation,
  { state, width, theme }: { state: ChatState; width: number; theme: Theme },
): RoomRow {
  const { id, name, mentions, kind } = conversation
  const style = styleOf(conversation, state)
  const tail = tailOf(conversation, state)
  const room = width - 2 - (tail === '' ? 0 : textWidth(tail) + 1)
  const sign = kind === 'direct' ? `${presenceSign(state, id)} ` : ''
  const text = fitText(`${sign}${safeText(name)}`, room)
  const color = mentions > 0 ? theme.warning : theme.accent
  const tailStyle = { ...(id === state.open ? style : {}), color, isBold: mentions > 0 }
  return {
    line: [
      { ...style, text: ` ${text} ` },
      ...(tail === '' ? [] : [{ ...tailStyle, text: `${tail} ` }]),
    ],
    opens: { id },
  }
}

function styleOf(
  { id, unread, standing, notify }: Conversation,
  { open }: ChatState,
): Omit<Span, 'text'> {
  if (id === open) return { isInverse: true }
  const isQuiet = notify === 'nothing'
  return { isBold: unread > 0 && !isQuiet, isDim: standing !== 'joined' || isQuiet }
}

/** How much is new, and whether something is half written there. */
function tailOf(conversation: Conversation, state: ChatState): string {
  const { id, unread, mentions, isMoreUnread } = conversation
  const count = mentions > 0 ? `@${mentions}` : unread > 0 ? String(unread) : ''
  const draft = id !== state.open && hasDraft(state, conversation) ? '✎' : ''
  return [draft, count === '' ? '' : count + (isMoreUnread ? '+' : '')].filter(Boolean).join(' ')
}

function hasDraft({ views }: ChatState, { id, draft }: Conversation): boolean {
  return (views.get(id)?.composer.text ?? draft) !== ''
}

function presenceSign({ model }: ChatState, key: string): string {
  const presence = model.people.get(key)?.presence
  return presence === 'here' ? '●' : presence === 'away' ? '◐' : '○'
}
