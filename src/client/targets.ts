import type { OpenBatch } from './batches.ts'
import { ensureConversation, findConversation } from './conversations.ts'
import { isRoom, type Core } from './core.ts'
import { catchUp } from './history.ts'
import { learnPerson } from './people.ts'
import { watchPerson } from './person-lines.ts'
import { askMarker, moveMarker } from './reading.ts'

/** Who wrote to us meanwhile. https://ircv3.net/specs/extensions/chathistory#targets */
export function takeTargets(core: Core, batches: readonly OpenBatch[]): void {
  for (const { type, entries } of batches) {
    if (type !== 'draft/chathistory-targets') continue
    for (const entry of entries) {
      if (entry.kind !== 'line') continue
      const [, name = ''] = entry.line.params
      if (name === '' || isRoom(core, name) || findConversation(core, name) !== undefined) continue
      const conversation = ensureConversation(core, name)
      if (conversation === undefined) return
      learnPerson(core, name, {})
      watchPerson(core, name)
      // All of it is new to us: the server's own marker, if it has one, is later.
      moveMarker(core, conversation.id, core.wish.lastOnline?.atMs ?? core.clock.now())
      askMarker(core, name)
      catchUp(core, conversation.id)
    }
  }
}
