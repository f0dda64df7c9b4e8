/** The answer to WHOIS. https://modern.ircdocs.horse/#whois-message */
import { foldName, type Core } from './core.ts'
import type { Whois } from './model.ts'
import { MOST } from './most.ts'

export function emptyWhois(nick: string): Whois {
  const flags = { isComplete: false, isOperator: false, isBot: false, isSecure: false }
  return { nick, ...flags, rooms: [], other: [] }
}

/** `params`: from the nick on. */
export function takeWhois(core: Core, code: string, params: readonly string[]): void {
  const { whois } = core.view.parts
  const [nick = '', ...rest] = params
  // Answers about somebody whom nobody asked about, as 301 when one writes to them.
  if (whois === undefined || whois.isComplete) return
  if (foldName(core, whois.nick) !== foldName(core, nick)) return
  const part = partOf(code, rest)
  if (part !== undefined) return core.view.set('whois', { ...whois, ...part })
  if (whois.other.length >= MOST.whoisLines) return
  core.view.set('whois', { ...whois, other: [...whois.other, rest.join(' ')] })
}

function partOf(code: string, rest: readonly string[]): Partial<Whois> | undefined {
  const [first = '', second = ''] = rest
  switch (code) {
    case '301':
      return { away: first }
    case '311':
      return { userName: first, host: second, realName: rest.at(-1) ?? '' }
    case '312':
      return { server: first }
    case '313':
      return { isOperator: true }
    case '317':
      return idleOf(first, second)
    case '318':
      return { isComplete: true }
    case '319':
      return { rooms: first.split(' ').filter(Boolean).slice(0, MOST.whoisLines) }
    case '330':
      return { account: first }
    case '335':
      return { isBot: true }
    case '671':
      return { isSecure: true }
    default:
      return undefined
  }
}

function idleOf(idle: string, signedOn: string): Partial<Whois> {
  const [idleSeconds, seconds] = [Number(idle), Number(signedOn)]
  return {
    ...(Number.isFinite(idleSeconds) ? { idleSeconds } : {}),
    ...(Number.isFinite(seconds) && seconds > 0 ? { signedOnAtMs: seconds * 1000 } : {}),
  }
}
