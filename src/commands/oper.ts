/** Operators of the server: OPER, KILL, WALLOPS, REHASH, DIE, RESTART. */
import { foldCase } from '../protocol/casemap.ts'
import {
  inputTooLong,
  needMoreParams,
  noSuchNick,
  noSuchServer,
  passwordMismatch,
} from '../protocol/errors.ts'
import { MESSAGE_BYTES } from '../protocol/limits.ts'
import { rehashing, youAreOperator } from '../protocol/replies.ts'
import { fail } from '../protocol/standard-replies.ts'
import { utf8Length } from '../protocol/utf8.ts'
import { loginWaitMs } from '../state/login-failures.ts'
import { hasUserMode, type User } from '../state/user.ts'
import type { CommandGroup, OperatorBlock, UserContext } from './command.ts'
import { event, numeric, standard, type Effect, type Operation, passwordCheck } from './effect.ts'
import { audit, endUser, whoIs } from './operator-action.ts'
import { reasonOf } from './reason.ts'

export const operCommands: CommandGroup = {
  OPER: {
    when: 'registered',
    minParams: 2,
    cost: 2,
    syntax: 'OPER <name> <password>',
    summary: 'Makes you an operator of the server.',
    spec: 'https://modern.ircdocs.horse/#oper-message',
    run: oper,
  },
  KILL: {
    when: 'registered',
    privilege: 'kill',
    minParams: 1,
    cost: 1,
    syntax: 'KILL <nick> [:<reason>]',
    summary: 'Disconnects somebody.',
    spec: 'https://modern.ircdocs.horse/#kill-message',
    run: kill,
  },
  WALLOPS: {
    when: 'registered',
    privilege: 'wallops',
    minParams: 1,
    cost: 2,
    syntax: 'WALLOPS :<text>',
    summary: 'Says something to everyone who has the user mode w.',
    spec: 'https://modern.ircdocs.horse/#wallops-message',
    run: wallops,
  },
  REHASH: {
    when: 'registered',
    privilege: 'rehash',
    minParams: 0,
    cost: 5,
    syntax: 'REHASH',
    summary: 'Makes the server read its configuration again.',
    spec: 'https://modern.ircdocs.horse/#rehash-message',
    run: rehash,
  },
  DIE: {
    when: 'registered',
    privilege: 'die',
    minParams: 1,
    cost: 1,
    syntax: 'DIE <server>',
    summary: "Stops the server, whose name must be given to show that it isn't a mistake.",
    spec: 'https://www.rfc-editor.org/rfc/rfc2812#section-4.3',
    run: (context) => stop(context, 'die'),
  },
  RESTART: {
    when: 'registered',
    privilege: 'die',
    minParams: 1,
    cost: 1,
    syntax: 'RESTART <server>',
    summary:
      'Stops the server, to be started again by what watches over it; its name must be given.',
    spec: 'https://modern.ircdocs.horse/#restart-message',
    run: (context) => stop(context, 'restart'),
  },
}

/** A connection with so many wrong passwords is closed. */
const MOST_FAILURES = 5

/** Fits no password, and costs what the others do: so it takes as long to refuse a name that isn't there. */
const NOBODYS_HASH = `$scrypt$ln=15,r=8,p=3$${'A'.repeat(22)}$${'A'.repeat(43)}`

function* oper(context: UserContext): Iterable<Effect> {
  const { server, params, network, session, nowMs } = context
  const [name = '', password = ''] = params
  const waitMs = loginWaitMs(network.loginFailures, session.origin.address, nowMs)
  if (waitMs > 0) return yield standard(tooSoon(waitMs))
  const block = server.operators.find((each) => each.name === name)
  yield passwordCheck(block?.passwordHash ?? NOBODYS_HASH, password, (isRight) =>
    isRight && block !== undefined ? grant(context, block) : refuse(context, name),
  )
}

function tooSoon(waitMs: number): ReturnType<typeof fail> {
  const seconds = Math.ceil(waitMs / 1000)
  const text = `Too many wrong passwords from your address: try again in ${seconds} s`
  return fail('OPER', 'RATE_LIMITED', [String(seconds)], text)
}

function* grant({ user, session }: UserContext, block: OperatorBlock): Iterable<Effect> {
  const { name, class: operatorClass } = block
  delete session.operFailures
  const operator = { name, class: operatorClass, privileges: new Set<string>(block.privileges) }
  yield event({ kind: 'operatorGranted', user, operator })
  yield numeric(youAreOperator())
  if (!hasUserMode(user, 'o')) {
    yield event({ kind: 'userModesChanged', user, changes: [{ sign: '+', mode: 'o' }] })
  }
  yield audit('operator logged in', user, { operatorClass })
}

/** A wrong name and a wrong password look the same, so that names cannot be found out. */
function* refuse({ user, session }: UserContext, name: string): Iterable<Effect> {
  session.operFailures = (session.operFailures ?? 0) + 1
  yield event({ kind: 'loginFailed', session, to: 'operator' })
  yield numeric(passwordMismatch())
  const fields = { ...whoIs(user), name, failures: session.operFailures }
  yield { kind: 'audit', level: 'warn', action: 'operator login refused', fields }
  if (session.operFailures < MOST_FAILURES) return
  yield { kind: 'close', session, reason: 'Too many wrong passwords' }
}

function* kill(context: UserContext): Iterable<Effect> {
  const { user, params, network } = context
  const nick = params[0] ?? ''
  const victim = network.users.get(foldCase(nick))
  if (victim === undefined) return yield numeric(noSuchNick(nick))
  const reason = reasonOf(params[1], 'No reason given')
  if (typeof reason !== 'string') return yield numeric(reason)
  yield audit('killed', user, { victim: victim.source, address: victim.address, reason })
  yield* endUser(victim, `Killed (${user.nick} (${reason}))`)
}

function* wallops({ user, params }: UserContext): Iterable<Effect> {
  const text = params[0] ?? ''
  if (text === '') return yield numeric(needMoreParams('WALLOPS'))
  if (utf8Length(`:${user.source} WALLOPS :${text}\r\n`) > MESSAGE_BYTES) {
    return yield numeric(inputTooLong())
  }
  yield event({ kind: 'wallops', by: user, text })
  yield audit('wallops', user, {})
}

function* rehash({ user }: UserContext): Iterable<Effect> {
  yield numeric(rehashing('configuration'))
  yield operate('rehash', user)
}

function* stop({ user, params, server }: UserContext, operation: Operation): Iterable<Effect> {
  const name = params[0] ?? ''
  if (foldCase(name) !== foldCase(server.name)) return yield numeric(noSuchServer(name))
  yield operate(operation, user)
}

function operate(operation: Operation, user: User): Effect {
  return { kind: 'operate', operation, by: `${user.source} (${user.operator?.name ?? ''})` }
}
