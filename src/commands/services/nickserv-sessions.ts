import { addressText } from '../../protocol/host-name.ts'
import { formatDuration } from '../../protocol/duration.ts'
import { accountOf, usersOf } from '../../state/account-book.ts'
import type { Session } from '../../state/session.ts'
import type { Effect } from '../effect.ts'
import * as words from './nickserv-words.ts'
import type { ServiceContext, Verb } from './service.ts'
import { tell, tellText } from './tell.ts'

export const sessionsVerb: Verb = {
  syntax: 'SESSIONS [END <number | others>]',
  summary: {
    en: 'Lists the connections that are logged in to your account, and ends them.',
    ko: '내 계정으로 로그인한 연결을 보여 주고, 끊을 수 있습니다.',
  },
  korean: '연결',
  minWords: 0,
  needsAccount: true,
  run: sessions,
}

function* sessions(context: ServiceContext): Iterable<Effect> {
  const [action = '', which = ''] = context.words
  const all = sessionsOf(context)
  if (action === '') return yield* list(context, all)
  if (action.toUpperCase() !== 'END') return yield* tellText(context, sessionsVerb.syntax)
  const isOthers = /^(?:others|나머지)$/i.test(which)
  const ended = all.filter((session, i) =>
    isOthers ? session !== context.session : String(i + 1) === which,
  )
  if (ended.length === 0) return yield* tell(context, words.noSuchEntry)
  for (const session of ended) {
    const reason = `Ended by ${context.user.nick}`
    yield { kind: 'close', session, reason }
  }
  yield* tell(context, words.done)
}

function sessionsOf({ network, user }: ServiceContext): readonly Session[] {
  const account = accountOf(network, user)
  if (account === undefined) return []
  return usersOf(network, account.key).flatMap(({ sessions: theirs }) => theirs)
}

function* list(context: ServiceContext, all: readonly Session[]): Iterable<Effect> {
  const { nowMs, session: own } = context
  for (const [i, session] of all.entries()) {
    const { origin, connectedAtMs, user } = session
    const lasts = formatDuration(nowMs - connectedAtMs)
    const from = `${addressText(origin.address)}, ${origin.transport}`
    const isOwn = session === own
    yield* tell(context, {
      en: `  ${i + 1}. ${user?.nick ?? ''} from ${from}, for ${lasts}${isOwn ? ' (this one)' : ''}`,
      ko: `  ${i + 1}. ${user?.nick ?? ''} - ${from}, ${lasts} 동안${isOwn ? ' (이 연결)' : ''}`,
    })
  }
}
