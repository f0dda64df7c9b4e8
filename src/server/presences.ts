import { settlePresence } from '../commands/always-on.ts'
import type { User } from '../state/user.ts'
import { applyEvent } from './apply-event.ts'
import type { Core } from './core.ts'

const DAY_MS = 24 * 3_600_000

/** The settings may have changed: whoever stays on by them no longer goes. */
export function settlePresences(core: Core): void {
  for (const user of core.network.users.values()) {
    if (user.account === undefined) continue
    for (const effect of settlePresence(core, user)) {
      if (effect.kind === 'event') applyEvent(core, effect.event)
    }
    if (user.sessions.length === 0 && user.alwaysOn !== true) leave(core, user, 'Not connected')
  }
}

/** Nobody stays for ever who never comes back. */
export function endOldPresences(core: Core): void {
  const days = core.server.accounts?.alwaysOnDays ?? 0
  const beforeMs = core.clock.now() - days * DAY_MS
  for (const user of core.network.users.values()) {
    if ((user.lastSeenMs ?? Infinity) < beforeMs) leave(core, user, `Not seen for ${days} days`)
  }
}

function leave(core: Core, user: User, reason: string): void {
  applyEvent(core, { kind: 'quit', user, reason })
}
