import type { Event } from './event.ts'
import type { LogRecord } from './record.ts'
import { formatPresence } from './presence-record.ts'
import { accountKeyOf, type User } from './user.ts'

/** What is kept of who stays on, now that the event has been applied. One user of an account does, at most. */
export function presenceKeeps(event: Event): readonly LogRecord[] {
  switch (event.kind) {
    case 'joined':
    case 'parted':
    case 'kicked':
    case 'renamed':
    case 'realNameChanged':
    case 'hostChanged':
    case 'userModesChanged':
    case 'silenceChanged':
    case 'acceptChanged':
    case 'attached':
    case 'detached':
      return event.user.alwaysOn === true ? keep(event.user) : []
    case 'presenceChanged':
      return event.stays === 'always' ? keep(event.user) : forget(event.user)
    case 'quit':
      return event.user.alwaysOn === true ? forget(event.user) : []
    default:
      return []
  }
}

function keep(user: User): LogRecord[] {
  const key = accountKeyOf(user)
  if (key === undefined) return []
  return [{ kind: 'keep', table: 'presence', key, value: formatPresence(user) }]
}

function forget(user: User): LogRecord[] {
  const key = accountKeyOf(user)
  return key === undefined ? [] : [{ kind: 'forget', table: 'presence', key }]
}
