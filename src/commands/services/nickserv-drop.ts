import { foldCase } from '../../protocol/casemap.ts'
import { loggedOut } from '../../protocol/replies.ts'
import { accountOf, usersOf } from '../../state/account-book.ts'
import type { Account } from '../../state/account.ts'
import { leaveAccount } from '../account-login.ts'
import { event, numeric, wait, type Effect } from '../effect.ts'
import { leaveRoomsOf } from './account-rooms.ts'
import { confirmationCode } from './confirmation-code.ts'
import * as words from './nickserv-words.ts'
import type { ServiceContext, Verb } from './service.ts'
import { tell } from './tell.ts'

export const dropVerb: Verb = {
  syntax: 'DROP <account> [<code>]',
  summary: {
    en: 'Takes your account away for good.',
    ko: '내 계정을 영구히 삭제합니다.',
  },
  korean: '삭제',
  minWords: 1,
  needsAccount: true,
  run: drop,
}

function* drop(context: ServiceContext): Iterable<Effect> {
  const { network, user, words: said } = context
  const [name = '', given] = said
  const account = accountOf(network, user)
  if (account === undefined || account.key !== foldCase(name)) {
    return yield* tell(context, words.notYours(name))
  }
  const code = confirmationCode('drop', account.key, account.registeredAtMs)
  if (given !== code) return yield* tell(context, words.confirmDrop(account.name, code))
  yield* dropAccount(context, account)
  yield numeric(loggedOut(user.source))
  yield* tell(context, words.dropped(account.name))
  yield wait(({ accounts }) => {
    accounts.forgetDevices(account.key)
    return Promise.resolve([])
  })
}

/** Whoever is logged in to it stays, as a guest. */
export function* dropAccount(context: ServiceContext, account: Account): Iterable<Effect> {
  const { network } = context
  for (const user of usersOf(network, account.key)) yield* leaveAccount(context, user)
  yield* leaveRoomsOf(network, account.key)
  yield event({ kind: 'accountDropped', account })
}
