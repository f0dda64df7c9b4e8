import type { Message as Line } from '../protocol/message.ts'
import { breakOff } from './connection.ts'
import { addNotice, type Core } from './core.ts'
import { askUser } from './registration.ts'
import { saslFailed } from './sasl.ts'
import type { Refusal } from './timeline.ts'

/** For so long a connection of ours that broke may hold our nick. */
const GHOST_MS = 180_000

/** 432, 433, 436. */
export function nickRefused(core: Core, params: readonly string[], line: Line): void {
  const [nick = '', text = ''] = [params[0], params.at(-1)]
  const refusal = { code: line.command, text, context: [nick] }
  if (core.link.stage !== 'registering') return refuseLater(core, refusal, line)
  if (line.command === '433' && isOurGhost(core, nick)) {
    return breakOff(core, { kind: 'refused', text, code: line.command })
  }
  askUser(core, { kind: 'nick', taken: nick, refusal })
}

function refuseLater(core: Core, refusal: Refusal, line: Line): void {
  const waiting = core.asks.find(line.tags?.get('label')) ?? core.asks.oldest()
  if (waiting !== undefined) waiting.refusal ??= refusal
  else addNotice(core, { kind: 'refusal', from: line.source ?? '', text: '', ...refusal })
}

function isOurGhost(core: Core, nick: string): boolean {
  const { lastOnline } = core.wish
  return lastOnline?.nick === nick && core.clock.now() - lastOnline.atMs < GHOST_MS
}

/** 902, 904, 905, 906. */
export function takeSaslRefusal(core: Core, params: readonly string[], line: Line): void {
  saslFailed(core, { code: line.command, text: params.at(-1) ?? '', context: [] })
}
