/** Bans from the whole server: KLINE, UNKLINE, DLINE, UNDLINE, MUTE, UNMUTE. */
import { parseDuration } from '../protocol/duration.ts'
import { fail, note } from '../protocol/standard-replies.ts'
import {
  dlineTarget,
  klineTarget,
  muteTarget,
  whomItHits,
  type BanHit,
  type BanTarget,
} from './ban-target.ts'
import type { CommandGroup, UserContext } from './command.ts'
import { event, numeric, standard, type Effect } from './effect.ts'
import { banLasts, banOf, countHit, doubtAbout, enforce } from './impose-ban.ts'
import { audit } from './operator-action.ts'
import { reasonOf } from './reason.ts'

const row = { when: 'registered', privilege: 'ban', minParams: 1, cost: 2 } as const
const spec = 'docs/server-bans.md'

export const serverBanCommands: CommandGroup = {
  KLINE: {
    ...row,
    syntax: 'KLINE [FORCE] [<duration>] <user@host> [:<reason>]',
    summary: 'Keeps out users whom the mask fits (`30m`, `1d12h`, `2w`; for ever without it).',
    spec,
    run: (context: UserContext) => addBan(context, klineTarget),
  },
  UNKLINE: {
    ...row,
    syntax: 'UNKLINE <user@host>',
    summary: 'Ends a K-line.',
    spec,
    run: (context: UserContext) => endBan(context, klineTarget),
  },
  DLINE: {
    ...row,
    syntax: 'DLINE [FORCE] [<duration>] <address or network> [:<reason>]',
    summary: 'Keeps out an address or a network (`192.0.2.0/24`), before they can say a word.',
    spec,
    run: (context: UserContext) => addBan(context, dlineTarget),
  },
  UNDLINE: {
    ...row,
    syntax: 'UNDLINE <address or network>',
    summary: 'Ends a D-line.',
    spec,
    run: (context: UserContext) => endBan(context, dlineTarget),
  },
  MUTE: {
    ...row,
    syntax: 'MUTE [FORCE] [<duration>] <user@host> [:<reason>]',
    summary: 'Lets users whom the mask fits stay, but not speak.',
    spec,
    run: (context: UserContext) => addBan(context, muteTarget),
  },
  UNMUTE: {
    ...row,
    syntax: 'UNMUTE <user@host>',
    summary: 'Ends a mute.',
    spec,
    run: (context: UserContext) => endBan(context, muteTarget),
  },
}

type ReadTarget = (raw: string) => BanTarget | undefined

function* addBan(context: UserContext, readTarget: ReadTarget): Iterable<Effect> {
  const { user, nowMs, network } = context
  const { isForced, durationMs, mask, reason: given } = readParams(context.params)
  const target = readTarget(mask)
  if (target === undefined) return yield refuse(context, 'INVALID_MASK', [mask, INVALID])
  const reason = reasonOf(given, 'No reason given')
  if (typeof reason !== 'string') return yield numeric(reason)
  const hit = whomItHits(network, target)
  const objection = objectionTo(context, { target, hit, isForced })
  if (objection !== undefined) return yield objection
  const setBy = user.operator?.name ?? user.nick
  const ban = banOf(target, { reason, setBy, nowMs, durationMs })
  const lasts = banLasts(ban)
  yield event({ kind: 'banAdded', ban })
  const fields = {
    kind: ban.kind,
    mask: ban.mask,
    lasts,
    reason,
    hit: hit.sessions.length + hit.absent.length,
  }
  yield audit('ban added', user, fields)
  const done = ban.kind === 'mute' ? 'Muted' : 'Banned'
  const text = `${done} ${lasts}; ${countHit(hit)}: ${reason}`
  yield standard(note(context.message.command, 'BAN_ADDED', [shown(ban.mask)], text))
  yield* enforce(ban, hit)
}

interface BanParams {
  readonly isForced: boolean
  /** 0: for ever. */
  readonly durationMs: number
  readonly mask: string
  readonly reason: string | undefined
}

/** `[FORCE] [<duration>] <mask> [:<reason>]`: neither word can be a mask. */
function readParams(params: readonly string[]): BanParams {
  const isForced = params[0]?.toUpperCase() === 'FORCE'
  const [first = '', ...others] = isForced ? params.slice(1) : params
  const durationMs = parseDuration(first)
  if (durationMs === undefined) return { isForced, durationMs: 0, mask: first, reason: others[0] }
  return { isForced, durationMs, mask: others[0] ?? '', reason: others[1] }
}

const INVALID = 'That is no mask for this ban, or it would keep everybody out'

/** What is doubtful needs the word FORCE; and nobody bans themselves by a slip. */
function objectionTo(
  context: UserContext,
  { target, hit, isForced }: { target: BanTarget; hit: BanHit; isForced: boolean },
): Effect | undefined {
  const { user, network, message } = context
  if (user.sessions.some((session) => hit.sessions.includes(session))) {
    return refuse(context, 'OWN_ADDRESS', [target.mask, 'This ban would hit yourself'])
  }
  const doubt = isForced ? undefined : doubtAbout(network, target, hit)
  if (doubt === undefined) return undefined
  const text = `${doubt}: if you mean it, say ${message.command} FORCE …`
  return refuse(context, 'CONFIRM', [target.mask, text])
}

function* endBan(context: UserContext, readTarget: ReadTarget): Iterable<Effect> {
  const { user, params, network, message } = context
  const raw = params[0] ?? ''
  const target = readTarget(raw)
  const ban = network.bans.find((each) => each.kind === target?.kind && each.mask === target.mask)
  if (ban === undefined) {
    return yield refuse(context, 'NO_SUCH_BAN', [
      raw,
      'There is no such ban; STATS k, STATS d and STATS s list them',
    ])
  }
  yield event({ kind: 'banRemoved', ban, by: user.operator?.name ?? user.nick })
  const text = ban.kind === 'mute' ? 'The mute has ended' : 'The ban has ended'
  yield audit('ban removed', user, { kind: ban.kind, mask: ban.mask })
  yield standard(note(message.command, 'BAN_REMOVED', [shown(ban.mask)], text))
}

function refuse(
  { message }: UserContext,
  code: string,
  [mask, text]: readonly [mask: string, text: string],
): Effect {
  return standard(fail(message.command, code, [shown(mask)], text))
}

/** A parameter can't start with a colon; with a zero in front it is the same IPv6 address. */
function shown(mask: string): string {
  return mask.startsWith(':') ? `0${mask}` : mask
}
