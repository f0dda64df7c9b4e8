import type { Channel } from '../state/channel.ts'
import type { Disconnected, Event, Kicked } from '../state/event.ts'
import type { Said } from '../state/message-event.ts'
import type { Session } from '../state/session.ts'
import type { User } from '../state/user.ts'
import type { Came, FeedEvent, Who } from '../feed/feed.ts'
import { countMessage, type RoomTally } from './room-tally.ts'

export interface NetworkObserverOptions {
  readonly put: (event: FeedEvent) => void
  readonly now: () => number
}

/**
 * Hears every event of the network where the others do, counts, and tells the feed what an operator
 * wants to know of. What people write is counted and never read.
 */
export class NetworkObserver {
  readonly #put: (event: FeedEvent) => void
  readonly #now: () => number
  readonly #rooms = new WeakMap<Channel, RoomTally>()
  /** Who the connections were whose user has quit, until they are gone. */
  readonly #leaving = new Map<number, Pick<Who, 'nick' | 'account'>>()
  messages = 0
  registered = 0
  closed = 0
  failedLogins = 0

  constructor({ put, now }: NetworkObserverOptions) {
    this.#put = put
    this.#now = now
  }

  /** To be told while the one who goes is still there: before a `quit`, `parted` or `kicked` is applied. */
  hear(event: Event): void {
    switch (event.kind) {
      case 'said':
        return this.#count(event)
      case 'connected':
        return this.#put({ kind: 'connected', ...came(event.session) })
      case 'registered': {
        this.registered++
        const { userName, host, realName } = event.user
        return this.#put({ kind: 'registered', ...who(event.user), userName, host, realName })
      }
      // A further connection of somebody who is here: it is known now whose it is.
      case 'attached': {
        const { user, session } = event
        const { userName, host, realName } = user
        const from = { ...whoIs(session), ...named(user) }
        return this.#put({ kind: 'registered', ...from, userName, host, realName })
      }
      case 'detached':
        this.#leaving.set(event.session.id, named(event.user))
        return
      case 'loggedIn': {
        const { session, account } = event
        return this.#put({ kind: 'loggedIn', ...whoIs(session), as: account.name, what: 'account' })
      }
      case 'joined': {
        const { channel, user } = event
        const members = channel.members.size
        return this.#put({ kind: 'joined', ...who(user), room: channel.name, members })
      }
      case 'parted':
        return this.#left(event.user, event.channel, { how: 'part', reason: event.reason ?? '' })
      case 'kicked':
        return this.#kicked(event)
      case 'quit':
        return this.#quit(event.user, event.reason)
      case 'disconnected':
        return this.#gone(event)
      case 'renamed': {
        const { user, nick } = event
        return this.#put({ kind: 'renamed', ...who(user), nick, oldNick: user.nick })
      }
      case 'loginFailed':
        this.failedLogins++
        return
      case 'operatorGranted': {
        const { user, operator } = event
        return this.#put({ kind: 'loggedIn', ...who(user), as: operator.name, what: 'operator' })
      }
      case 'banAdded': {
        const { mask, setBy, reason } = event.ban
        return this.#put({ kind: 'banned', mask, by: setBy, reason })
      }
      case 'banRemoved': {
        const { ban, by } = event
        return this.#put({ kind: 'unbanned', mask: ban.mask, ...(by === undefined ? {} : { by }) })
      }
      default:
    }
  }

  slowed(session: Session, why: 'budget' | 'queue'): void {
    this.#put({ kind: 'slowed', ...whoIs(session), why })
  }

  tallyOf(channel: Channel): RoomTally | undefined {
    return this.#rooms.get(channel)
  }

  #count({ target }: Said): void {
    this.messages++
    if (target.kind === 'user') return
    let tally = this.#rooms.get(target.channel)
    if (tally === undefined) {
      tally = { messages: 0, lastAtMs: 0, rate: 0 }
      this.#rooms.set(target.channel, tally)
    }
    countMessage(tally, this.#now())
  }

  #left(
    user: User,
    channel: Channel,
    how: Pick<Extract<FeedEvent, { kind: 'left' }>, 'how' | 'reason' | 'by'>,
  ): void {
    const members = channel.members.size - 1
    this.#put({ kind: 'left', ...who(user), room: channel.name, members, ...how })
  }

  #kicked({ user, channel, reason, by, orderedBy }: Kicked): void {
    const who = by?.nick ?? orderedBy
    this.#left(user, channel, { how: 'kick', reason, ...(who === undefined ? {} : { by: who }) })
  }

  #quit(user: User, reason: string): void {
    for (const { id } of user.sessions) this.#leaving.set(id, named(user))
    for (const channel of user.channels) this.#left(user, channel, { how: 'quit', reason })
  }

  #gone({ session, reason, totals }: Disconnected): void {
    const known = this.#leaving.get(session.id)
    this.#leaving.delete(session.id)
    this.closed++
    this.#put({ kind: 'disconnected', ...came(session), ...known, reason, ...totals })
  }
}

function who(user: User): Who {
  return { connection: user.sessions[0]?.id ?? 0, address: user.address, ...named(user) }
}

function named({ nick, account }: Pick<User, 'nick' | 'account'>): Pick<Who, 'nick' | 'account'> {
  return { nick, ...(account === undefined ? {} : { account }) }
}

function whoIs(session: Session): Who {
  const { id, user, origin } = session
  const nick = session.nick === undefined ? {} : { nick: session.nick }
  return {
    connection: id,
    address: origin.address,
    ...(user === undefined ? nick : named(user)),
  }
}

/** All that is known of where a connection comes from. */
export function came(session: Session): Came {
  const { transport, port, listener, tls, client } = session.origin
  return {
    ...whoIs(session),
    port,
    transport,
    listener,
    ...(tls === undefined ? {} : { tls }),
    ...(client === undefined ? {} : { client }),
  }
}
