import { accountNamed, usersOf } from '../../state/account-book.ts'
import type { Account } from '../../state/account.ts'
import { makeAccountFor, passwordRefusal } from '../account-making.ts'
import { event, wait, type Effect } from '../effect.ts'
import { audit, endUser } from '../operator-action.ts'
import * as words from './nickserv-words.ts'
import type { ServiceContext, Verb } from './service.ts'
import { tell } from './tell.ts'

export const suspendVerb: Verb = {
  syntax: 'SUSPEND <account> <reason>',
  summary: {
    en: 'Closes an account to everybody, and ends its connections.',
    ko: '계정을 정지하고 그 계정의 연결을 모두 끊습니다.',
  },
  minWords: 2,
  privilege: 'ban',
  run: suspend,
}

export const unsuspendVerb: Verb = {
  syntax: 'UNSUSPEND <account>',
  summary: {
    en: 'Opens a suspended account again.',
    ko: '계정 정지를 해제합니다.',
  },
  minWords: 1,
  privilege: 'ban',
  run: unsuspend,
}

export const saRegisterVerb: Verb = {
  syntax: 'SAREGISTER <account> <password>',
  summary: {
    en: 'Makes an account for somebody else, whatever the settings say of registration.',
    ko: '등록 설정과 관계없이 다른 사람의 계정을 만듭니다.',
  },
  minWords: 2,
  privilege: 'ban',
  run: saRegister,
}

export const resetPasswordVerb: Verb = {
  syntax: 'RESETPASSWORD <account> <password>',
  summary: {
    en: 'Gives an account another password, for somebody who has forgotten theirs.',
    ko: '비밀번호를 잊은 사람의 계정에 새 비밀번호를 정합니다.',
  },
  minWords: 2,
  privilege: 'rehash',
  run: resetPassword,
}

function* suspend(context: ServiceContext): Iterable<Effect> {
  const { network, user, nowMs, words: said } = context
  const [name = '', ...reason] = said
  const account = accountNamed(network, name)
  if (account === undefined) return yield* tell(context, words.notRegistered(name))
  const suspended = { reason: reason.join(' '), atMs: nowMs, by: user.operator?.name ?? user.nick }
  yield event({ kind: 'accountKept', account: { ...account, suspended } })
  yield audit('account suspended', user, { account: account.name, reason: suspended.reason })
  // Before anybody goes, who may be the operator: they hear that it is done.
  yield* tell(context, words.done)
  for (const each of usersOf(network, account.key)) {
    yield* endUser(each, `Account suspended: ${suspended.reason}`)
  }
}

function* unsuspend(context: ServiceContext): Iterable<Effect> {
  const { network, user, words: said } = context
  const [name = ''] = said
  const account = accountNamed(network, name)
  if (account?.suspended === undefined) return yield* tell(context, words.noSuchEntry)
  const { suspended: _, ...others } = account
  yield event({ kind: 'accountKept', account: others })
  yield audit('account suspension ended', user, { account: account.name })
  yield* tell(context, words.done)
}

function* saRegister(context: ServiceContext): Iterable<Effect> {
  const [name = '', password = ''] = context.words
  yield* makeAccountFor(context, { name, password }, (made) => {
    if (made.kind === 'refused') return tell(context, made.words)
    const trace = audit('account registered', context.user, { account: made.account.name })
    return [trace, ...tell(context, words.done)]
  })
}

function* resetPassword(context: ServiceContext): Iterable<Effect> {
  const { network, words: said } = context
  const [name = '', password = ''] = said
  const account = accountNamed(network, name)
  if (account === undefined) return yield* tell(context, words.notRegistered(name))
  const refusal = passwordRefusal(context, name, password)
  if (refusal !== undefined) return yield* tell(context, refusal.words)
  yield wait(async ({ accounts }) => {
    const made = await accounts.newPassword(account.key, password)
    if (made === 'busy') return tell(context, words.busy)
    accounts.forgetDevices(account.key)
    return keep(context, account, made)
  })
}

function* keep(
  context: ServiceContext,
  { key, registeredAtMs }: Account,
  made: Pick<Account, 'passwordHash' | 'scram'>,
): Iterable<Effect> {
  const now = context.network.accounts.get(key)
  if (now?.registeredAtMs !== registeredAtMs) return yield* tell(context, words.notRegistered(key))
  const { passwordHash: _, scram: __, ...others } = now
  yield event({ kind: 'accountKept', account: { ...others, ...made } })
  yield audit('account password reset', context.user, { account: now.name })
  yield* tell(context, words.done)
}
