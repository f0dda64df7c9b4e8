/** What people say of themselves: AWAY, SETNAME. */
import { CAP, hasCap } from '../protocol/capabilities.ts'
import { notRegistered } from '../protocol/errors.ts'
import { MESSAGE_BYTES } from '../protocol/limits.ts'
import { nowAway, unAway } from '../protocol/replies.ts'
import { fail } from '../protocol/standard-replies.ts'
import { utf8Length } from '../protocol/utf8.ts'
import { awayOf } from '../state/away.ts'
import type { User } from '../state/user.ts'
import {
  isUserContext,
  type CommandContext,
  type CommandGroup,
  type UserContext,
} from './command.ts'
import { event, numeric, reply, standard, type Effect } from './effect.ts'
import { mutedRefusal } from './muted.ts'

export const presenceCommands: CommandGroup = {
  AWAY: {
    when: 'always',
    minParams: 0,
    cost: 1,
    syntax: 'AWAY [:<text>]',
    summary: 'Says that you are away, and why; without a text, that you are back.',
    spec: 'https://modern.ircdocs.horse/#away-message',
    run: setAway,
  },
  SETNAME: {
    when: 'registered',
    minParams: 1,
    cost: 2,
    syntax: 'SETNAME :<real name>',
    summary: 'Changes your real name.',
    spec: 'https://ircv3.net/specs/extensions/setname',
    run: setName,
  },
}

function* setAway(context: CommandContext): Iterable<Effect> {
  const { session, params, server } = context
  if (context.user === undefined && !hasCap(session.caps, CAP.preAway)) {
    return yield numeric(notRegistered())
  }
  const mostBytes = Math.min(server.limits.chat.awayLength, awayRoom(context.user))
  const text = params[0] === '' ? undefined : params[0]
  if (text !== undefined && utf8Length(text) > mostBytes) {
    const why = `An away message has at most ${mostBytes} bytes`
    return yield standard(fail('AWAY', 'MESSAGE_TOO_LONG', [String(mostBytes)], why))
  }
  if (isUserContext(context)) {
    const muted = text === undefined ? undefined : mutedRefusal(context)
    if (muted !== undefined) return yield muted
  }
  // "servers MUST accept the AWAY command before connection registration has completed"
  // https://ircv3.net/specs/extensions/pre-away
  if (text === undefined) delete session.away
  else session.away = text
  if (isUserContext(context)) yield* announceAway(context.user)
  yield numeric(text === undefined ? unAway() : nowAway())
}

/** What the line that tells others of it has room for: AWAYLEN, unless the nick is very long. */
function awayRoom(user: User | undefined): number {
  return user === undefined ? Infinity : MESSAGE_BYTES - utf8Length(`:${user.source} AWAY :\r\n`)
}

/** With several connections one is away when all are; and nobody needs to hear what they know. */
export function* announceAway(user: User): Iterable<Effect> {
  const text = awayOf(user.sessions)
  if (user.away === text) return
  yield event({ kind: 'awayChanged', user, ...(text === undefined ? {} : { text }) })
}

function* setName(context: UserContext): Iterable<Effect> {
  const { user, session, params, server } = context
  const muted = mutedRefusal(context)
  if (muted !== undefined) return yield muted
  const [realName = ''] = params
  const { realNameLength } = server.limits.chat
  if (realName.trim() === '' || utf8Length(realName) > realNameLength) {
    const text = `A real name has 1 to ${realNameLength} bytes`
    return yield standard(fail('SETNAME', 'INVALID_REALNAME', [], text))
  }
  if (realName !== user.realName) return yield event({ kind: 'realNameChanged', user, realName })
  // It waits for the confirmation, and nobody else needs one.
  if (hasCap(session.caps, CAP.setname)) yield reply('SETNAME', [realName], user.source)
}
