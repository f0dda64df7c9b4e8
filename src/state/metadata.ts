/** What people and rooms say of themselves, by keys. https://ircv3.net/specs/extensions/metadata */
import type { Channel } from './channel.ts'
import { joinRefusal } from './channel-access.ts'
import { canSee } from './channel.ts'
import type { Network } from './network.ts'
import { mayAs, type User } from './user.ts'

/** By key, in the order in which they were set. */
export type Metadata = ReadonlyMap<string, string>

export type MetadataSubject =
  | { readonly kind: 'user'; readonly user: User }
  | { readonly kind: 'channel'; readonly channel: Channel }

/** Whose it is: a person's, whatever their nick is, or a room's, whatever its name is. */
export function ownerOfMetadata(subject: MetadataSubject): string {
  return subject.kind === 'user' ? subject.user.person : roomOwner(subject.channel)
}

export function roomOwner({ buffer }: Pick<Channel, 'buffer'>): string {
  return `${ROOM}${buffer}`
}

export function isRoomOwner(owner: string): boolean {
  return owner.startsWith(ROOM)
}

const ROOM = 'r:'

export function metadataOf({ metadata }: Pick<Network, 'metadata'>, owner: string): Metadata {
  return metadata.get(owner) ?? NONE
}

const NONE: Metadata = new Map()

/** The name of the subject, as those who hear of it know it. */
export function nameOfSubject(subject: MetadataSubject): string {
  return subject.kind === 'user' ? subject.user.nick : subject.channel.name
}

/**
 * What a room says of itself is for those who are in it, or could come in: not for those whom it doesn't
 * want, and of a secret one for nobody else.
 */
export function mayReadMetadata(channel: Channel, user: User): boolean {
  if (channel.members.has(user) || mayAs(user, 'override')) return true
  return canSee(channel, user) && joinRefusal(channel, user) === undefined
}
