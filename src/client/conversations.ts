/** Rooms and direct conversations: finding, opening and forgetting them. */
import { foldName, isRoom, setConversation, store, type Core } from './core.ts'
import type { Conversation } from './model.ts'
import { MOST } from './most.ts'
import { prunePerson } from './people.ts'

/** By the name that it has now. */
export function findConversation(core: Core, name: string): Conversation | undefined {
  const id = core.names.get(foldName(core, name))
  return id === undefined ? undefined : core.view.conversations.get(id)
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
  core.names.set(foldName(core, name), id)
  return conversation
}

export function closeConversation(core: Core, id: string): void {
  const members = [...core.view.members(id).keys()]
  const name = core.view.conversations.get(id)?.name ?? ''
  core.view.forget(id)
  if (core.names.get(foldName(core, name)) === id) core.names.delete(foldName(core, name))
  store(core, `draft:${id}`, undefined)
  for (const key of [...members, foldName(core, name)]) prunePerson(core, key)
}

/** What we know of a room no longer holds: we are not in it. */
export function leaveRoom(core: Core, id: string, part: Partial<Conversation>): void {
  const table = core.view.members(id)
  const members = [...table.keys()]
  table.clear()
  core.link.who.asked.delete(id)
  core.view.typing.delete(id)
  setConversation(core, id, { memberCount: 0, ownRanks: '', ...part })
  for (const key of members) prunePerson(core, key)
}
