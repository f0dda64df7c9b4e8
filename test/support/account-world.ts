import { createHash, createHmac, pbkdf2Sync } from 'node:crypto'
import type { LoginAnswer, LoginBook, LoginQuestion } from '../../src/accounts/login-book.ts'
import type { AccountAsks } from '../../src/commands/account-asks.ts'
import { accountAsks } from '../../src/server/account-side.ts'
import { findAppPassword, isAppPassword } from '../../src/accounts/app-password.ts'
import { accountCalled, accountWith } from '../../src/state/account-book.ts'
import type { Account, ScramCredentials } from '../../src/state/account.ts'
import type { Network } from '../../src/state/network.ts'

/**
 * Accounts whose hashes cost nothing: what is kept of a password is the password itself, in the shape of
 * a hash. What guards the real ones, queue and backoff, is tested where it is.
 */
export function cheapAccountAsks(network: Network, now: () => number): AccountAsks {
  return accountAsks({
    book: cheapBook(network),
    now,
    fakeSaltKey: new Uint8Array(32),
    forgetDevices: () => {},
    newPassword: (_, password) =>
      Promise.resolve({ passwordHash: cheapHash(password), scram: cheapScram(password) }),
  })
}

export function cheapHash(password: string): string {
  const text = Buffer.from(password).toString('base64').replace(/=+$/, '')
  return `$scrypt$ln=1,r=1,p=1$${'A'.repeat(22)}$${text.padEnd(43, 'A')}`
}

/** At once, since tests wait for nothing else. */
function cheapScram(password: string): ScramCredentials {
  const iterations = 4096
  const salt = Buffer.alloc(16, 's')
  const salted = pbkdf2Sync(password, salt, iterations, 32, 'sha256')
  const clientKey = createHmac('sha256', salted).update('Client Key').digest()
  return {
    iterations,
    salt: salt.toString('base64'),
    storedKey: createHash('sha256').update(clientKey).digest('base64'),
    serverKey: createHmac('sha256', salted).update('Server Key').digest('base64'),
  }
}

function cheapBook(network: Network): LoginBook {
  const find = (name: string): Account | undefined => accountCalled(network, name)
  return {
    ask: (question) => Promise.resolve(answer(network, question)),
    scramIdentity(name) {
      const account = find(name)
      if (account?.scram === undefined) return undefined
      return { account: account.name, credentials: account.scram }
    },
  }
}

function answer(network: Network, question: LoginQuestion): LoginAnswer {
  const account = accountIn(network, question)
  if (account === undefined) return { kind: 'wrong' }
  const { as } = question
  if (as !== '' && accountCalled(network, as)?.key !== account.key) return { kind: 'wrong' }
  const { suspended } = account
  if (suspended !== undefined) return { kind: 'suspended', suspended }
  if (question.kind !== 'password' || !isAppPassword(question.password)) {
    return { kind: 'account', account }
  }
  const appPassword = findAppPassword(question.password, account.appPasswords)
  return appPassword === undefined ? { kind: 'wrong' } : { kind: 'account', account, appPassword }
}

function accountIn(network: Network, question: LoginQuestion): Account | undefined {
  switch (question.kind) {
    case 'certificate':
      return accountWith(network, question.fingerprint)
    case 'scram': {
      const proved = question.prove()
      return proved === undefined ? undefined : accountCalled(network, proved)
    }
    case 'password': {
      const account = accountCalled(network, question.name)
      if (isAppPassword(question.password)) return account
      return account?.passwordHash === cheapHash(question.password) ? account : undefined
    }
  }
}
