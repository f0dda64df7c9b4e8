/** EXPUNGE: operators of the server remove from the log what should never have been said. */
import { foldCase } from '../protocol/casemap.ts'
import { unknownCommand } from '../protocol/errors.ts'
import { formatDuration, parseDuration } from '../protocol/duration.ts'
import { fail, note } from '../protocol/standard-replies.ts'
import { canSee } from '../state/channel.ts'
import { accountPerson } from '../state/conversation.ts'
import { mayAs } from '../state/user.ts'
import type { PurgeAsk } from './asks.ts'
import type { CommandGroup, UserContext } from './command.ts'
import { numeric, standard, wait, type Effect } from './effect.ts'
import { audit } from './operator-action.ts'
import { reasonOf } from './reason.ts'

export const expungeCommands: CommandGroup = {
  EXPUNGE: {
    when: 'registered',
    privilege: 'expunge',
    minParams: 2,
    cost: 4,
    syntax: 'EXPUNGE [FORCE] [<duration>] <room or nick or ~a:account>[,…] :<reason>',
    summary:
      'Removes from the log what all of these apply to, of the last while (`30m`, `2d`), or all of it with FORCE. What people have on their screens stays there.',
    spec: 'docs/history.md',
    run: expunge,
  },
}

interface Request {
  readonly isForced: boolean
  /** Undefined: all of it. */
  readonly durationMs: number | undefined
  readonly target: string
  readonly reason: string | undefined
}

function* expunge(context: UserContext): Iterable<Effect> {
  const { server, nowMs } = context
  if (server.history === 'off') return yield numeric(unknownCommand('EXPUNGE'))
  const { isForced, durationMs, target, reason: given } = readParams(context.params)
  const whose = whoseOf(context, target)
  if (whose === undefined) {
    return yield refuse('INVALID_TARGET', target, 'That is no room, nick or ~a:account')
  }
  if (given === undefined || given === '') {
    return yield refuse('NEED_REASON', target, 'Say why: it is written down')
  }
  const reason = reasonOf(given, '')
  if (typeof reason !== 'string') return yield numeric(reason)
  if (durationMs === undefined && !isForced) {
    return yield refuse('CONFIRM', target, 'This is all of it: if you mean it, say EXPUNGE FORCE …')
  }
  const what = { ...whose, ...(durationMs === undefined ? {} : { fromMs: nowMs - durationMs }) }
  const lasts = durationMs === undefined ? 'all' : `last ${formatDuration(durationMs)}`
  yield remove(context, what, { target, reason, lasts })
}

function remove(
  { user }: UserContext,
  what: PurgeAsk,
  { target, ...fields }: { target: string; reason: string; lasts: string },
): Effect {
  return wait(async ({ history }) => {
    try {
      const events = await history.purge(what)
      const text = `${events} events are gone from the log (${fields.lasts})`
      return [
        audit('expunge', user, { mask: target, ...fields, events }),
        standard(note('EXPUNGE', 'EXPUNGED', [target], text)),
      ]
    } catch {
      return [refuse('TRY_AGAIN', target, "The log can't be changed at the moment")]
    }
  })
}

/** `[FORCE] [<duration>] <target> :<reason>`: neither word can be a target. */
function readParams(params: readonly string[]): Request {
  const isForced = params[0]?.toUpperCase() === 'FORCE'
  const [first = '', ...others] = isForced ? params.slice(1) : params
  const durationMs = parseDuration(first)
  if (durationMs === undefined) return { isForced, durationMs, target: first, reason: others[0] }
  return { isForced, durationMs, target: others[0] ?? '', reason: others[1] }
}

/** Undefined: one of them is none. */
function whoseOf({ network, user }: UserContext, target: string): PurgeAsk | undefined {
  let whose: PurgeAsk = {}
  for (const word of target.normalize('NFC').split(',')) {
    if (word.startsWith('#')) {
      const channel = network.channels.get(foldCase(word))
      if (channel === undefined || whose.buffer !== undefined) return undefined
      if (!canSee(channel, user) && !mayAs(user, 'see-hidden')) return undefined
      whose = { ...whose, buffer: channel.buffer }
    } else if (word.startsWith(ACCOUNT) && word.length > ACCOUNT.length) {
      whose = { ...whose, person: accountPerson(foldCase(word.slice(ACCOUNT.length))) }
    } else if (word !== '' && !word.startsWith('~')) {
      whose = { ...whose, sourceNick: foldCase(word) }
    } else return undefined
  }
  return whose
}

const ACCOUNT = '~a:'

function refuse(code: string, target: string, text: string): Effect {
  return standard(fail('EXPUNGE', code, [target === '' ? '*' : target], text))
}
