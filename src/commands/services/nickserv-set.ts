import { accountOf } from '../../state/account-book.ts'
import type { Account, AccountSettings, Language } from '../../state/account.ts'
import type { LoginAnswer, NewPassword } from '../account-asks.ts'
import { isEmail, passwordRefusal } from '../account-making.ts'
import { settlePresence } from '../always-on.ts'
import { event, wait, type Effect } from '../effect.ts'
import { countFailure } from '../sasl.ts'
import { refusalWords } from './nickserv-login.ts'
import * as words from './nickserv-words.ts'
import type { ServiceContext, Verb } from './service.ts'
import { tell, tellText } from './tell.ts'

export const setVerb: Verb = {
  syntax: 'SET <PASSWORD | LANGUAGE | ALWAYS-ON | REPLAY | PROTECT | EMAIL> <value>',
  summary: {
    en: 'Changes your account.',
    ko: '내 계정의 설정을 바꿉니다.',
  },
  details: {
    en:
      'SET PASSWORD <old> <new>. SET LANGUAGE en or ko: what services speak with you. ' +
      'SET ALWAYS-ON on, off or default: you stay in your rooms while no client is connected. ' +
      'SET REPLAY on, off or default: clients without CHATHISTORY are told what was said before. ' +
      'SET PROTECT on or off: nobody else may use your nicks. SET EMAIL <address> or none.',
    ko:
      'SET PASSWORD <지금 비밀번호> <새 비밀번호>. SET LANGUAGE en 또는 ko: 서비스가 쓰는 언어. ' +
      'SET ALWAYS-ON on, off, default: 접속한 클라이언트가 없어도 방에 남아 있습니다. ' +
      'SET REPLAY on, off, default: CHATHISTORY가 없는 클라이언트에 지난 대화를 보여 줍니다. ' +
      'SET PROTECT on, off: 다른 사람이 내 닉네임을 쓰지 못하게 합니다. SET EMAIL <주소> 또는 none.',
  },
  korean: '설정',
  minWords: 2,
  needsAccount: true,
  run: set,
}

function* set(context: ServiceContext): Iterable<Effect> {
  const { network, user, words: said } = context
  const [name = '', value = ''] = said
  const account = accountOf(network, user)
  if (account === undefined) return
  switch (name.toUpperCase()) {
    case 'PASSWORD':
    case '비밀번호':
      return yield* setPassword(context, account)
    case 'LANGUAGE':
    case '언어':
      return yield* setLanguage(context, account, value)
    case 'ALWAYS-ON':
    case 'ALWAYSON':
      return yield* setFlag(context, account, 'alwaysOn')
    case 'REPLAY':
      return yield* setFlag(context, account, 'replay')
    case 'PROTECT':
    case 'ENFORCE':
      return yield* setFlag(context, account, 'protect')
    case 'EMAIL':
    case '이메일':
      return yield* setEmail(context, account, value)
    default:
      yield* tellText(context, setVerb.syntax)
  }
}

const ON: ReadonlySet<string> = new Set(['ON', 'TRUE', 'YES', '켬', '켜기', '예'])
const OFF: ReadonlySet<string> = new Set(['OFF', 'FALSE', 'NO', '끔', '끄기', '아니요'])

function* setFlag(
  context: ServiceContext,
  account: Account,
  flag: 'alwaysOn' | 'replay' | 'protect',
): Iterable<Effect> {
  const word = (context.words[1] ?? '').toUpperCase()
  const isDefault = word === 'DEFAULT' && flag !== 'protect'
  if (!ON.has(word) && !OFF.has(word) && !isDefault) return yield* tellText(context, setVerb.syntax)
  const { [flag]: _, ...others } = account.settings
  // PROTECT has no default of the server: it is always said.
  const settings = (isDefault ? others : { ...others, [flag]: ON.has(word) }) as AccountSettings
  yield event({ kind: 'accountKept', account: { ...account, settings } })
  yield* settlePresence(context, context.user)
  const name = (context.words[0] ?? '').toUpperCase()
  yield* tell(context, words.isSetTo(name, isDefault ? 'default' : ON.has(word) ? 'on' : 'off'))
}

const LANGUAGES: Readonly<Record<string, Language>> = {
  EN: 'en',
  ENGLISH: 'en',
  영어: 'en',
  KO: 'ko',
  KOREAN: 'ko',
  한국어: 'ko',
}

function* setLanguage(context: ServiceContext, account: Account, word: string): Iterable<Effect> {
  const language = LANGUAGES[word.toUpperCase()]
  if (language === undefined) return yield* tellText(context, 'SET LANGUAGE <en | ko>')
  yield event({ kind: 'accountKept', account: { ...account, language } })
  yield* tell({ ...context, language }, words.isSetTo('LANGUAGE', language))
}

function* setEmail(context: ServiceContext, account: Account, word: string): Iterable<Effect> {
  const { email: _, ...others } = account
  const isNone = /^(?:none|off|\*|없음)$/i.test(word)
  if (!isNone && !isEmail(word)) return yield* tellText(context, 'SET EMAIL <address | none>')
  yield event({ kind: 'accountKept', account: isNone ? others : { ...account, email: word } })
  yield* tell(context, words.isSetTo('EMAIL', isNone ? '-' : word))
}

/** Whoever only has the connection, or an app's password, doesn't have the account. */
function* setPassword(context: ServiceContext, account: Account): Iterable<Effect> {
  const { session, words: said } = context
  const [, old = '', fresh = ''] = said
  if (fresh === '') return yield* tellText(context, 'SET PASSWORD <old> <new>')
  const refusal = passwordRefusal(context, account.name, fresh)
  if (refusal !== undefined) return yield* tell(context, refusal.words)
  yield wait(async ({ accounts }) => {
    const answer = await accounts.checkLogin(session, account.name, old)
    const refused = refusedOld(answer)
    if (refused !== undefined) return refuseOld(context, refused)
    const made = await accounts.newPassword(account.key, fresh)
    if (made === 'busy') return tell(context, words.busy)
    accounts.forgetDevices(account.key)
    return keepPassword(context, account, made)
  })
}

type Refused = Exclude<LoginAnswer, { kind: 'account' }>

function refusedOld(answer: LoginAnswer): Refused | undefined {
  if (answer.kind !== 'account') return answer
  return answer.appPassword === undefined ? undefined : { kind: 'wrong' }
}

function* refuseOld(context: ServiceContext, refused: Refused): Iterable<Effect> {
  yield* tell(context, refusalWords(refused))
  if (refused.kind === 'wrong') yield* countFailure(context)
}

function* keepPassword(
  context: ServiceContext,
  { key, registeredAtMs }: Account,
  made: NewPassword,
): Iterable<Effect> {
  const now = context.network.accounts.get(key)
  if (now?.registeredAtMs !== registeredAtMs) return yield* tell(context, words.notRegistered(key))
  const { passwordHash: _, scram: __, ...others } = now
  yield event({ kind: 'accountKept', account: { ...others, ...made } })
  yield* tell(context, words.passwordChanged)
}
