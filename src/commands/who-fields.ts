import { addressText } from '../protocol/host-name.ts'
import type { Channel } from '../state/channel.ts'
import { mayAs, type User } from '../state/user.ts'
import type { UserContext } from './command.ts'
import type { WhoXFields } from './who-query.ts'

/** One whom WHO found. */
export interface Found {
  readonly user: User
  /** Absent: it wasn't asked for a channel. */
  readonly channel?: Channel
  readonly flags: string
}

/** "Servers MUST send the fields in the order specified above." https://ircv3.net/specs/extensions/whox */
export function whoXFields(
  context: UserContext,
  found: Found,
  { letters, token }: WhoXFields,
): string[] {
  const fields: string[] = []
  if (letters.has('t')) fields.push(token)
  for (const [letter, field] of FIELDS) {
    if (letters.has(letter)) fields.push(field(context, found))
  }
  return fields
}

type Field = (context: UserContext, found: Found) => string

const FIELDS: readonly (readonly [letter: string, field: Field])[] = [
  ['c', (_, { channel }) => channel?.name ?? '*'],
  ['u', (_, { user }) => user.userName],
  ['i', (context, { user }) => addressFor(context.user, user)],
  ['h', (_, { user }) => user.host],
  ['s', ({ server }) => server.name],
  ['n', (_, { user }) => user.nick],
  ['f', (_, { flags }) => flags],
  ['d', () => '0'],
  ['l', ({ nowMs }, { user }) => String(idleSeconds(user, nowMs))],
  ['a', (_, { user }) => user.account ?? '0'],
  ['o', () => 'n/a'],
  ['r', (_, { user }) => user.realName],
]

/** "255.255.255.255 is used for [ip] when the server refuses to disclose the IP address." */
function addressFor(viewer: User, user: User): string {
  const isKnown = viewer === user || mayAs(viewer, 'see-hosts')
  return isKnown ? addressText(user.address) : '255.255.255.255'
}

export function idleSeconds({ lastSpokeMs }: User, nowMs: number): number {
  return Math.max(0, Math.floor((nowMs - lastSpokeMs) / 1000))
}
