import { foldCase } from '../protocol/casemap.ts'
import { channelOperatorNeeded, notOnChannel } from '../protocol/errors.ts'
import type { Numeric } from '../protocol/numeric.ts'
import { canSee, type Channel } from '../state/channel.ts'
import type { Network } from '../state/network.ts'
import { mayAs, type User } from '../state/user.ts'
import type { Effect } from './effect.ts'
import { audit } from './operator-action.ts'

interface Asker {
  readonly network: Network
  readonly user: User
}

/** The channel of that name; a secret one only for those who may know of it. */
export function channelNamed({ network, user }: Asker, name: string): Channel | undefined {
  const channel = network.channels.get(foldCase(name.normalize('NFC')))
  if (channel === undefined || canSee(channel, user)) return channel
  return mayAs(user, 'override') || mayAs(user, 'see-hidden') ? channel : undefined
}

/** What is answered to those who lack the rank for what they asked. */
export function lacksRank(channel: Channel, user: User, why?: string): Numeric {
  if (!channel.members.has(user)) return notOnChannel(channel.name)
  return channelOperatorNeeded(channel.name, why)
}

/** An operator of the server did what in the channel's own order they may not. */
export function auditOverride(
  { user }: Asker,
  { name: channel }: Channel,
  command: string,
): Effect {
  return audit('override', user, { channel, command })
}
