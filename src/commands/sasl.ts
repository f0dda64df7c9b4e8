/** Logging in by SASL: AUTHENTICATE. https://ircv3.net/specs/extensions/sasl-3.2 */
import {
  nickLocked,
  saslAborted,
  saslAlready,
  saslFailed,
  saslTooLong,
} from '../protocol/errors.ts'
import { saslMechanisms, saslSuccess } from '../protocol/replies.ts'
import { fail } from '../protocol/standard-replies.ts'
import type { LoginAccepted, LoginRefused, SaslAnswer } from './account-asks.ts'
import { enterAccount, entryRefusal } from './account-login.ts'
import type { CommandContext, CommandGroup } from './command.ts'
import { event, numeric, reply, standard, wait, type Effect } from './effect.ts'

export const saslCommands: CommandGroup = {
  AUTHENTICATE: {
    when: 'always',
    minParams: 1,
    cost: 1,
    syntax: 'AUTHENTICATE <mechanism | data | + | *>',
    summary: 'Logs in to an account, before registration or after it.',
    spec: 'https://ircv3.net/specs/extensions/sasl-3.2',
    run: authenticate,
  },
}

function* authenticate(context: CommandContext): Iterable<Effect> {
  const { session, server, params } = context
  // "Servers MUST NOT advertise the sasl capability if the authentication layer is unavailable."
  if (server.accounts === undefined) return yield numeric(saslFailed())
  const [param = ''] = params
  yield wait(async (asks) => conclude(context, await asks.accounts.authenticate(session, param)))
}

function* conclude(context: CommandContext, answer: SaslAnswer): Iterable<Effect> {
  switch (answer.kind) {
    case 'send':
      for (const param of answer.params) yield reply('AUTHENTICATE', [param])
      return
    case 'more':
    case 'stale':
      return
    case 'success':
      return yield* succeed(context, answer.login)
    case 'fail':
      return yield* refuse(context, answer.why)
    case 'unknownMechanism':
      yield numeric(saslMechanisms(answer.mechanisms))
      return yield numeric(saslFailed())
    case 'aborted':
      return yield numeric(saslAborted())
    case 'tooLong':
      return yield numeric(saslTooLong())
    default:
      answer satisfies never
  }
}

function* succeed(context: CommandContext, login: LoginAccepted): Iterable<Effect> {
  const refusal = entryRefusal(context, login)
  if (refusal?.kind === 'otherConnections') return yield numeric(saslAlready())
  if (refusal !== undefined) return yield* refuse(context, refusal)
  yield* enterAccount(context, login)
  yield numeric(saslSuccess())
}

type Refusal = Extract<SaslAnswer, { kind: 'fail' }>['why']

function* refuse(context: CommandContext, why: Refusal): Iterable<Effect> {
  const { session } = context
  yield* explain(why)
  yield numeric(why.kind === 'suspended' ? nickLocked() : saslFailed())
  if (why.kind === 'wrong') yield* countFailure(context)
  if (why.kind === 'tooMuch') yield { kind: 'close', session, reason: 'SASL message too long' }
}

/** What the numeric can't say, for those who would try the same again. */
export function* explain(why: Refusal): Iterable<Effect> {
  if (why.kind === 'busy') yield standard(fail('AUTHENTICATE', ...BUSY))
  if (why.kind === 'wait') yield standard(tooSoon('AUTHENTICATE', why))
  if (why.kind !== 'suspended') return
  const text = `This account is suspended: ${why.suspended.reason}`
  yield standard(fail('AUTHENTICATE', 'ACCOUNT_SUSPENDED', [], text))
}

const BUSY = [
  'TEMPORARILY_UNAVAILABLE',
  [],
  'Too many people are logging in at the moment: try again in a few seconds',
] as const

export function tooSoon(
  command: string,
  { waitMs }: Extract<LoginRefused, { kind: 'wait' }>,
): ReturnType<typeof fail> {
  const seconds = Math.ceil(waitMs / 1000)
  const text = `Too many wrong passwords: try again in ${seconds} s`
  return fail(command, 'RATE_LIMITED', [String(seconds)], text)
}

/** A connection with so many wrong passwords is closed. */
const MOST_FAILURES = 5

/** "MUST provide the reason for the authentication failure prior to disconnection" */
export function* countFailure({ session }: CommandContext): Iterable<Effect> {
  session.loginFailures = (session.loginFailures ?? 0) + 1
  yield event({ kind: 'loginFailed', session, to: 'account' })
  if (session.loginFailures < MOST_FAILURES) return
  yield { kind: 'close', session, reason: 'Too many wrong passwords' }
}
