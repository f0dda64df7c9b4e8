import { randomBytes } from 'node:crypto'
import { newAppPassword } from '../accounts/app-password.ts'
import { createLoginBackoff } from '../accounts/backoff.ts'
import { createKdfQueue } from '../accounts/kdf-queue.ts'
import { createLoginBook, type LoginBook } from '../accounts/login-book.ts'
import type { DevicesByAccount, DevicesChanged } from '../accounts/known-devices.ts'
import { invitationCodeHash } from '../accounts/invitation-code.ts'
import { makePasswordCredentials } from '../accounts/password-credentials.ts'
import { saslExchange, type SaslExchange } from '../accounts/sasl.ts'
import { dropFirst } from '../base/least-recent.ts'
import type { AccountAsks, NewPassword, SaslAnswer } from '../commands/account-asks.ts'
import { saslMechanisms } from '../commands/account-capability.ts'
import { isLoopback } from '../protocol/address.ts'
import { networkKey } from '../protocol/network-key.ts'
import { accountCalled, accountWith } from '../state/account-book.ts'
import type { Network } from '../state/network.ts'
import type { Session } from '../state/session.ts'

export interface AccountSideParts {
  readonly book: LoginBook
  /** `account`: its key. */
  readonly newPassword: (account: string, password: string) => Promise<NewPassword | 'busy'>
  readonly forgetDevices: (account: string) => void
  /** The same over restarts: no name can be found out by the salt that SCRAM gives it. */
  readonly fakeSaltKey: Uint8Array
  /** Wall clock. */
  readonly now: () => number
}

/** What commands may ask about accounts. Tests have a book of their own, which costs nothing. */
export function accountAsks(parts: AccountSideParts): AccountAsks {
  const registrations = new Map<string, readonly number[]>()
  return {
    authenticate: (session, param) => authenticate(parts, session, param),
    checkLogin: (session, name, password) =>
      parts.book.ask({ kind: 'password', name, password, as: '' }, session.origin.address),
    newPassword: parts.newPassword,
    newAppPassword: (label) => newAppPassword(label, parts.now()),
    countRegistration: (address, perHour) =>
      countRegistration(registrations, { address, perHour, nowMs: parts.now() }),
    codeHash: invitationCodeHash,
    forgetDevices: parts.forgetDevices,
  }
}

export interface DevicesKept {
  /** From where accounts logged in before, and who keeps it when that changes. */
  readonly devices: { readonly before: DevicesByAccount; readonly changed: DevicesChanged }
}

/** With the real hashes, in a queue, and with a memory for who guesses. */
export function createAccountAsks(
  network: Network,
  { fakeSaltKey, now, devices }: Pick<AccountSideParts, 'fakeSaltKey' | 'now'> & DevicesKept,
): AccountAsks {
  const queue = createKdfQueue()
  const backoff = createLoginBackoff(devices.before, devices.changed)
  const book = createLoginBook({
    find: (name) => accountCalled(network, name),
    findByCertificate: (fingerprint) => accountWith(network, fingerprint),
    backoff,
    queue,
    now,
  })
  return accountAsks({
    book,
    now,
    fakeSaltKey,
    forgetDevices: (account) => backoff.forget(account),
    async newPassword(account, password) {
      const done = await queue.run(account, () => makePasswordCredentials(password))
      return done === 'busy' ? 'busy' : done.result
    },
  })
}

/** At least 18: half of what SCRAM makes of both sides. */
const NONCE_BYTES = 18

async function authenticate(
  { book, fakeSaltKey }: AccountSideParts,
  session: Session,
  param: string,
): Promise<SaslAnswer> {
  const { certificateFingerprint } = session.origin.tls ?? {}
  const exchange =
    exchanges.get(session) ??
    saslExchange({
      mechanisms: saslMechanisms(session),
      lookup: (name) => book.scramIdentity(name),
      fakeSaltKey,
      newNonce: () => randomBytes(NONCE_BYTES).toString('base64'),
      ...(certificateFingerprint === undefined ? {} : { certificateFingerprint }),
    })
  exchanges.set(session, exchange)
  session.sasl = exchange
  const heard = exchange.hear(param)
  if (heard.kind !== 'ask') return heard
  const outcome = heard.answer(await book.ask(heard.question, session.origin.address))
  if (outcome.kind === 'ask') throw new Error('an answer leads to no question')
  return outcome
}

const exchanges = new WeakMap<Session, SaslExchange>()

const HOUR_MS = 3_600_000
/** What somebody with many addresses can make the server remember. */
const MOST_ADDRESSES = 10_000

function countRegistration(
  registrations: Map<string, readonly number[]>,
  { address, perHour, nowMs }: { address: string; perHour: number; nowMs: number },
): 'counted' | 'tooMany' {
  const key = networkKey(address)
  const recent = (registrations.get(key) ?? []).filter((atMs) => nowMs - atMs < HOUR_MS)
  // Who is on the computer itself may do as they like, as with connections.
  if (recent.length >= perHour && !isLoopback(address)) return 'tooMany'
  // Taken out first, so that it becomes the most recent.
  registrations.delete(key)
  registrations.set(key, [...recent, nowMs].slice(-perHour))
  dropFirst(registrations, MOST_ADDRESSES)
  return 'counted'
}
