/** The connection itself: PING, PONG, QUIT, ERROR. */
import { inputTooLong, noOrigin } from '../protocol/errors.ts'
import { MESSAGE_BYTES } from '../protocol/limits.ts'
import { truncateUtf8, utf8Length } from '../protocol/utf8.ts'
import { muteOf } from '../state/mute.ts'
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
  if (token === undefined || token === '') return yield numeric(noOrigin())
  const bytes = PONG_FRAME_BYTES + 2 * server.name.length + utf8Length(token)
  // A token that was cut would not be the one that the client waits for.
  if (bytes > MESSAGE_BYTES) return yield numeric(inputTooLong())
  yield reply('PONG', [server.name, token])
}

/** `:`, ` PONG `, ` :` and the line end. */
const PONG_FRAME_BYTES = 11

/** Who has left can't say it again more shortly: the rest of a long reason goes. */
const QUIT_BYTES = 300

/** "Servers MUST prepend some distinguishing text to what clients give, e.g. `Quit: `" */
function* quit({ session, user, params }: CommandContext): Iterable<Effect> {
  // Who is muted may go, and not have the last word.
  const isMuted = user !== undefined && muteOf(user) !== undefined
  const text = isMuted ? '' : truncateUtf8(params[0] ?? '', QUIT_BYTES)
  yield { kind: 'close', session, reason: text === '' ? 'Client quit' : `Quit: ${text}` }
}
