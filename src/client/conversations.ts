/** Rooms and direct conversations: finding, opening and forgetting them. */
import { foldName, isRoom, setConversation, store, type Core } from './core.ts'
import type { Conversation } from './model.ts'
import { MOST } from './most.ts'
import { prunePerson } from './people.ts'

/** By the name that it has now. */
export function findConversation(core: Core, name: string): Conversation | undefined {
  const folded = foldName(core, name)
  const direct = core.view.conversations.get(folded)
  if (direct !== undefined && foldName(core, direct.name) === folded) return direct
  // One that was renamed has another id.
  for (const conversation of core.view.conversations.values()) {
    if (foldName(core, conversation.name) === folded) return conversation
  }
  return undefined
}

export function ensureConversation(core: Core, name: string): Conversation | undefined {
  const known = findConversation(core, name)
  if (known !== undefined) return known
  if (name === '' || core.view.conversations.size >= MOST.conversations) return undefined
  const kind = isRoom(core, name) ? 'room' : 'direct'
  let id = foldName(core, name)
  while (core.view.conversations.has(id)) id += '~'
  const conversation: Conversation = {
    id,
    kind,
    name,
    standing: kind === 'direct' ? 'joined' : 'left',
    modes: '',
    ownRanks: '',
    memberCount: 0,
    unread: 0,
    mentions: 0,
    isMoreUnread: false,
    draft: '',
    notify: 'all',
    metadata: {},
    lists: {},
  }
  core.view.conversations.set(id, conversation)
  return conversation
}

export function closeConversation(core: Core, id: string): void {
  const members = [...core.view.members(id).keys()]
  const name = core.view.conversations.get(id)?.name ?? ''
  core.view.forget(id)
  store(core, `draft:${id}`, undefined)
  for (const key of [...members, foldName(core, name)]) prunePerson(core, key)
}

/** What we know of a room no longer holds: we are not in it. */
export function leaveRoom(core: Core, id: string, part: Partial<Conversation>): void {
  const table = core.view.members(id)
  const members = [...table.keys()]
  table.clear()
  core.view.typing.delete(id)
  setConversation(core, id, { memberCount: 0, ownRanks: '', ...part })
  for (const key of members) prunePerson(core, key)
}
