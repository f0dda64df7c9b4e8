import { muteBegins, MUTE_ENDS, muteOf } from '../state/mute.ts'
import type { ServerBan } from '../state/server-ban.ts'
import type { User } from '../state/user.ts'
import type { Core } from './core.ts'
import { deliver } from './deliver.ts'

/** Makes a change that may begin or end mutes, and tells those whom it does. */
export function withMuteNotices(core: Core, users: Iterable<User>, change: () => void): void {
  const before = new Map<User, ServerBan | undefined>()
  for (const user of users) before.set(user, muteOf(user))
  change()
  for (const [user, mute] of before) {
    const now = muteOf(user)
    if (now === mute) continue
    const text = now === undefined ? MUTE_ENDS : muteBegins(now, core.clock.now())
    deliver(core, { kind: 'serverNotice', user, text })
  }
}
