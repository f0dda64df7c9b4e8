import { bold, dim, plain } from '../../line.ts'
import { safeText } from '../../safe-text.ts'
import { sortedConversations } from '../chat-state.ts'
import type { ChatState } from '../chat-state.ts'
import type { ListItem } from '../list-items.ts'

const MAX_ITEMS = 50

/** Where one can go: what is open, rooms of the server, people; what is like the query at its start first. */
export function switcherItems(state: ChatState, query: string): readonly ListItem[] {
  const { model, say } = state
  const wanted = query.trim().toLowerCase()
  const open = sortedConversations(state)
    .filter(({ name }) => matches(name, wanted))
    .toSorted((a, b) => nearness(a.name, wanted) - nearness(b.name, wanted) || b.unread - a.unread)
    .map((one): ListItem => {
      const count = one.mentions > 0 ? `@${one.mentions}` : one.unread > 0 ? `${one.unread}` : ''
      return {
        line: [bold(`  ${safeText(one.name)}`), dim(count === '' ? '' : `  ${count}`)],
        act: { kind: 'go', id: one.id },
      }
    })
  if (wanted === '') return open
  const others = [...model.people.values()]
    .filter(({ key, nick }) => !model.conversations.has(key) && matches(nick, wanted))
    .map(({ nick }): ListItem => ({
      line: [plain(`  ${say('talkTo', { name: safeText(nick) })}`)],
      act: { kind: 'talk', nick },
    }))
  return [...open, ...joinItem(state, query.trim()), ...others].slice(0, MAX_ITEMS)
}

function joinItem({ model, say }: ChatState, name: string): readonly ListItem[] {
  const { roomPrefixes } = model.server
  const room = roomPrefixes.includes(name.charAt(0)) ? name : `#${name}`
  const isKnown = [...model.conversations.values()].some((one) => one.name === room)
  if (isKnown || room.includes(' ')) return []
  return [
    {
      line: [plain(`  ${say('joinNew', { name: safeText(room) })}`)],
      act: { kind: 'join', name: room },
    },
  ]
}

function matches(name: string, wanted: string): boolean {
  return name.toLowerCase().includes(wanted)
}

function nearness(name: string, wanted: string): number {
  const at = name.toLowerCase().indexOf(wanted)
  return at <= 1 ? 0 : 1
}
