/** Making an account: REGISTER, VERIFY. https://ircv3.net/specs/extensions/account-registration */
import { fail } from '../protocol/standard-replies.ts'
import { mayRegisterBefore } from './account-capability.ts'
import {
  makeAccount,
  type AccountWish,
  type MadeAccount,
  type RegistrationRefusal,
} from './account-making.ts'
import type { CommandContext, CommandGroup } from './command.ts'
import { reply, standard, type Effect } from './effect.ts'

export const registerCommands: CommandGroup = {
  REGISTER: {
    when: 'always',
    minParams: 3,
    cost: 4,
    syntax: 'REGISTER <account | *> <email | *> <password> [<invitation>]',
    summary: 'Makes an account, named as you say or like your nick, and logs you in to it.',
    spec: 'https://ircv3.net/specs/extensions/account-registration',
    run: register,
  },
  VERIFY: {
    when: 'always',
    minParams: 2,
    cost: 4,
    syntax: 'VERIFY <account> <code>',
    summary: 'Completes a registration; here every registration is complete at once.',
    spec: 'https://ircv3.net/specs/extensions/account-registration',
    run: verify,
  },
}

function* register(context: CommandContext): Iterable<Effect> {
  const { session, server, params } = context
  const [asked = '*'] = params
  if (session.user === undefined && !mayRegisterBefore(server)) {
    return yield refuse('REGISTER', ['COMPLETE_CONNECTION_REQUIRED', asked, FIRST_CONNECT])
  }
  if (session.user === undefined && session.askedNick === undefined) {
    return yield refuse('REGISTER', ['NEED_NICK', '*', 'Say NICK before you register'])
  }
  const wish = wishOf(context)
  yield* makeAccount(context, wish, (made) => answer(wish.name, made))
}

function wishOf({ session, params }: CommandContext): AccountWish {
  const [asked = '*', email = '*', password = '', invitation] = params
  const name = asked === '*' ? (session.user?.nick ?? session.askedNick ?? '*') : asked
  const given = invitation === undefined ? {} : { invitation }
  return { name, password, ...(email === '*' ? {} : { email }), ...given }
}

const FIRST_CONNECT = 'Complete the connection first, then register'

/** `REGISTER SUCCESS` before 900, as the specification's examples have it. */
function answer(name: string, made: MadeAccount | RegistrationRefusal): Effect[] {
  if (made.kind === 'refused') return [refuse('REGISTER', [made.code, name, made.words.en])]
  return [reply('REGISTER', ['SUCCESS', made.account.name, 'Account registered'])]
}

function* verify(context: CommandContext): Iterable<Effect> {
  const { session, server, params } = context
  const [account = '*'] = params
  if (session.user === undefined && !mayRegisterBefore(server)) {
    return yield refuse('VERIFY', ['COMPLETE_CONNECTION_REQUIRED', account, FIRST_CONNECT])
  }
  const text = 'Nothing waits to be verified: an account is complete when it is registered'
  yield refuse('VERIFY', ['INVALID_CODE', account, text])
}

function refuse(
  command: string,
  [code, account, text]: readonly [code: string, account: string, text: string],
): Effect {
  return standard(fail(command, code, [account], text))
}
