import { fitsServerLine } from '../commands/line-fit.ts'
import { foldCase } from '../protocol/casemap.ts'
import { utf8Length } from '../protocol/utf8.ts'
import type { Actor, Outcome, Steering } from '../monitor/steering.ts'
import type { Session } from '../state/session.ts'
import { applyEvent } from './apply-event.ts'
import type { Core } from './core.ts'
import { closeSession } from './sessions.ts'
import type { LogLevel } from './settings.ts'
import { ban, maskOf, unban } from './steer-bans.ts'
import { done, notFound, notPossible, traceOf } from './steering-outcome.ts'
import { noticeLines, oneReason } from './steering-text.ts'

/** What concerns the process around the chat. */
export interface SteeringHooks {
  /** The problems for which the configuration was refused; none: it has been taken. */
  readonly reload: () => Promise<readonly string[]>
  readonly setLogLevel: (level: LogLevel) => void
  /** Both return at once; the server tells the clients and closes afterwards. */
  readonly stop: () => void
  readonly restart: () => void
}

/**
 * What operators of the monitor do, in the same ways as those on IRC: by events and closed connections.
 * Each leaves a line in the server's log, never with what was said.
 */
export function createSteering(core: Core, hooks: SteeringHooks): Steering {
  return {
    message: (connection, text, by) => message(core, connection, text, by),
    kick: (room, nick, reason, by) => kick(core, { room, nick, reason }, by),
    disconnect: (connection, reason, by) => disconnect(core, connection, reason, by),
    ban: (order, by) => ban(core, order, by),
    banConnection(connection, order, by) {
      const session = sessionOf(core, connection)
      if (session === undefined) return NO_CONNECTION
      const mask = maskOf(session, order.kind)
      return mask === undefined ? NOT_REGISTERED : ban(core, { ...order, mask }, by)
    },
    unban: (id, by) => unban(core, id, by),
    announce: (text, by) => announce(core, text, by),
    async reload(by) {
      core.log.info('reload asked for', traceOf(by))
      const problems = await hooks.reload()
      return problems.length === 0 ? done('configuration') : notPossible(problems.join('\n'))
    },
    setLogLevel(level, by) {
      core.log.info('log level', { ...traceOf(by), level })
      hooks.setLogLevel(level)
      return done(level)
    },
    stop(by) {
      core.log.warn('stop asked for', traceOf(by))
      hooks.stop()
      return done('server')
    },
    restart(by) {
      core.log.warn('restart asked for', traceOf(by))
      hooks.restart()
      return done('server')
    },
  }
}

const NO_CONNECTION = notFound('There is no such connection')
const NOT_REGISTERED = notPossible('This connection has no user yet')

/** One that is being closed is as good as gone. */
function sessionOf({ network }: Core, connection: number): Session | undefined {
  const session = network.sessions.get(connection)
  return session?.closing ? undefined : session
}

function message(core: Core, connection: number, text: string, by: Actor): Outcome {
  const session = sessionOf(core, connection)
  if (session === undefined) return NO_CONNECTION
  const { user } = session
  if (user === undefined) return NOT_REGISTERED
  const { ok: lines, problem } = noticeLines(text, core.server)
  if (lines === undefined) return notPossible(problem)
  for (const line of lines) applyEvent(core, { kind: 'serverNotice', user, text: line })
  core.log.info('message to user', { ...traceOf(by), to: user.source })
  return done(user.source)
}

interface Kick {
  readonly room: string
  readonly nick: string
  readonly reason: string
}

/** No rank protects from the server. */
function kick(core: Core, { room, nick, reason: given }: Kick, by: Actor): Outcome {
  const channel = core.network.channels.get(foldCase(room))
  if (channel === undefined) return notFound('There is no such room')
  const user = core.network.users.get(foldCase(nick))
  if (user === undefined) return notFound('There is nobody of this nick')
  if (!channel.members.has(user)) return notFound(`${user.nick} is not in ${channel.name}`)
  const { ok: reason, problem } = oneReason(given, 'Kicked by an operator')
  if (reason === undefined) return notPossible(problem)
  const isTooLong = utf8Length(reason) > core.server.limits.chat.kickLength
  if (isTooLong || !fitsServerLine(core.server, 'KICK', [channel.name, user.nick, reason])) {
    return notPossible('The reason is too long')
  }
  applyEvent(core, { kind: 'kicked', user, channel, reason, orderedBy: by.name })
  core.log.info('kicked', { ...traceOf(by), nick: user.source, channel: channel.name, reason })
  return done(`${user.source} in ${channel.name}`)
}

function disconnect(core: Core, connection: number, given: string, by: Actor): Outcome {
  const session = sessionOf(core, connection)
  if (session === undefined) return NO_CONNECTION
  const { ok: reason, problem } = oneReason(given, '')
  if (reason === undefined) return notPossible(problem)
  const target = session.user?.source ?? session.origin.address
  core.log.info('disconnected by operator', { ...traceOf(by), connection, target, reason })
  const shown = 'Disconnected by an operator'
  closeSession(core, session, reason === '' ? shown : `${shown}: ${reason}`)
  return done(target)
}

function announce(core: Core, text: string, by: Actor): Outcome {
  const { ok: lines, problem } = noticeLines(text, core.server)
  if (lines === undefined) return notPossible(problem)
  for (const line of lines) applyEvent(core, { kind: 'announced', text: line })
  core.log.info('announced', { ...traceOf(by), users: core.network.users.size })
  return done('everybody')
}
