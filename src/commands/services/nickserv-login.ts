import { loggedOut } from '../../protocol/replies.ts'
import { accountOf } from '../../state/account-book.ts'
import type { LoginAnswer, LoginRefused } from '../account-asks.ts'
import { enterAccount, entryRefusal, leaveAccount } from '../account-login.ts'
import { makeAccount } from '../account-making.ts'
import { numeric, wait, type Effect } from '../effect.ts'
import { isProtected, takeNickFrom } from '../nick-claim.ts'
import { countFailure } from '../sasl.ts'
import * as words from './nickserv-words.ts'
import type { ServiceContext, Verb, Words } from './service.ts'
import { tell } from './tell.ts'

export const registerVerb: Verb = {
  syntax: 'REGISTER <password> [<email>] [<invitation>]',
  summary: {
    en: 'Makes an account of your nick, and logs you in to it.',
    ko: '지금 닉네임으로 계정을 만들고 로그인합니다.',
  },
  details: {
    en: 'The e-mail address is for the operators to know you by; * leaves it out.',
    ko: '이메일은 운영자가 본인을 확인할 때 씁니다. *를 쓰면 생략합니다.',
  },
  korean: '등록',
  minWords: 1,
  run: register,
}

export const identifyVerb: Verb = {
  syntax: 'IDENTIFY [<account>] <password>',
  summary: {
    en: 'Logs you in, to the account of your nick unless you name one.',
    ko: '로그인합니다. 계정을 쓰지 않으면 지금 닉네임의 계정으로 로그인합니다.',
  },
  korean: '로그인',
  minWords: 1,
  run: identify,
}

export const logoutVerb: Verb = {
  syntax: 'LOGOUT',
  summary: {
    en: 'Logs you out, on all your connections with this nick.',
    ko: '로그아웃합니다. 이 닉네임의 모든 연결에 적용됩니다.',
  },
  korean: '로그아웃',
  minWords: 0,
  needsAccount: true,
  run: logout,
}

function* register(context: ServiceContext): Iterable<Effect> {
  const [password = '', email = '*', invitation] = context.words
  const wish = {
    name: context.user.nick,
    password,
    ...(email === '*' ? {} : { email }),
    ...(invitation === undefined ? {} : { invitation }),
  }
  // Whoever spoke Korean so far goes on with it.
  context.session.language = context.language
  yield* makeAccount(context, wish, (made) => {
    if (made.kind === 'made') return tell(context, words.registered(made.account.name))
    return tell(context, { en: `${made.words.en}.`, ko: `${made.words.ko}.` })
  })
}

function* identify(context: ServiceContext): Iterable<Effect> {
  const { user, session, words: said } = context
  const [first = '', second] = said
  const [name, password] = second === undefined ? [user.nick, first] : [first, second]
  yield wait(async ({ accounts }) =>
    conclude(context, await accounts.checkLogin(session, name, password)),
  )
}

function* conclude(context: ServiceContext, answer: LoginAnswer): Iterable<Effect> {
  const refusal = answer.kind === 'account' ? entryRefusal(context, answer) : answer
  if (refusal !== undefined) {
    yield* tell(context, refusalWords(refusal))
    if (refusal.kind === 'wrong') yield* countFailure(context)
  } else if (answer.kind === 'account') {
    yield* enterAccount(context, answer)
    yield* tell(context, words.loggedInAs(answer.account.name))
  }
}

export function refusalWords(refusal: LoginRefused | { readonly kind: 'otherConnections' }): Words {
  switch (refusal.kind) {
    case 'wrong':
      return words.wrongPassword
    case 'busy':
      return words.busy
    case 'wait':
      return words.waitSeconds(Math.ceil(refusal.waitMs / 1000))
    case 'suspended':
      return words.suspended(refusal.suspended)
    case 'otherConnections':
      return words.otherConnections
  }
}

/** The nick stays with the account: who has left that is called something else. */
function* logout(context: ServiceContext): Iterable<Effect> {
  const { user, network } = context
  yield* leaveAccount(context, user)
  yield numeric(loggedOut(user.source))
  yield* tell(context, words.loggedOutNow)
  if (isProtected(network, user.nick, accountOf(network, user))) yield* takeNickFrom(network, user)
}
