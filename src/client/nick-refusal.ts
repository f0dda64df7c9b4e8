import type { Message as Line } from '../protocol/message.ts'
import { breakOff } from './connection.ts'
import { addNotice, type Core } from './core.ts'
import { askUser } from './registration.ts'
import { saslFailed } from './sasl.ts'

/** For so long a connection of ours that broke may hold our nick. */
const GHOST_MS = 180_000

/** 432, 433, 436. */
export function nickRefused(core: Core, params: readonly string[], line: Line): void {
  const [nick = '', text = ''] = [params[0], params.at(-1)]
  const refusal = { code: line.command, text, context: [nick] }
  if (core.link.stage !== 'registering') {
    const waiting = core.asks.find(line.tags?.get('label')) ?? core.asks.oldest()
    if (waiting !== undefined) waiting.refusal ??= refusal
    else addNotice(core, { kind: 'refusal', from: line.source ?? '', ...refusal })
    return
  }
  const { lastOnline } = core.wish
  const isOurGhost =
    line.command === '433' &&
    lastOnline?.nick === nick &&
    core.clock.now() - lastOnline.atMs < GHOST_MS
  if (isOurGhost) return breakOff(core, { kind: 'refused', text, code: line.command })
  askUser(core, { kind: 'nick', taken: nick, refusal })
}

/** 902, 904, 905, 906. */
export function takeSaslRefusal(core: Core, params: readonly string[], line: Line): void {
  saslFailed(core, { code: line.command, text: params.at(-1) ?? '', context: [] })
}
