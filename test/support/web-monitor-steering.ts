import type { Actor, BanOrder, Outcome, Steering } from '../../src/monitor/steering.ts'
import type { PretendServer } from './web-monitor-world.ts'

/** What operators do to a server that isn't there; `said` has what people would have read. */
export function pretendSteering(server: () => PretendServer, said: string[]): Steering {
  const done = (target: string): Outcome => ({ done: true, target })
  const missing = (): Outcome => ({ done: false, problem: 'not found', text: 'Not here any more.' })
  let lastBan = 0
  const ban = (order: BanOrder, by: Actor): Outcome => {
    const id = `ban ${++lastBan}`
    server().bans.set(id, {
      id,
      kind: order.kind,
      mask: order.mask,
      reason: order.reason,
      setBy: by.name,
      setAtMs: Date.now(),
      ...(order.durationMs === undefined ? {} : { expiresAtMs: Date.now() + order.durationMs }),
    })
    server().put({ kind: 'banned', mask: order.mask, by: by.name, reason: order.reason })
    if (order.kind === 'mute') return done(order.mask)
    for (const { connection, address } of server().people.values()) {
      if (order.mask === address) server().go(connection, `Banned: ${order.reason}`)
    }
    return done(order.mask)
  }
  return {
    message(connection, text) {
      const nick = server().people.get(connection)?.nick
      if (nick === undefined) return missing()
      said.push(`${nick}: ${text}`)
      return done(nick)
    },
    kick(room, nick, reason, by) {
      const found = [...server().people.values()].find((row) => row.nick === nick)
      if (found === undefined) return missing()
      const rooms = found.rooms.filter((name) => name !== room)
      server().people.set(found.connection, { ...found, rooms })
      server().put({
        kind: 'left',
        ...found,
        room,
        members: server().members(room)?.length ?? 0,
        how: 'kick',
        reason,
        by: by.name,
      })
      return done(`${nick} ${room}`)
    },
    disconnect(connection, reason) {
      const row = server().people.get(connection)
      if (row === undefined) return missing()
      server().go(connection, reason)
      return done(row.nick ?? row.address)
    },
    ban,
    banConnection(connection, order, by) {
      const row = server().people.get(connection)
      return row === undefined ? missing() : ban({ ...order, mask: row.address }, by)
    },
    unban(id, by) {
      const row = server().bans.get(id)
      if (row === undefined) return missing()
      server().bans.delete(id)
      server().put({ kind: 'unbanned', mask: row.mask, by: by.name })
      return done(row.mask)
    },
    announce(text) {
      said.push(`*: ${text}`)
      return done('everybody')
    },
    reload: () => Promise.resolve(done('the configuration')),
    setLogLevel(level, by) {
      const event = {
        kind: 'operator',
        action: 'log level',
        target: level,
        via: 'monitor',
      } as const
      server().put({ ...event, by: by.name })
      return done(level)
    },
    stop: () => done('the server'),
    restart: () => done('the server'),
  }
}
