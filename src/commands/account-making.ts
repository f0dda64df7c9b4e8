import { foldCase } from '../protocol/casemap.ts'
import { lookalikeOf } from '../protocol/lookalikes.ts'
import { nickName } from '../protocol/names.ts'
import { utf8Length } from '../protocol/utf8.ts'
import { ownerOf } from '../state/account-book.ts'
import type { Account, Language } from '../state/account.ts'
import { enterAccount } from './account-login.ts'
import type { CommandContext } from './command.ts'
import { event, wait, type Effect } from './effect.ts'
import { BAD_INVITATION, isInvited, useInvitation } from './invitation.ts'

export interface AccountWish {
  readonly name: string
  readonly password: string
  readonly email?: string
  /** The code of an invitation. */
  readonly invitation?: string
}

export interface MadeAccount {
  readonly kind: 'made'
  readonly account: Account
}

/** `code`: as account-registration names it. */
export interface RegistrationRefusal {
  readonly kind: 'refused'
  readonly code: string
  readonly words: Readonly<Record<Language, string>>
}

/** The one way to a new account, for REGISTER and NickServ: it is made, entered, and told of by `answered`. */
export function* makeAccount(
  context: CommandContext,
  wish: AccountWish,
  answered: Answered,
): Iterable<Effect> {
  const refusal = refusalOf(context, wish)
  if (refusal !== undefined) return yield* answered(refusal)
  const { session, server } = context
  const perHour = server.accounts?.registrationsPerHour ?? 0
  yield wait(async ({ accounts }) => {
    if (accounts.countRegistration(session.origin.address, perHour) === 'tooMany') {
      return answered(TOO_MANY)
    }
    const invited =
      wish.invitation === undefined ? {} : { codeHash: accounts.codeHash(wish.invitation) }
    const uninvited = invitationRefusal(context, invited.codeHash)
    if (uninvited !== undefined) return answered(uninvited)
    const made = await accounts.newPassword(foldCase(wish.name), wish.password)
    if (made === 'busy') return answered(BUSY)
    // Somebody may have been faster.
    return finish(context, { ...wish, ...made, ...invited }, answered)
  })
}

/** For somebody else, by an operator: nobody logs in to it by that. */
export function* makeAccountFor(
  context: CommandContext,
  wish: AccountWish,
  answered: Answered,
): Iterable<Effect> {
  const refusal = refusalFor(context, wish)
  if (refusal !== undefined) return yield* answered(refusal)
  yield wait(async ({ accounts }) => {
    const made = await accounts.newPassword(foldCase(wish.name), wish.password)
    if (made === 'busy') return answered(BUSY)
    const again = refusalFor(context, wish)
    if (again !== undefined) return answered(again)
    const account = newAccount(context, { ...wish, ...made })
    return [event({ kind: 'accountKept', account }), ...answered({ kind: 'made', account })]
  })
}

type Answered = (made: MadeAccount | RegistrationRefusal) => Iterable<Effect>
type Credentials = Pick<Account, 'passwordHash' | 'scram'> & {
  /** Of the invitation. */
  readonly codeHash?: string
}

function* finish(
  context: CommandContext,
  wish: AccountWish & Credentials,
  answered: Answered,
): Iterable<Effect> {
  const refusal = refusalOf(context, wish) ?? invitationRefusal(context, wish.codeHash)
  if (refusal !== undefined) return yield* answered(refusal)
  const account = newAccount(context, wish)
  yield event({ kind: 'accountKept', account })
  yield* answered({ kind: 'made', account })
  yield* enterAccount(context, { kind: 'account', account })
  if (wish.codeHash !== undefined) yield* useInvitation(context, wish.codeHash, account.key)
}

function newAccount({ session, nowMs }: CommandContext, wish: AccountWish & Credentials): Account {
  const { email, passwordHash, scram } = wish
  const name = wish.name.normalize('NFC')
  return {
    name,
    key: foldCase(name),
    registeredAtMs: nowMs,
    certificates: [],
    appPasswords: [],
    language: session.language ?? 'en',
    settings: { protect: true },
    nicks: [],
    ...(passwordHash === undefined ? {} : { passwordHash }),
    ...(scram === undefined ? {} : { scram }),
    ...(email === undefined ? {} : { email }),
  }
}

function refusalOf(context: CommandContext, wish: AccountWish): RegistrationRefusal | undefined {
  return (
    policyRefusal(context, wish) ?? emailRefusal(context, wish.email) ?? refusalFor(context, wish)
  )
}

/** What stands in the way whoever asks for it. */
function refusalFor(context: CommandContext, wish: AccountWish): RegistrationRefusal | undefined {
  return nameRefusal(context, wish.name) ?? passwordRefusal(context, wish.name, wish.password)
}

function policyRefusal(
  { server, session }: CommandContext,
  { invitation }: AccountWish,
): RegistrationRefusal | undefined {
  const { accounts } = server
  if (accounts === undefined) {
    return refused('TEMPORARILY_UNAVAILABLE', {
      en: 'This server keeps nothing, and has no accounts',
      ko: '이 서버는 기록을 보관하지 않아 계정이 없습니다',
    })
  }
  if ((session.user?.account ?? session.account) !== undefined) {
    return refused('ALREADY_AUTHENTICATED', {
      en: 'You are logged in to an account already',
      ko: '이미 계정에 로그인하셨습니다',
    })
  }
  if (accounts.registration === 'open') return undefined
  if (accounts.registration === 'invite') return invitation === undefined ? NOT_INVITED : undefined
  return refused('TEMPORARILY_UNAVAILABLE', {
    en: 'Accounts are made by the operators of this server: ask them for one',
    ko: '이 서버의 계정은 운영자가 만듭니다. 운영자에게 요청해 주세요',
  })
}

