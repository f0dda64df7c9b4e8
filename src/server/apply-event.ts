import { deliveryClassOf } from '../state/delivery-class.ts'
import type { BanAdded, BanRemoved, Event } from '../state/event.ts'
import { evolve } from '../state/evolve.ts'
import { dlinedNetworks } from '../state/server-ban.ts'
import { keepsOf } from '../state/keeps.ts'
import { hasEnded, roomsLeftBy } from '../state/room-keeps.ts'
import type { Session } from '../state/session.ts'
import type { User } from '../state/user.ts'
import { accountKeeps } from './account-keeps.ts'
import type { Core } from './core.ts'
import { deliver } from './deliver.ts'
import { cycleHost } from './host-cycle.ts'
import type { Entry } from './ledger.ts'
import { withMuteNotices } from './mute-notices.ts'
import type { Response } from './response.ts'
import {
  enterRoom,
  enterRooms,
  leaveRoom,
  leaveRooms,
  roomsOf,
  tellOtherSessions,
} from './session-rooms.ts'

/**
 * Changes the state and says so. Who leaves or takes another name is announced while the old state
 * still stands, everything else once the new one does.
 */
export function applyEvent(core: Core, event: Event, response?: Response): void {
  const entry = core.ledger.enter(event, core.clock.now(), core.server.name)
  // Said most often of all, and nothing but the message is kept of it.
  if (event.kind === 'said') return change(core, event, entry, response)
  const left = roomsLeftBy(event)
  change(core, event, entry, response)
  core.ledger.keep([...keepsOf(core.network, event, left), ...accountKeeps(event)])
  for (const { channel } of left) {
    if (hasEnded(core.network, channel)) core.ledger.end(channel.buffer)
  }
}

// oxlint-disable-next-line max-lines-per-function -- a case for each kind of event
function change(core: Core, event: Event, entry?: Entry, response?: Response): void {
  const nowMs = core.clock.now()
  switch (event.kind) {
    case 'renamed':
      deliver(core, event, entry, response)
      evolve(core.network, event, nowMs)
      return
    case 'hostChanged':
      deliver(core, event, entry, response)
      return cycleHost(core, event.user, () =>
        withMuteNotices(core, [event.user], () => evolve(core.network, event, nowMs)),
      )
    case 'parted':
    case 'kicked':
      deliver(core, event, entry, response)
      leaveRoom(core, event.user, event.channel.id)
      evolve(core.network, event, nowMs)
      return
    case 'quit':
      // Out of the rooms first: who leaves is told by ERROR, and needn't hear what the others do.
      for (const channel of event.user.channels) leaveRoom(core, event.user, channel.id)
      if (event.user.modes.includes('w')) leaveRoom(core, event.user, core.network.wallopsRoom)
      deliver(core, event, entry, response)
      evolve(core.network, event, nowMs)
      return
    case 'joined':
      evolve(core.network, event, nowMs)
      enterRoom(core, event.user, event.channel.id)
      deliver(core, event, entry, response)
      return tellOtherSessions(core, event, response?.session)
    case 'registered':
      evolve(core.network, event, nowMs)
      core.engine.classify(event.session.id, deliveryClassOf(event.session.caps))
      if (event.user.modes.includes('w')) enterRoom(core, event.user, core.network.wallopsRoom)
      deliver(core, event, entry, response)
      return
    case 'attached':
      evolve(core.network, event, nowMs)
      core.engine.classify(event.session.id, deliveryClassOf(event.session.caps))
      enterRooms(core, event.session, event.user)
      deliver(core, event, entry, response)
      return
    case 'detached':
      leaveRooms(core, event.session, event.user)
      evolve(core.network, event, nowMs)
      deliver(core, event, entry, response)
      return
    case 'loginFailed': {
      const { id, origin } = event.session
      core.log.warn('login failed', { connection: id, address: origin.address, to: event.to })
      evolve(core.network, event, nowMs)
      return
    }
    case 'capabilitiesChanged':
      return changeClass(core, event.session, () => evolve(core.network, event, nowMs))
    case 'userModesChanged':
      followWallops(core, event.user, () => evolve(core.network, event, nowMs))
      deliver(core, event, entry, response)
      return
    case 'banAdded':
    case 'banRemoved':
      return changeBans(core, event, response)
    default:
      evolve(core.network, event, nowMs)
      deliver(core, event, entry, response)
  }
}

function changeBans(core: Core, event: BanAdded | BanRemoved, response?: Response): void {
  const nowMs = core.clock.now()
  const concerned = event.ban.kind === 'mute' ? core.network.users.values() : []
  withMuteNotices(core, concerned, () => evolve(core.network, event, nowMs))
  core.engine.bar(dlinedNetworks(core.network.bans, nowMs))
  core.saveBans(core.network.bans)
  deliver(core, event, undefined, response)
}

function changeClass(core: Core, session: Session, change: () => void): void {
  const before = deliveryClassOf(session.caps)
  change()
  const after = deliveryClassOf(session.caps)
  if (session.user === undefined || before === after) return
  core.engine.classify(session.id, after)
  for (const room of roomsOf(core, session.user)) {
    core.rooms.leave(room, before)
    core.rooms.enter(room, after)
  }
}

function followWallops(core: Core, user: User, change: () => void): void {
  const before = user.modes.includes('w')
  change()
  const after = user.modes.includes('w')
  if (!before && after) enterRoom(core, user, core.network.wallopsRoom)
  if (before && !after) leaveRoom(core, user, core.network.wallopsRoom)
}
