import { cannotSendToChannel } from '../protocol/errors.ts'
import type { Numeric } from '../protocol/numeric.ts'
import { fail } from '../protocol/standard-replies.ts'
import type { Channel } from '../state/channel.ts'
import { mutedText, muteOf } from '../state/mute.ts'
import type { UserContext } from './command.ts'
import { standard, type Effect } from './effect.ts'

/**
 * What somebody who is muted hears when they would say something to others; `undefined`: they may. With a
 * reason as long as reasons get, a line has room for one name in `about`.
 */
export function mutedRefusal(
  { user, message }: UserContext,
  about: readonly [name: string] | readonly [] = [],
): Effect | undefined {
  const mute = muteOf(user)
  if (mute === undefined) return undefined
  return standard(fail(message.command, 'MUTED', about, mutedText(mute)))
}

/** The same where it is a channel that would hear it. */
export function mutedInChannel({ user }: UserContext, channel: Channel): Numeric | undefined {
  const mute = muteOf(user)
  return mute === undefined ? undefined : cannotSendToChannel(channel.name, `muted: ${mute.reason}`)
}