/** A code that is said has to be good, even where none is needed: who brings it expects more than an account. */
function invitationRefusal(
  context: CommandContext,
  codeHash: string | undefined,
): RegistrationRefusal | undefined {
  if (codeHash === undefined || isInvited(context, codeHash)) return undefined
  return { kind: 'refused', ...BAD_INVITATION }
}

/** Whoever is called so may have the account; nobody else while they are, and nobody what looks like another's. */
function nameRefusal(
  { network, server, session }: CommandContext,
  name: string,
): RegistrationRefusal | undefined {
  const checked = nickName(name, server.limits.chat.nickLength)
  if (checked.ok === undefined) return BAD_NAME
  if (/^guest\d*$/i.test(checked.ok)) return BAD_NAME
  // What a dropped account wrote stays its own: its name is nobody else's, ever.
  const isOwned =
    ownerOf(network, checked.ok) !== undefined || network.droppedAccounts.has(foldCase(checked.ok))
  const isTaken = lookalikeOf(network.userLooks, checked.ok, session.user?.nick) !== undefined
  if (!isOwned && !isTaken) return undefined
  return refused('ACCOUNT_EXISTS', {
    en: 'This name is taken, or looks like one that is',
    ko: '이미 쓰이고 있거나, 다른 이름과 혼동하기 쉬운 이름입니다',
  })
}

function emailRefusal(
  { server }: CommandContext,
  email: string | undefined,
): RegistrationRefusal | undefined {
  const isFine = email === undefined ? server.accounts?.requireEmail !== true : isEmail(email)
  return isFine ? undefined : BAD_EMAIL
}

/** Nothing is sent there: it is for people to know each other by. */
export function isEmail(text: string): boolean {
  return /^[^\s@,:]{1,64}@[^\s@,:]{1,190}$/u.test(text)
}

const BAD_EMAIL = refused('INVALID_EMAIL', {
  en: 'An e-mail address is needed, like anna@example.org',
  ko: 'anna@example.org와 같은 이메일 주소가 필요합니다',
})

const NOT_INVITED = refused('INVITATION_REQUIRED', {
  en: 'An invitation is needed: register with its code',
  ko: '초대가 필요합니다. 초대 코드와 함께 등록해 주세요',
})

/** "300 bytes should be a safe reasonable limit." Longer ones can be said by SASL all the same. */
const MOST_PASSWORD_BYTES = 600

export function passwordRefusal(
  { server }: Pick<CommandContext, 'server'>,
  name: string,
  password: string,
): RegistrationRefusal | undefined {
  const least = server.accounts?.minPasswordLength ?? 0
  if (utf8Length(password) > MOST_PASSWORD_BYTES || CONTROL.test(password)) {
    return refused('UNACCEPTABLE_PASSWORD', {
      en: `A password has at most ${MOST_PASSWORD_BYTES} bytes, and no control characters`,
      ko: `비밀번호는 최대 ${MOST_PASSWORD_BYTES}바이트이며, 제어 문자를 쓸 수 없습니다`,
    })
  }
  if (APP_PASSWORD.test(password)) {
    return refused('UNACCEPTABLE_PASSWORD', {
      en: 'This looks like a password for an app; choose another',
      ko: '앱 비밀번호와 같은 형식입니다. 다른 비밀번호를 골라 주세요',
    })
  }
  if (Array.from(password).length < least || foldCase(password) === foldCase(name)) {
    return refused('WEAK_PASSWORD', {
      en: `A password has at least ${least} characters, and is not the account's name`,
      ko: `비밀번호는 ${least}자 이상이어야 하고, 계정 이름과 달라야 합니다`,
    })
  }
  return undefined
}

// oxlint-disable-next-line no-control-regex -- what nobody can type
const CONTROL = /[\0-\x1f\x7f]/
/** Whatever looks so is looked up among the app passwords alone. */
const APP_PASSWORD = /^\s*maru-[a-z2-7]{26}\s*$/i

const BAD_NAME = refused('BAD_ACCOUNT_NAME', {
  en: 'An account is named as a nick may be, and not like a service or a guest',
  ko: '계정 이름은 닉네임으로 쓸 수 있는 이름이어야 하고, 서비스나 손님 이름과 같을 수 없습니다',
})

const TOO_MANY = refused('TEMPORARILY_UNAVAILABLE', {
  en: 'Too many accounts were made from your address: try again in an hour',
  ko: '같은 주소에서 너무 많은 계정을 만들었습니다. 한 시간 뒤에 다시 시도해 주세요',
})

const BUSY = refused('TEMPORARILY_UNAVAILABLE', {
  en: 'The server has too many passwords to work on: try again in a few seconds',
  ko: '지금은 처리할 요청이 많습니다. 몇 초 뒤에 다시 시도해 주세요',
})

function refused(code: string, words: Readonly<Record<Language, string>>): RegistrationRefusal {
  return { kind: 'refused', code, words }
}
