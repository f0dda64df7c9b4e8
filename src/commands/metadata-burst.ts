import { CAP, hasCap } from '../protocol/capabilities.ts'
import type { Channel } from '../state/channel.ts'
import { metadataOf, ownerOfMetadata, type Metadata } from '../state/metadata.ts'
import type { Network } from '../state/network.ts'
import type { User } from '../state/user.ts'
import type { UserContext } from './command.ts'
import { event, reply, type Effect } from './effect.ts'
import { MOST_SHOWN } from './metadata-read.ts'
import { saySavedValues } from './metadata-write.ts'

/**
 * "clients receive their current metadata in a `metadata` batch with their own nick as target as part of
 * the registration burst […]. If none exists, the server MUST send an empty batch instead."
 * https://ircv3.net/specs/extensions/metadata#notifications
 */
export function* metadataBurst(context: UserContext): Iterable<Effect> {
  const { network, user, session } = context
  const subject = { kind: 'user', user } as const
  for (const [key, value] of valuesOf(network, user)) {
    yield event({ kind: 'metadataShown', subject, key, value, to: 'watchers' })
  }
  yield* saySavedValues(context)
  if (!hasCap(session.caps, CAP.metadata)) return
  const effects = [...valuesOf(network, user)].map(([key, value]) =>
    reply('METADATA', [user.nick, key, '*', value]),
  )
  yield { kind: 'batch', type: 'metadata', params: [user.nick], effects }
}

/** Those who are in the room hear of who has come in what they want to hear. */
export function* introduce(network: Network, user: User, channel: Channel): Iterable<Effect> {
  // They can't be told in one cast, since each of them wants to hear of something else.
  if (channel.members.size > MOST_SHOWN) return
  const subject = { kind: 'user', user } as const
  for (const [key, value] of valuesOf(network, user)) {
    yield event({ kind: 'metadataShown', subject, key, value, to: channel })
  }
}

/** Who has logged in says from now on what their account says. */
export function* introduceEverywhere(network: Network, user: User): Iterable<Effect> {
  for (const channel of user.channels) yield* introduce(network, user, channel)
}

/** Who has logged out says no longer what their account says. `keys`: of that. */
export function* withdraw(user: User, keys: readonly string[]): Iterable<Effect> {
  const subject = { kind: 'user', user } as const
  for (const channel of user.channels) {
    if (channel.members.size > MOST_SHOWN) continue
    for (const key of keys) yield event({ kind: 'metadataShown', subject, key, to: channel })
  }
}

function valuesOf(network: Network, user: User): Metadata {
  return metadataOf(network, ownerOfMetadata({ kind: 'user', user }))
}
