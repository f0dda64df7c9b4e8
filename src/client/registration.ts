/** The steps before the welcome that several parts take. */
import { expectWelcome } from './connection.ts'
import { send, setConnection, type Core } from './core.ts'
import type { Question } from './model.ts'

export function sayNick(core: Core, nick: string): void {
  core.link.wantedNick = nick
  send(core, { command: 'NICK', params: [nick] })
}

/** Nothing is left to be agreed on. */
export function endNegotiation(core: Core): void {
  if (!core.link.isNegotiating) return
  core.link.isNegotiating = false
  send(core, { command: 'CAP', params: ['END'] })
}

/** The user must decide before we can go on. */
export function askUser(core: Core, question: Question): void {
  core.timers.clear('deadline')
  setConnection(core, { state: 'asking', question })
}

/** The question has been answered: it goes on where it stopped, or begins anew. */
export function unasked(core: Core): boolean {
  const { question: _question, ...rest } = core.view.parts.connection
  const isOpen = core.link.stage === 'registering'
  core.view.set('connection', { ...rest, state: isOpen ? 'registering' : 'offline' })
  if (isOpen) expectWelcome(core)
  return isOpen
}
