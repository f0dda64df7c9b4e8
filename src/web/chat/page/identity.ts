import type { ClientSettings } from '../../../client/turn.ts'
import { forget, keep, keepInTab, kept, keptInTab } from '../../shared/page/browser-memory.ts'

/** Who somebody is here, so that they needn't say it again. */
export interface Identity {
  readonly nick: string
  readonly role?: string
  readonly account?: string
  readonly password?: string
  /** Remembered when the browser is closed; else as long as the tab is open. */
  readonly stays: boolean
}

const NAME = 'identity'
/** Where everybody meets who comes for the first time. */
export const LANDING_ROOM = '#lobby'

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

/** What the client is to begin with. */
export function settingsOf(identity: Identity): ClientSettings {
  const { nick, role, account, password } = identity
  return {
    nick,
    realName: nick,
    rooms: [LANDING_ROOM],
    ...(role === undefined || role === '' ? {} : { metadata: { role } }),
    ...(account === undefined || password === undefined
      ? {}
      : { login: { mechanism: 'password', account, password } }),
  }
}
