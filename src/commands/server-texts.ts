/** What the server says of itself: MOTD, LUSERS. */
import { endOfMotd, motd, motdStart } from '../protocol/replies.ts'
import { noMotd } from '../protocol/errors.ts'
import type { CommandContext } from './command.ts'
import { numeric, type Effect } from './effect.ts'

export function* motdReply({ server }: CommandContext): Iterable<Effect> {
  if (server.motd.length === 0) return yield numeric(noMotd())
  yield numeric(motdStart(server.name))
  for (const line of server.motd) yield numeric(motd(line))
  yield numeric(endOfMotd())
}

export function* lusersReply(_: CommandContext): Iterable<Effect> {}
