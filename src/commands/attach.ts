import { CAP, hasCap } from '../protocol/capabilities.ts'
import { nicknameInUse } from '../protocol/errors.ts'
import { muteOf } from '../state/mute.ts'
import type { User } from '../state/user.ts'
import type { CommandContext, UserContext } from './command.ts'
import { event, numeric, reply, type Effect } from './effect.ts'
import { joinBurst } from './join-burst.ts'
import { showRoom } from './metadata-read.ts'
import { announceAway } from './presence.ts'
import { markerOnJoin } from './read-marker.ts'
import { replayOnAttach } from './replay.ts'
import { welcomeBurst } from './welcome.ts'

/**
 * A further connection of somebody who is here: it is welcomed, and told of all rooms as if it had just
 * joined them. Nobody else hears of it.
 */
export function* attach(context: CommandContext, user: User): Iterable<Effect> {
  const { session, server } = context
  if (user.sessions.length >= (server.accounts?.sessionsPerUser ?? 1)) {
    delete session.nick
    const why = `There are ${user.sessions.length} connections with this nickname, and no more may be`
    return yield numeric(nicknameInUse(user.nick, why))
  }
  delete session.password
  const missedSinceMs = user.lastSeenMs
  yield event({ kind: 'attached', session, user })
  yield* welcomeBurst({ ...context, user })
  yield* showRooms({ ...context, user })
  if (muteOf(user) === undefined || session.away === undefined) yield* announceAway(user)
  yield* replayOnAttach({ ...context, user }, missedSinceMs)
}

function* showRooms(context: UserContext): Iterable<Effect> {
  const { user, session } = context
  for (const channel of user.channels) {
    const params = hasCap(session.caps, CAP.extendedJoin)
      ? [channel.name, user.account ?? '*', user.realName]
      : [channel.name]
    yield reply('JOIN', params, user.source)
    yield* markerOnJoin(context, channel)
    for (const each of joinBurst(channel, user, session.caps)) yield numeric(each)
    yield* showRoom(context, channel)
  }
}
