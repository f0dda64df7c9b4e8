import { dlineTarget, klineTarget, muteTarget, whomItHits } from '../commands/ban-target.ts'
import { banLasts, banOf, doubtAbout, enforce } from '../commands/impose-ban.ts'
import type { Effect } from '../commands/effect.ts'
import type { Actor, BanOrder, Outcome } from '../monitor/steering.ts'
import { networkKey } from '../protocol/network-key.ts'
import type { Session } from '../state/session.ts'
import { applyEvent } from './apply-event.ts'
import { banId } from './ban-row.ts'
import type { Core } from './core.ts'
import { closeSession } from './sessions.ts'
import { done, notFound, notPossible, traceOf } from './steering-outcome.ts'
import { oneReason } from './steering-text.ts'

/** Longer than this is for ever, and dates that far away can't be written. */
const LONGEST_BAN_MS = 100 * 365 * 86_400_000

/** The same as KLINE, DLINE and MUTE do; what they want FORCE for, `order.force` says. */
export function ban(core: Core, order: BanOrder, by: Actor): Outcome {
  const { kind, durationMs = 0 } = order
  const target = READ_TARGET[kind](order.mask.trim())
  if (target === undefined) {
    return notPossible('That is no mask for this ban, or it would keep everybody out')
  }
  const isLength = Number.isInteger(durationMs) && durationMs >= 0 && durationMs <= LONGEST_BAN_MS
  if (!isLength) return notPossible('A ban lasts some milliseconds, at most a hundred years')
  const { ok: reason, problem } = oneReason(order.reason, 'No reason given')
  if (reason === undefined) return notPossible(problem)
  const hit = whomItHits(core.network, target)
  const doubt = order.force === true ? undefined : doubtAbout(core.network, target, hit)
  if (doubt !== undefined) return notPossible(doubt)
  const added = banOf(target, { reason, setBy: by.name, nowMs: core.clock.now(), durationMs })
  applyEvent(core, { kind: 'banAdded', ban: added })
  const facts = {
    kind,
    mask: added.mask,
    lasts: banLasts(added),
    reason,
    hit: hit.sessions.length + hit.absent.length,
  }
  core.log.info('ban added', { ...traceOf(by), ...facts })
  carryOut(core, enforce(added, hit))
  return done(`${kind} ${added.mask}`)
}

const READ_TARGET = { kline: klineTarget, dline: dlineTarget, mute: muteTarget } as const

/** What a ban of this kind has to say to fit one connection, and as few others as can be. */
export function maskOf({ origin, user }: Session, kind: BanOrder['kind']): string | undefined {
  const network = networkKey(origin.address)
  if (kind === 'dline') return network
  if (kind === 'kline') return `*@${network}`
  return user === undefined ? undefined : `${user.userName}@${network}`
}

export function unban(core: Core, id: string, by: Actor): Outcome {
  const found = core.network.bans.find((each) => banId(each) === id)
  if (found === undefined) return notFound('There is no such ban')
  applyEvent(core, { kind: 'banRemoved', ban: found, by: by.name })
  const { kind, mask } = found
  core.log.info('ban removed', { ...traceOf(by), kind, mask })
  return done(`${kind} ${mask}`)
}

/** Nobody waits for an answer: what there is to carry out is events, and connections that end. */
function carryOut(core: Core, effects: Iterable<Effect>): void {
  for (const effect of effects) {
    if (effect.kind === 'event') applyEvent(core, effect.event)
    else if (effect.kind === 'close') closeSession(core, effect.session, effect.reason)
    else throw new Error(`a ban has no ${effect.kind}`)
  }
}
