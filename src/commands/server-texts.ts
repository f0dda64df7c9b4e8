/** What the server says of itself, in the welcome and when it is asked: MOTD, LUSERS. */
import { noMotd } from '../protocol/errors.ts'
import { MESSAGE_BYTES } from '../protocol/limits.ts'
import {
  endOfMotd,
  globalUsers,
  localUsers,
  luserChannels,
  luserClient,
  luserMe,
  luserOperators,
  luserUnknown,
  motd,
  motdStart,
} from '../protocol/replies.ts'
import { utf8Length } from '../protocol/utf8.ts'
import { wrapText } from '../protocol/wrap-text.ts'
import type { Network } from '../state/network.ts'
import type { CommandContext } from './command.ts'
import { numeric, type Effect } from './effect.ts'

export function* motdReply(context: CommandContext): Iterable<Effect> {
  const { server } = context
  if (server.motd.length === 0) return yield numeric(noMotd())
  yield numeric(motdStart(server.name))
  const room = textRoom(context) - '- '.length
  for (const text of server.motd) {
    for (const line of wrapText(text, room)) yield numeric(motd(line))
  }
  yield numeric(endOfMotd())
}

/** How many bytes of text a numeric with no other parameter has room for. */
export function textRoom({ server, session }: CommandContext): number {
  return MESSAGE_BYTES - FRAME_BYTES - server.name.length - utf8Length(session.user?.nick ?? '*')
}

/** `:`, a space, three digits, a space, ` :` and the line end. */
const FRAME_BYTES = 10

/** "The other replies are only sent back if a non-zero count is found for them." RFC 2812, 3.4.2 */
export function* lusersReply({ network }: CommandContext): Iterable<Effect> {
  const { users, channels, counts } = network
  const unknown = strangers(network)
  yield numeric(luserClient(users.size - counts.invisible, counts.invisible))
  if (counts.operators > 0) yield numeric(luserOperators(counts.operators))
  if (unknown > 0) yield numeric(luserUnknown(unknown))
  if (channels.size > 0) yield numeric(luserChannels(channels.size))
  yield numeric(luserMe(users.size))
  yield numeric(localUsers(users.size, counts.peakUsers))
  yield numeric(globalUsers(users.size, counts.peakUsers))
}

/** Who is about to be closed is not here any more, even if the socket still is. */
function strangers({ strangers: sessions }: Network): number {
  let count = 0
  for (const session of sessions) if (session.closing === undefined) count++
  return count
}
