import { foldCase } from '../protocol/casemap.ts'
import { fail } from '../protocol/standard-replies.ts'
import {
  mayReadMetadata,
  metadataOf,
  ownerOfMetadata,
  type Metadata,
  type MetadataSubject,
} from '../state/metadata.ts'
import { channelNamed } from './channel-lookup.ts'
import { isUserContext, type CommandContext } from './command.ts'
import { standard, type Effect } from './effect.ts'

/** Whom METADATA is about, and what they are called in the answer. */
export type MetadataTarget =
  /** Oneself, before registration. */
  { readonly kind: 'stranger'; readonly name: '*' } | (MetadataSubject & { readonly name: string })

/** Undefined: there is none, or none that one may know of. */
export function findTarget(context: CommandContext, name: string): MetadataTarget | undefined {
  if (!isUserContext(context)) return name === '*' ? { kind: 'stranger', name } : undefined
  const { network, user } = context
  if (name === '*') return { kind: 'user', user, name: user.nick }
  if (name.startsWith('#')) {
    const channel = channelNamed(context, name)
    return channel === undefined ? undefined : { kind: 'channel', channel, name: channel.name }
  }
  const other = network.users.get(foldCase(name))
  return other === undefined ? undefined : { kind: 'user', user: other, name: other.nick }
}

/** Undefined: they are not for who asks. */
export function readableValues(
  { network, session, user }: CommandContext,
  target: MetadataTarget,
): Metadata | undefined {
  if (target.kind === 'stranger') return session.metadata ?? new Map()
  if (target.kind === 'channel') {
    if (user === undefined || !mayReadMetadata(target.channel, user)) return undefined
  }
  return metadataOf(network, ownerOfMetadata(target))
}

export function noPermission({ name }: MetadataTarget, key: string): Effect {
  const text = 'You may not do that'
  return standard(fail('METADATA', 'KEY_NO_PERMISSION', [name, key], text))
}

export function invalidKey(key: string): Effect {
  const text = 'A key is made of a-z, 0-9, _ . / and -'
  return standard(fail('METADATA', 'KEY_INVALID', [key], text))
}
