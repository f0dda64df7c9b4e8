import { hasFlag, type Channel } from './channel.ts'
import type { User } from './user.ts'

/** Why `user` may not speak in `channel`; `undefined`: they may. */
export function speechRefusal(
  channel: Channel,
  user: User,
  _speech: { readonly lines: readonly { readonly text: string }[] },
): string | undefined {
  const membership = channel.members.get(user)
  if (membership === undefined && hasFlag(channel, 'n')) return '+n'
  return undefined
}
