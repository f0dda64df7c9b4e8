import { foldCase } from '../protocol/casemap.ts'
import type { Account, AppPassword, Suspension } from '../state/account.ts'
import { findAppPassword, isAppPassword } from './app-password.ts'
import type { Login, LoginBackoff } from './backoff.ts'
import type { KdfQueue } from './kdf-queue.ts'
import { verifyPassword } from './password.ts'
import {
  makePasswordCredentials,
  needsNewCredentials,
  type PasswordCredentials,
} from './password-credentials.ts'
import type { ScramIdentity } from './scram.ts'

/**
 * Decides who is who. Every way to log in ends here (AUTHENTICATE, NickServ, PASS), so that what holds for
 * one holds for all: the backoff, the queue, suspensions, and that an account that there is not takes
 * the time and gets the answer of a wrong password.
 */
export interface LoginBook {
  /** `address`: the client's. */
  ask(question: LoginQuestion, address: string): Promise<LoginAnswer>
  /** What SCRAM has to know before there is a question. */
  scramIdentity(name: string): ScramIdentity | undefined
}

/**
 * `name`: what the client calls itself, an account or a nick of one. `as`: whose it wants to be if that
 * isn't '' (SASL's authzid): nobody but oneself.
 */
export type LoginQuestion =
  | {
      readonly kind: 'password'
      readonly name: string
      readonly password: string
      readonly as: string
    }
  /** `prove` looks at the client's proof, once, and says the account's name if it is right. */
  | {
      readonly kind: 'scram'
      readonly name: string
      readonly prove: () => string | undefined
      readonly as: string
    }
  | { readonly kind: 'certificate'; readonly fingerprint: string; readonly as: string }

export type LoginAnswer = LoginAccepted | LoginRefused

export interface LoginAccepted {
  readonly kind: 'account'
  /** As it was when it was asked about; look it up by its key. */
  readonly account: Account
  /** The one that was used: its `lastUsedAtMs` is to be set. */
  readonly appPassword?: AppPassword
  /** The account's were cheaper than they should be by now; these are to be kept instead. */
  readonly renewed?: PasswordCredentials
}

export type LoginRefused =
  | { readonly kind: 'wrong' }
  | { readonly kind: 'wait'; readonly waitMs: number }
  /** Too many passwords are being looked at. */
  | { readonly kind: 'busy' }
  /** It was right. */
  | { readonly kind: 'suspended'; readonly suspended: Suspension }

export interface LoginBookParts {
  /** By name or by nick, however it is written. */
  readonly find: (name: string) => Account | undefined
  readonly findByCertificate: (fingerprint: string) => Account | undefined
  readonly backoff: LoginBackoff
  readonly queue: KdfQueue
  /** Wall clock. */
  readonly now: () => number
}

type PasswordQuestion = Extract<LoginQuestion, { kind: 'password' }>
type ScramQuestion = Extract<LoginQuestion, { kind: 'scram' }>
type Extras = Pick<LoginAccepted, 'appPassword' | 'renewed'>

const WRONG: LoginRefused = { kind: 'wrong' }

export function createLoginBook(parts: LoginBookParts): LoginBook {
  return {
    ask(question, address) {
      switch (question.kind) {
        case 'password':
          return isAppPassword(question.password)
            ? Promise.resolve(byAppPassword(parts, question, address))
            : byPassword(parts, question, address)
        case 'scram':
          return Promise.resolve(byScram(parts, question, address))
        case 'certificate': {
          const account = parts.findByCertificate(question.fingerprint)
          return Promise.resolve(accept(parts, account, question.as))
        }
      }
    },
    scramIdentity(name) {
      const account = parts.find(name)
      if (account?.scram === undefined) return undefined
      return { account: account.name, credentials: account.scram }
    },
  }
}

async function byPassword(
  parts: LoginBookParts,
  question: PasswordQuestion,
  address: string,
): Promise<LoginAnswer> {
  const { backoff, queue, now } = parts
  const login = loginOf(parts, question.name, address)
  // Those who have to wait take no place in the line.
  const waitMs = backoff.waitMs(login, now())
  if (waitMs > 0) return { kind: 'wait', waitMs }
  const done = await queue.run(login.account, () => checkPassword(parts, question, login))
  return done === 'busy' ? { kind: 'busy' } : done.result
}

/** When its turn has come: tries that are in line don't count as wrong ones yet. */
async function checkPassword(
  parts: LoginBookParts,
  { name, password, as }: PasswordQuestion,
  login: Login,
): Promise<LoginAnswer> {
  const { find, backoff, now } = parts
  const attempt = backoff.begin(login, now())
  if (attempt.kind === 'wait') return attempt
  const before = find(name)
  const isRight = await verifyPassword(password, before?.passwordHash)
  if (!isRight || before === undefined) return WRONG
  const renewed = needsNewCredentials(before) ? await makePasswordCredentials(password) : undefined
  const account = find(name)
  // It was changed meanwhile.
  if (account?.passwordHash !== before.passwordHash) return WRONG
  attempt.succeed(now())
  return accept(parts, account, as, renewed === undefined ? {} : { renewed })
}

/** Nobody can guess it, so that who has it doesn't wait for those who guess. */
function byAppPassword(
  parts: LoginBookParts,
  { name, password, as }: PasswordQuestion,
  address: string,
): LoginAnswer {
  const { find, backoff, now } = parts
  const account = find(name)
  const login = loginOf(parts, name, address)
  const appPassword = findAppPassword(password, account?.appPasswords ?? [])
  if (appPassword !== undefined) {
    backoff.remember(login, now())
    return accept(parts, account, as, { appPassword })
  }
  const attempt = backoff.begin(login, now())
  return attempt.kind === 'wait' ? attempt : WRONG
}

function byScram(
  parts: LoginBookParts,
  { name, prove, as }: ScramQuestion,
  address: string,
): LoginAnswer {
  const { find, backoff, now } = parts
  const attempt = backoff.begin(loginOf(parts, name, address), now())
  if (attempt.kind === 'wait') return attempt
  const proved = prove()
  if (proved === undefined) return WRONG
  attempt.succeed(now())
  return accept(parts, find(proved), as)
}

function loginOf({ find }: LoginBookParts, name: string, address: string): Login {
  return { account: find(name)?.key ?? foldCase(name), address }
}

function accept(
  { find }: LoginBookParts,
  account: Account | undefined,
  as: string,
  extras?: Extras,
): LoginAnswer {
  if (account === undefined) return WRONG
  if (as !== '' && find(as)?.key !== account.key) return WRONG
  const { suspended } = account
  if (suspended !== undefined) return { kind: 'suspended', suspended }
  return { kind: 'account', account, ...extras }
}
