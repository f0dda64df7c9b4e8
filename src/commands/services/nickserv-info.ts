import { accountCalled, accountOf, nicksOf, usersOf } from '../../state/account-book.ts'
import type { Account } from '../../state/account.ts'
import { mayAs } from '../../state/user.ts'
import type { Effect } from '../effect.ts'
import { notRegistered } from './nickserv-words.ts'
import type { ServiceContext, Verb } from './service.ts'
import { tell } from './tell.ts'

export const infoVerb: Verb = {
  syntax: 'INFO [<account or nick>]',
  summary: {
    en: 'Tells about an account; alone, about your own.',
    ko: '계정 정보를 보여 드립니다. 이름을 쓰지 않으면 내 계정을 보여 드립니다.',
  },
  korean: '정보',
  minWords: 0,
  run: info,
}

function* info(context: ServiceContext): Iterable<Effect> {
  const { network, user, words } = context
  const [name] = words
  const account = name === undefined ? accountOf(network, user) : accountCalled(network, name)
  if (account !== undefined) return yield* facts(context, account)
  yield* tell(context, notRegistered(name ?? user.nick))
}

function* facts(context: ServiceContext, account: Account): Iterable<Effect> {
  const { network, user } = context
  const since = new Date(account.registeredAtMs).toISOString().slice(0, 10)
  yield* tell(context, {
    en: `${account.name}: registered on ${since}`,
    ko: `${account.name}: ${since}에 등록됨`,
  })
  const online = usersOf(network, account.key).map(({ nick }) => nick)
  if (online.length > 0) {
    yield* tell(context, {
      en: `  Here as: ${online.join(', ')}`,
      ko: `  현재 접속: ${online.join(', ')}`,
    })
  }
  if (account.suspended !== undefined) {
    yield* tell(context, { en: '  It is suspended.', ko: '  정지된 계정입니다.' })
  }
  const isOwn = accountOf(network, user)?.key === account.key
  if (isOwn || mayAs(user, 'see-hosts')) yield* privateFacts(context, account)
}

function* privateFacts(context: ServiceContext, account: Account): Iterable<Effect> {
  const nicks = nicksOf(account).join(', ')
  const { email = '-', certificates, appPasswords, settings, suspended } = account
  const keys = `${certificates.length} / ${appPasswords.length}`
  const protect = settings.protect ? 'on' : 'off'
  yield* tell(context, {
    en: `  Nicks: ${nicks} · E-mail: ${email} · Certificates / app passwords: ${keys} · PROTECT ${protect}`,
    ko: `  닉네임: ${nicks} · 이메일: ${email} · 인증서 / 앱 비밀번호: ${keys} · PROTECT ${protect}`,
  })
  if (suspended === undefined) return
  yield* tell(context, {
    en: `  Suspended by ${suspended.by}: ${suspended.reason}`,
    ko: `  ${suspended.by} 님이 정지함: ${suspended.reason}`,
  })
}
