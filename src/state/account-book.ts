import { foldCase } from '../protocol/casemap.ts'
import { addName, lookalikeOf, removeName } from '../protocol/lookalikes.ts'
import type { Account } from './account.ts'
import type { Network } from './network.ts'
import type { User } from './user.ts'

/** The part of the network that accounts are kept in. */
type Book = Pick<
  Network,
  | 'accounts'
  | 'droppedAccounts'
  | 'accountNicks'
  | 'accountLooks'
  | 'accountCertificates'
  | 'accountUsers'
>

/** Puts an account in, in the place of the one that it was. */
export function keepAccount(book: Book, account: Account): void {
  forgetNames(book, account.key)
  book.accounts.set(account.key, account)
  for (const nick of nicksOf(account)) {
    book.accountNicks.set(foldCase(nick), account.key)
    addName(book.accountLooks, nick)
  }
  for (const { fingerprint } of account.certificates) {
    book.accountCertificates.set(fingerprint, account.key)
  }
}

export function dropAccount(book: Book, key: string): void {
  forgetNames(book, key)
  book.accounts.delete(key)
  book.droppedAccounts.add(key)
}

/** Its name, and the nicks that were grouped with it. */
export function nicksOf({ name, nicks }: Account): readonly string[] {
  return [name, ...nicks]
}

export function accountNamed({ accounts }: Book, name: string): Account | undefined {
  return accounts.get(foldCase(name))
}

/** By its name or by one of its nicks; what only looks like one is none. */
export function accountCalled(book: Book, name: string): Account | undefined {
  const key = book.accountNicks.get(foldCase(name))
  return key === undefined ? undefined : book.accounts.get(key)
}

export function accountWith(book: Book, fingerprint: string): Account | undefined {
  const key = book.accountCertificates.get(fingerprint)
  return key === undefined ? undefined : book.accounts.get(key)
}

/** The account that somebody is logged in to. */
export function accountOf(
  book: Book,
  { account }: { readonly account?: string | undefined },
): Account | undefined {
  return account === undefined ? undefined : accountNamed(book, account)
}

/** The account whose nick this is, or looks like. */
export function ownerOf(book: Book, nick: string): Account | undefined {
  const similar = lookalikeOf(book.accountLooks, nick)
  const key = similar === undefined ? undefined : book.accountNicks.get(similar)
  return key === undefined ? undefined : book.accounts.get(key)
}

/** Everybody who is logged in to it. */
export function usersOf({ accountUsers }: Book, key: string): readonly User[] {
  return [...(accountUsers.get(key) ?? [])]
}

export function addAccountUser({ accountUsers }: Book, user: User): void {
  if (user.account === undefined) return
  const key = foldCase(user.account)
  const users = accountUsers.get(key)
  if (users === undefined) accountUsers.set(key, new Set([user]))
  else users.add(user)
}

export function removeAccountUser({ accountUsers }: Book, user: User): void {
  if (user.account === undefined) return
  const key = foldCase(user.account)
  const users = accountUsers.get(key)
  users?.delete(user)
  if (users?.size === 0) accountUsers.delete(key)
}

function forgetNames(
  { accounts, accountNicks, accountLooks, accountCertificates }: Book,
  key: string,
): void {
  const known = accounts.get(key)
  if (known === undefined) return
  for (const { fingerprint } of known.certificates) accountCertificates.delete(fingerprint)
  for (const nick of nicksOf(known)) {
    accountNicks.delete(foldCase(nick))
    removeName(accountLooks, nick)
  }
}
