import assert from 'node:assert/strict'
import type { World, Actor } from './world.ts'

/** Registers an account from a connection that leaves again. */
export async function register(world: World, account: string, password = 'sesame'): Promise<void> {
  const someone = world.join(account)
  someone.sends(`REGISTER * * ${password}`)
  await world.settles()
  assert.match(someone.read().join('\n'), / REGISTER SUCCESS /)
  someone.sends('QUIT')
  await world.settles()
}

export interface Login {
  readonly account?: string
  readonly password?: string
  readonly caps?: readonly string[]
}

/** Connects, logs in by SASL PLAIN and registers; the welcome is still to be read. */
export async function connectAs(world: World, nick: string, login: Login = {}): Promise<Actor> {
  const { account = nick, password = 'sesame', caps = [] } = login
  const actor = world.connect()
  actor.sends('CAP LS 302', `NICK ${nick}`, `USER ${nick} 0 * :${nick} real`)
  actor.sends(`CAP REQ :${['sasl', ...caps].join(' ')}`)
  actor.sends('AUTHENTICATE PLAIN', `AUTHENTICATE ${plain(account, password)}`)
  await world.settles()
  actor.sends('CAP END')
  await world.settles()
  return actor
}

/** The same, and it has read the welcome. */
export async function joinAs(world: World, nick: string, login: Login = {}): Promise<Actor> {
  const actor = await connectAs(world, nick, login)
  assert.match(actor.read().join('\n'), / 001 /)
  return actor
}

export function plain(account: string, password: string, as = ''): string {
  return Buffer.from([as, account, password].join('\0')).toString('base64')
}

/** Sends, waits for all that is slow, then reads. */
export async function ask(
  world: World,
  actor: Actor,
  ...lines: readonly string[]
): Promise<string[]> {
  actor.sends(...lines)
  await world.settles()
  return actor.read()
}
