import { foldCase } from '../../protocol/casemap.ts'
import { lookalikeOf } from '../../protocol/lookalikes.ts'
import { accountCalled, accountOf, nicksOf, ownerOf } from '../../state/account-book.ts'
import type { Account } from '../../state/account.ts'
import { muteOf } from '../../state/mute.ts'
import type { User } from '../../state/user.ts'
import { settlePresence } from '../always-on.ts'
import { event, type Effect } from '../effect.ts'
import { takeNickFrom } from '../nick-claim.ts'
import { endUser } from '../operator-action.ts'
import * as words from './nickserv-words.ts'
import type { ServiceContext, Verb } from './service.ts'
import { tell } from './tell.ts'

export const ghostVerb: Verb = {
  syntax: 'GHOST <nick>',
  summary: {
    en: 'Ends a connection that is called like a nick of yours, or is logged in to your account.',
    ko: '내 닉네임을 쓰고 있거나 내 계정으로 로그인한 연결을 끊습니다.',
  },
  korean: '유령',
  minWords: 1,
  needsAccount: true,
  run: ghost,
}

export const regainVerb: Verb = {
  syntax: 'REGAIN [<nick>]',
  summary: {
    en: 'Gives you a nick of your account, whoever has it.',
    ko: '다른 사람이 쓰고 있어도 내 계정의 닉네임을 되찾습니다.',
  },
  korean: '되찾기',
  minWords: 0,
  needsAccount: true,
  run: regain,
}

/** As other servers call it. */
export const recoverVerb: Verb = {
  syntax: 'RECOVER [<nick>]',
  summary: { en: 'The same as REGAIN.', ko: 'REGAIN과 같습니다.' },
  minWords: 0,
  needsAccount: true,
  run: regain,
}

export const groupVerb: Verb = {
  syntax: 'GROUP',
  summary: {
    en: 'Makes the nick that you have a further nick of your account.',
    ko: '지금 쓰는 닉네임을 내 계정에 추가합니다.',
  },
  korean: '닉추가',
  minWords: 0,
  needsAccount: true,
  run: group,
}

export const ungroupVerb: Verb = {
  syntax: 'UNGROUP <nick>',
  summary: {
    en: 'Lets go of a further nick of your account.',
    ko: '내 계정에 추가한 닉네임을 뺍니다.',
  },
  korean: '닉제거',
  minWords: 1,
  needsAccount: true,
  run: ungroup,
}

function* ghost(context: ServiceContext): Iterable<Effect> {
  const { network, user, words: said } = context
  const [nick = ''] = said
  const target = network.users.get(foldCase(nick))
  if (target === undefined) return yield* tell(context, words.notOnline(nick))
  if (target === user) return yield* tell(context, words.thatIsYou)
  if (!isMine(context, target)) return yield* tell(context, words.notYours(nick))
  yield* endUser(target, `Ghost: ended by ${user.nick}`)
  yield* tell(context, words.ghosted(nick))
}

/** It has a nick of mine, or is me elsewhere. */
function isMine({ network, user }: ServiceContext, target: User): boolean {
  const mine = accountOf(network, user)
  if (mine === undefined) return false
  if (accountOf(network, target)?.key === mine.key) return true
  return accountCalled(network, target.nick)?.key === mine.key
}

function* regain(context: ServiceContext): Iterable<Effect> {
  const { network, user, words: said } = context
  const account = accountOf(network, user)
  const nick = said[0] ?? account?.name ?? ''
  if (account === undefined || accountCalled(network, nick)?.key !== account.key) {
    return yield* tell(context, words.notYours(nick))
  }
  if (foldCase(user.nick) === foldCase(nick)) return yield* tell(context, words.thatIsYou)
  if (muteOf(user) !== undefined) return yield* tell(context, words.notYours(nick))
  yield* makeRoomFor(context, nick)
  const own = nicksOf(account).find((each) => foldCase(each) === foldCase(nick)) ?? nick
  yield event({ kind: 'renamed', user, nick: own })
  yield* settlePresence(context, user)
  yield* tell(context, words.regained(own))
}

/** Who has it, or looks so, is called something else; what is left of oneself there ends. */
function* makeRoomFor(context: ServiceContext, nick: string): Iterable<Effect> {
  const { network, user } = context
  for (;;) {
    const taken = lookalikeOf(network.userLooks, nick, user.nick)
    const holder = taken === undefined ? undefined : network.users.get(taken)
    if (holder === undefined) return
    if (accountOf(network, holder)?.key === accountOf(network, user)?.key) {
      yield* endUser(holder, `Ghost: ended by ${user.nick}`)
    } else yield* takeNickFrom(network, holder)
  }
}

function* group(context: ServiceContext): Iterable<Effect> {
  const { network, user, server } = context
  const account = accountOf(network, user)
  const limit = server.accounts?.nicksPerAccount ?? 0
  if (account === undefined || ownerOf(network, user.nick) !== undefined) {
    return yield* tell(context, words.nickTaken(user.nick))
  }
  if (account.nicks.length >= limit) return yield* tell(context, words.tooMany(limit))
  yield* keep(context, { ...account, nicks: [...account.nicks, user.nick] })
  yield* tell(context, words.grouped(user.nick))
}

function* ungroup(context: ServiceContext): Iterable<Effect> {
  const { network, user, words: said } = context
  const [nick = ''] = said
  const account = accountOf(network, user)
  const left = account?.nicks.filter((each) => foldCase(each) !== foldCase(nick)) ?? []
  if (account === undefined || left.length === account.nicks.length) {
    return yield* tell(context, words.notYours(nick))
  }
  yield* keep(context, { ...account, nicks: left })
  yield* tell(context, words.ungrouped(nick))
}

function* keep(context: ServiceContext, account: Account): Iterable<Effect> {
  yield event({ kind: 'accountKept', account })
  yield* settlePresence(context, context.user)
}
