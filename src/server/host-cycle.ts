import { CAP, hasCap } from '../protocol/capabilities.ts'
import { formatLine, lineBy, type Line } from '../state/line.ts'
import { render } from '../state/render.ts'
import type { User } from '../state/user.ts'
import { NOBODY } from '../io/engine.ts'
import type { Core } from './core.ts'
import { renderContext } from './deliver.ts'
import { enterRoom, leaveRoom } from './session-rooms.ts'

/**
 * Whoever doesn't know CHGHOST sees somebody whose host changes go and come in again, with their ranks; they
 * themselves don't, whatever their clients know. https://ircv3.net/specs/extensions/chghost
 */
export function cycleHost(core: Core, user: User, change: () => void): void {
  const channels = [...user.channels]
  const rooms = channels.map(({ id }) => id)
  const context = renderContext(core)
  // Of the rooms, so that they hear nothing of it.
  for (const room of rooms) leaveRoom(core, user, room)
  castOld(core, rooms, () => [lineBy(user, 'QUIT', ['Changing host'], context.time)])
  change()
  for (const channel of channels) {
    const ranks = channel.members.get(user)?.ranks ?? 0
    const event = { kind: 'joined', user, channel, ranks } as const
    castOld(core, [channel.id], (caps) => render(event, caps, context))
  }
  for (const room of rooms) enterRoom(core, user, room)
}

/** To those in these rooms who don't know CHGHOST. */
function castOld(
  core: Core,
  rooms: readonly number[],
  lines: (caps: number) => readonly Line[],
): void {
  const variants = new Map<number, string>()
  for (const caps of core.rooms.in(rooms)) {
    if (hasCap(caps, CAP.chghost)) continue
    variants.set(
      caps,
      lines(caps)
        .map((line) => formatLine(line, caps))
        .join(''),
    )
  }
  if (variants.size > 0) core.engine.cast(rooms, variants, NOBODY)
}
