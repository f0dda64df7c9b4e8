import { joinBurst } from '../commands/join-burst.ts'
import { CAP, hasCap } from '../protocol/capabilities.ts'
import { deliveryClassOf } from '../state/delivery-class.ts'
import type { Joined } from '../state/event.ts'
import { markerKey, markerOf, markerParams } from '../state/marker.ts'
import type { Session } from '../state/session.ts'
import type { User } from '../state/user.ts'
import type { Core } from './core.ts'
import { renderContext, sendLines, sendNumerics } from './deliver.ts'

/*
 * What the engine knows as rooms are connections: each of a user's is in all that the user is in.
 */

export function enterRoom(core: Core, user: User, room: number): void {
  for (const session of user.sessions) enter(core, session, room)
}

export function leaveRoom(core: Core, user: User, room: number): void {
  for (const session of user.sessions) leave(core, session, room)
}

/** A further connection of `user`. */
export function enterRooms(core: Core, session: Session, user: User): void {
  for (const room of roomsOf(core, user)) enter(core, session, room)
}

export function leaveRooms(core: Core, session: Session, user: User): void {
  for (const room of roomsOf(core, user)) leave(core, session, room)
}

/** Those of the network's own too. */
export function roomsOf(core: Core, user: User): number[] {
  const rooms = [...user.channels].map(({ id }) => id)
  return user.modes.includes('w') ? [...rooms, core.network.wallopsRoom] : rooms
}

/** The other connections of who joins see the JOIN as the room does, and need what follows it for the one that asked. */
export function tellOtherSessions(core: Core, { user, channel }: Joined, asked?: Session): void {
  for (const session of user.sessions) {
    if (session === asked) continue
    sendMarker(core, session, { user, channel })
    sendNumerics(core, session, joinBurst(channel, user, session.caps))
  }
}

/** https://ircv3.net/specs/extensions/read-marker: after each JOIN, "before the RPL_ENDOFNAMES reply" */
function sendMarker(
  core: Core,
  session: Session,
  { user, channel: { name } }: Pick<Joined, 'user' | 'channel'>,
): void {
  if (core.server.history === 'off' || !hasCap(session.caps, CAP.readMarker)) return
  const timeMs = markerOf(core.network, user.person, markerKey(core.network, name))
  const { serverName: source, time } = renderContext(core)
  sendLines(core, session, [
    { source, command: 'MARKREAD', params: markerParams(name, timeMs), time },
  ])
}

function enter(core: Core, session: Session, room: number): void {
  core.engine.enter(session.id, room)
  core.rooms.enter(room, deliveryClassOf(session.caps))
}

function leave(core: Core, session: Session, room: number): void {
  core.engine.leave(session.id, room)
  core.rooms.leave(room, deliveryClassOf(session.caps))
}
