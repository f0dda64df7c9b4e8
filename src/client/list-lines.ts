/** Lists that come line by line: of rooms, and of what list modes hold. */
import { findConversation } from './conversations.ts'
import type { Core } from './core.ts'
import { nickOf } from './fold.ts'
import { setList } from './mode-lines.ts'
import { MOST } from './most.ts'

export function takeListStart(core: Core): void {
  core.link.listed = []
}

export function takeListed(core: Core, [name = '', members, topic = '']: readonly string[]): void {
  // Showing each alone would take too long.
  const { listed: rooms } = core.link
  if (rooms.length > MOST.listedRooms) return
  const count = Number(members)
  rooms.push({ name, members: Number.isFinite(count) ? count : 0, topic: topic.slice(0, 1000) })
}

export function takeListEnd(core: Core): void {
  const { listed: rooms } = core.link
  core.link.listed = []
  const isCut = rooms.length > MOST.listedRooms
  core.view.set('roomList', { state: 'loaded', rooms: rooms.slice(0, MOST.listedRooms), isCut })
}

export function addToList(mode: string) {
  return (core: Core, [name = '', mask = '', setBy, seconds]: readonly string[]): void => {
    const { lists } = core.link
    const key = `${mode} ${findConversation(core, name)?.id ?? ''}`
    const list = lists.get(key) ?? []
    const setAtMs = Number(seconds) * 1000
    if (list.length >= MOST.listEntries || lists.size > MOST.batches) return
    lists.set(key, list)
    list.push({
      mask,
      ...(setBy === undefined ? {} : { setBy: nickOf(setBy) }),
      ...(Number.isFinite(setAtMs) ? { setAtMs } : {}),
    })
  }
}

export function endList(mode: string) {
  return (core: Core, [name = '']: readonly string[]): void => {
    const conversation = findConversation(core, name)
    const { lists } = core.link
    const key = `${mode} ${conversation?.id ?? ''}`
    const list = lists.get(key) ?? []
    lists.delete(key)
    if (conversation !== undefined) setList(core, conversation.id, mode, list)
  }
}
