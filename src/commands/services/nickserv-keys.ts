import { accountOf, accountWith } from '../../state/account-book.ts'
import type { Account } from '../../state/account.ts'
import type { NewAppPassword } from '../account-asks.ts'
import { event, wait, type Effect } from '../effect.ts'
import * as words from './nickserv-words.ts'
import type { ServiceContext, Verb } from './service.ts'
import { tell, tellText } from './tell.ts'

export const certVerb: Verb = {
  syntax: 'CERT <ADD | DEL | LIST> [<fingerprint>]',
  summary: {
    en: 'Certificates that log you in without a password (SASL EXTERNAL).',
    ko: '비밀번호 없이 로그인하는 인증서를 관리합니다(SASL EXTERNAL).',
  },
  details: {
    en: 'CERT ADD alone takes the certificate of this connection.',
    ko: 'CERT ADD만 쓰면 이 연결의 인증서를 추가합니다.',
  },
  korean: '인증서',
  minWords: 1,
  needsAccount: true,
  run: cert,
}

export const appPasswordVerb: Verb = {
  syntax: 'APPPASSWORD <ADD | DEL | LIST> [<label>]',
  summary: {
    en: 'Passwords for single apps and bots, which can be taken away alone.',
    ko: '앱이나 봇마다 따로 쓰는 비밀번호를 관리합니다. 하나씩 없앨 수 있습니다.',
  },
  korean: '앱비밀번호',
  minWords: 1,
  needsAccount: true,
  run: appPassword,
}

/** Of each kind. */
const MOST_KEYS = 16
const FINGERPRINT = /^[\da-f]{64}$/

function* cert(context: ServiceContext): Iterable<Effect> {
  const { network, user, session, words: said } = context
  const account = accountOf(network, user)
  if (account === undefined) return
  const [action = '', given] = said
  const own = session.origin.tls?.certificateFingerprint
  const fingerprint = given?.replaceAll(':', '').toLowerCase() ?? own
  switch (action.toUpperCase()) {
    case 'LIST':
      return yield* list(
        context,
        account.certificates.map(({ fingerprint: each, addedAtMs }) => [each, addedAtMs]),
      )
    case 'ADD':
      return yield* addCertificate(context, account, fingerprint)
    case 'DEL': {
      const left = account.certificates.filter((each) => each.fingerprint !== fingerprint)
      const isThere = left.length < account.certificates.length
      if (!isThere) return yield* tell(context, words.noSuchEntry)
      yield event({ kind: 'accountKept', account: { ...account, certificates: left } })
      return yield* tell(context, words.removed(fingerprint ?? ''))
    }
    default:
      yield* tellText(context, certVerb.syntax)
  }
}

function* addCertificate(
  context: ServiceContext,
  account: Account,
  fingerprint: string | undefined,
): Iterable<Effect> {
  const { network, nowMs } = context
  if (fingerprint === undefined || !FINGERPRINT.test(fingerprint)) {
    return yield* tell(context, words.noCertificate)
  }
  if (accountWith(network, fingerprint) !== undefined) {
    return yield* tell(context, words.certificateTaken)
  }
  if (account.certificates.length >= MOST_KEYS)
    return yield* tell(context, words.tooMany(MOST_KEYS))
  const certificates = [...account.certificates, { fingerprint, addedAtMs: nowMs }]
  yield event({ kind: 'accountKept', account: { ...account, certificates } })
  yield* tell(context, words.added(fingerprint))
}

function* appPassword(context: ServiceContext): Iterable<Effect> {
  const { network, user, words: said } = context
  const account = accountOf(network, user)
  if (account === undefined) return
  const [action = '', ...rest] = said
  const label = rest.join(' ')
  switch (action.toUpperCase()) {
    case 'LIST':
      return yield* list(
        context,
        account.appPasswords.map((each) => [each.label, each.createdAtMs, each.lastUsedAtMs]),
      )
    case 'ADD':
      return yield* addAppPassword(context, account, label)
    case 'DEL': {
      const left = account.appPasswords.filter((each) => each.label !== label)
      const isThere = left.length < account.appPasswords.length
      if (!isThere) return yield* tell(context, words.noSuchEntry)
      yield event({ kind: 'accountKept', account: { ...account, appPasswords: left } })
      return yield* tell(context, words.removed(label))
    }
    default:
      yield* tellText(context, appPasswordVerb.syntax)
  }
}

const MOST_LABEL = 40

function* addAppPassword(
  context: ServiceContext,
  account: Account,
  label: string,
): Iterable<Effect> {
  const isTaken = account.appPasswords.some((each) => each.label === label)
  if (label === '' || isTaken || Array.from(label).length > MOST_LABEL) {
    return yield* tellText(context, 'APPPASSWORD ADD <label>')
  }
  if (account.appPasswords.length >= MOST_KEYS)
    return yield* tell(context, words.tooMany(MOST_KEYS))
  yield wait(({ accounts }) =>
    Promise.resolve(keepAppPassword(context, account, accounts.newAppPassword(label))),
  )
}

function* keepAppPassword(
  context: ServiceContext,
  { key }: Account,
  { secret, kept }: NewAppPassword,
): Iterable<Effect> {
  const now = context.network.accounts.get(key)
  if (now === undefined) return
  const appPasswords = [...now.appPasswords, kept]
  yield event({ kind: 'accountKept', account: { ...now, appPasswords } })
  yield* tell(context, words.appPasswordMade(kept.label))
  yield* tellText(context, secret)
}

function* list(
  context: ServiceContext,
  entries: readonly (readonly [name: string, atMs: number, usedAtMs?: number | undefined])[],
): Iterable<Effect> {
  if (entries.length === 0) return yield* tell(context, words.nothingThere)
  for (const [name, atMs, usedAtMs] of entries) {
    const added = day(atMs)
    yield* tell(context, {
      en: `  ${name} - added ${added}${usedAtMs === undefined ? '' : `, last used ${day(usedAtMs)}`}`,
      ko: `  ${name} - ${added} 추가${usedAtMs === undefined ? '' : `, ${day(usedAtMs)} 마지막 사용`}`,
    })
  }
}

function day(atMs: number): string {
  return new Date(atMs).toISOString().slice(0, 10)
}
