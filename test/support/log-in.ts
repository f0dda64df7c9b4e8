import assert from 'node:assert/strict'
import { foldCase } from '../../src/protocol/casemap.ts'
import { applyEvent } from '../../src/server/apply-event.ts'
import type { Account } from '../../src/state/account.ts'
import type { Actor, World } from './world.ts'

/** Somebody who is here logs in to the account of that name, which is made if there is none. */
export function logIn(world: World, nick: string, name = nick): void {
  const { network } = world.core
  const session = network.users.get(foldCase(nick))?.sessions[0]
  assert.ok(session !== undefined, `${nick} is not here`)
  const account = network.accounts.get(foldCase(name)) ?? makeAccount(world, name)
  applyEvent(world.core, { kind: 'loggedIn', session, account })
}

/** Somebody comes who is logged in to the account of their nick, unless another is named. */
export function joinLoggedIn(world: World, nick: string, name = nick): Actor {
  const actor = world.join(nick)
  logIn(world, nick, name)
  actor.read()
  return actor
}

export function makeAccount(world: World, name: string): Account {
  const account: Account = {
    name,
    key: foldCase(name),
    registeredAtMs: world.core.clock.now(),
    certificates: [],
    appPasswords: [],
    language: 'en',
    settings: { protect: false },
    nicks: [],
  }
  applyEvent(world.core, { kind: 'accountKept', account })
  return account
}
