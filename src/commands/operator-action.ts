import type { Fields } from '../base/log.ts'
import type { User } from '../state/user.ts'
import { event, type Effect } from './effect.ts'

/** The trace of what an operator did. */
export function audit(action: string, by: User, fields: Fields): Effect {
  return { kind: 'audit', level: 'info', action, fields: { ...whoIs(by), ...fields } }
}

export function whoIs(user: User): Fields {
  const operator = user.operator?.name
  return {
    by: user.source,
    from: user.address,
    ...(operator === undefined ? {} : { operator }),
  }
}

/** Takes a user off the network: everyone hears it once, then each of their connections is closed. */
export function* endUser(user: User, reason: string): Iterable<Effect> {
  const sessions = [...user.sessions]
  yield event({ kind: 'quit', user, reason })
  for (const session of sessions) yield { kind: 'close', session, reason }
}
