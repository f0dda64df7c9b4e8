import type { Login } from '../../../client/intent.ts'
import type { ClientSettings } from '../../../client/turn.ts'
import { landingRoom } from './server-facts.ts'
import { forget, keep, keepInTab, kept, keptInTab } from '../../shared/page/browser-memory.ts'

/** Who somebody is here, so that they needn't say it again. */
export interface Identity {
  readonly nick: string
  readonly role?: string
  readonly account?: string
  /** What logs this browser in; absent: the password is asked for. The password itself is kept nowhere. */
  readonly device?: Device
  /** Remembered when the browser is closed; else as long as the tab is open. */
  readonly stays: boolean
}

/** A password for this browser alone, under a name that the account's owner finds again. docs/accounts.md */
export interface Device {
  readonly label: string
  readonly secret: string
}

const NAME = 'identity'

export function rememberedIdentity(): Identity | undefined {
  const text = keptInTab(NAME) ?? kept(NAME)
  if (text === undefined) return undefined
  try {
    const identity = JSON.parse(text) as Partial<Identity>
    if (typeof identity.nick !== 'string' || identity.nick === '') return undefined
    return { ...identity, nick: identity.nick, stays: identity.stays === true }
  } catch {
    return undefined
  }
}

export function rememberIdentity(identity: Identity): void {
  forget(NAME)
  if (identity.stays) keep(NAME, JSON.stringify(identity))
  else keepInTab(NAME, JSON.stringify(identity))
}

export function forgetIdentity(): void {
  forget(NAME)
}

/** Whether they can come in without being asked anything. */
export function isComplete({ account, device }: Identity): boolean {
  return account === undefined || device !== undefined
}

/** What the client is to begin with. `password`: of the account, where somebody has just typed it. */
export function settingsOf(identity: Identity, password?: string): ClientSettings {
  const { nick, role } = identity
  const room = landingRoom()
  const login = loginOf(identity, password)
  return {
    nick,
    realName: nick,
    rooms: room === undefined ? [] : [room],
    ...(role === undefined || role === '' ? {} : { metadata: { role } }),
    ...(login === undefined ? {} : { login }),
  }
}

function loginOf({ account, device }: Identity, password: string | undefined): Login | undefined {
  if (account === undefined) return undefined
  if (password !== undefined) return { mechanism: 'password', account, password }
  if (device === undefined) return undefined
  return { mechanism: 'appPassword', account, password: device.secret }
}
