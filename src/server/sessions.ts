import { awayOf } from '../state/away.ts'
import { formatLine } from '../state/line.ts'
import { createSession, type Session } from '../state/session.ts'
import type { Closed, Opened } from '../io/engine.ts'
import { applyEvent } from './apply-event.ts'
import type { Core } from './core.ts'
import { isoTime } from './iso-time.ts'
import { renderContext } from './deliver.ts'
import { refusedMessage } from './refused-message.ts'
import { formatResponse, type Response, type Spoken } from './response.ts'

export function openSession(core: Core, opened: Opened): Session {
  const { connection, transport, address, port, listener, tls, client } = opened
  const known = {
    ...(tls === undefined ? {} : { tls }),
    ...(client === undefined ? {} : { client }),
  }
  const origin = { transport, address, port, listener, ...known }
  const session = createSession(connection, origin, core.clock.now(), core.clock.monotonic())
  applyEvent(core, { kind: 'connected', session })
  core.log.info('connected', { connection, transport, address, port, listener })
  return session
}

/** Says goodbye with ERROR and ends the connection; its user quits at once, not when the socket is gone. */
export function closeSession(
  core: Core,
  session: Session,
  reason: string,
  response?: Response,
): void {
  if (session.closing) return
  session.closing = true
  if (response?.session === session) sendResponse(core, response)
  quitUser(core, session, reason)
  sendFarewell(core, session, reason)
}

function sendFarewell(core: Core, session: Session, reason: string): void {
  const time = isoTime(core.clock.now())
  const farewell = formatLine({ command: 'ERROR', params: [reason], time }, session.caps)
  core.engine.close(session.id, farewell, reason)
}

/** Everybody's goodbye: nobody is told that the others go, too. */
export function closeAll(core: Core, reason: string): void {
  core.ledger.seal()
  for (const session of core.network.sessions.values()) {
    if (session.closing) continue
    session.closing = true
    sendFarewell(core, session, reason)
  }
}

/** The engine's last word about a connection. */
export function forgetSession(core: Core, session: Session, closed: Closed): void {
  const { reason, totals } = closed
  const nick = session.user?.nick ?? session.nick
  session.closing = true
  quitUser(core, session, reason)
  applyEvent(core, { kind: 'disconnected', session, reason, totals })
  const { address } = session.origin
  core.log.info('disconnected', { connection: session.id, address, nick, reason, ...totals })
}

/** Sends what there is of a response, and leaves it empty. */
export function sendResponse(core: Core, response: Response): void {
  const { session, label, lines, said } = response
  const hears = lines.length > 0 || label !== undefined
  const text = hears ? textOf(core, response) : ''
  // Setting a length is slow, and who says something mostly hears nothing back.
  if (lines.length > 0) lines.length = 0
  if (said.length > 0) {
    // Who said something hears of it when it is kept, or that it couldn't be.
    response.said = []
    core.engine.answer(session.id, text, { session, label, said })
  } else if (hears) core.engine.send(session.id, text)
}

/** The answer to what the log has refused. */
export function answerUnsaid(core: Core, spoken: Spoken): string {
  for (const said of spoken.said) {
    if (said.kind === 'said') applyEvent(core, { kind: 'unsaid', said })
  }
  const lines = refusedMessage(core, spoken)
  return lines.length === 0 && spoken.label === undefined ? '' : textOf(core, { ...spoken, lines })
}

function textOf(core: Core, response: Pick<Response, 'session' | 'label' | 'lines'>): string {
  const { serverName, time } = renderContext(core)
  return formatResponse(response, { serverName, time, reference: core.newMsgid })
}

/** With their last connection people leave, unless they stay on. */
function quitUser(core: Core, session: Session, reason: string): void {
  const { user } = session
  if (user === undefined) return
  if (user.sessions.length <= 1 && user.alwaysOn !== true) {
    return applyEvent(core, { kind: 'quit', user, reason })
  }
  applyEvent(core, { kind: 'detached', session, user })
  // Whoever comes back has shown an account's password, not an operator's.
  if (user.sessions.length === 0 && user.operator !== undefined) {
    applyEvent(core, { kind: 'userModesChanged', user, changes: [{ sign: '-', mode: 'o' }] })
  }
  const text = awayOf(user.sessions)
  if (text === user.away) return
  applyEvent(core, { kind: 'awayChanged', user, ...(text === undefined ? {} : { text }) })
}
