/** What the client kept the last time: rooms, conversations, drafts, and messages that wait. */
import { closeConversation, ensureConversation } from './conversations.ts'
import { setConversation, type Core } from './core.ts'
import { learnPerson } from './people.ts'
import { parseQueue } from './queue.ts'
import { showPending } from './saying.ts'

export function restore(core: Core, entries: ReadonlyMap<string, string>): void {
  for (const room of parsed(entries.get('rooms'))) restoreRoom(core, room)
  for (const name of parsed(entries.get('direct'))) {
    if (typeof name === 'string' && ensureConversation(core, name) !== undefined)
      learnPerson(core, name, {})
  }
  for (const pending of parseQueue(entries.get('queue'))) {
    const conversation = ensureConversation(core, pending.target)
    if (conversation === undefined) continue
    // Ids of the last time may be given to others.
    const item = `r${pending.item}-${core.count++}`
    const entry = { ...pending, conversation: conversation.id, item }
    core.queue.add(entry)
    showPending(core, entry, { state: entry.sent === 'plain' ? 'unknown' : 'queued' })
  }
  for (const [key, value] of entries) restoreFact(core, key, value)
}

function restoreRoom(core: Core, room: unknown): void {
  if (typeof room !== 'object' || room === null) return
  const { name, key } = room as { readonly name?: unknown; readonly key?: unknown }
  if (typeof name !== 'string') return
  const conversation = ensureConversation(core, name)
  if (conversation === undefined) return
  if (conversation.kind !== 'room') return closeConversation(core, conversation.id)
  setConversation(core, conversation.id, { standing: 'apart' })
  core.wish.rooms.set(conversation.id, { name, ...(typeof key === 'string' ? { key } : {}) })
}

function restoreFact(core: Core, key: string, value: string): void {
  const colon = key.indexOf(':')
  const id = key.slice(colon + 1)
  switch (key.slice(0, colon)) {
    case 'draft':
      return setConversation(core, id, { draft: value })
    case 'read': {
      const readUpToMs = Number(value)
      if (Number.isFinite(readUpToMs)) setConversation(core, id, { readUpToMs })
      return
    }
    case 'notify':
      if (value === 'mentions' || value === 'nothing') setConversation(core, id, { notify: value })
      return
    default:
  }
}

function parsed(text: string | undefined): readonly unknown[] {
  try {
    const found: unknown = JSON.parse(text ?? '[]')
    return Array.isArray(found) ? found : []
  } catch {
    return []
  }
}
