/** The connection itself: PING, PONG, QUIT, ERROR. */
import { noOrigin } from '../protocol/errors.ts'
import type { CommandContext, CommandGroup } from './command.ts'
import { numeric, reply, type Effect } from './effect.ts'

export const connectionCommands: CommandGroup = {
  PING: {
    when: 'always',
    minParams: 0,
    cost: 0.5,
    syntax: 'PING <token>',
    summary: 'Asks for a sign of life: PONG with the same token comes back.',
    spec: 'https://modern.ircdocs.horse/#ping-message',
    run: ping,
  },
  PONG: {
    when: 'always',
    minParams: 0,
    cost: 0,
    syntax: 'PONG <token>',
    summary: "Answers the server's PING.",
    spec: 'https://modern.ircdocs.horse/#pong-message',
    run: () => [],
  },
  QUIT: {
    when: 'always',
    minParams: 0,
    cost: 0,
    syntax: 'QUIT [:<reason>]',
    summary: 'Leaves the server.',
    spec: 'https://modern.ircdocs.horse/#quit-message',
    run: quit,
  },
}

function* ping({ server, params }: CommandContext): Iterable<Effect> {
  const token = params[0]
  if (token === undefined || token === '') yield numeric(noOrigin())
  else yield reply('PONG', [server.name, token])
}

/** "Servers MUST prepend some distinguishing text to what clients give, e.g. `Quit: `" */
function* quit({ session, params }: CommandContext): Iterable<Effect> {
  const text = params[0] ?? ''
  yield { kind: 'close', session, reason: text === '' ? 'Client quit' : `Quit: ${text}` }
}
