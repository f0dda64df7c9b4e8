/** Bans from the whole server: KLINE, UNKLINE, DLINE, UNDLINE. */
import { formatDuration, parseDuration } from '../protocol/duration.ts'
import { fail, note } from '../protocol/standard-replies.ts'
import type { ServerBan } from '../state/server-ban.ts'
import type { Session } from '../state/session.ts'
import { dlineTarget, klineTarget, whomItHits, type BanTarget } from './ban-target.ts'
import type { CommandGroup, UserContext } from './command.ts'
import { event, numeric, standard, type Effect } from './effect.ts'
import { audit, endUser } from './operator-action.ts'
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
  const ban: ServerBan = {
    kind: target.kind,
    mask: target.mask,
    reason,
    setBy: user.operator?.name ?? user.nick,
    setAtMs: nowMs,
    ...(durationMs === 0 ? {} : { expiresAtMs: nowMs + durationMs }),
  }
  yield event({ kind: 'banAdded', ban })
  const lasts = durationMs === 0 ? 'for ever' : `for ${formatDuration(durationMs)}`
  const fields = { kind: ban.kind, mask: ban.mask, lasts, reason, hit: hit.length }
  yield audit('ban added', user, fields)
  const text = `Banned ${lasts}; ${hit.length} connected: ${reason}`
  yield standard(note(context.message.command, 'BAN_ADDED', [shown(ban.mask)], text))
  yield* disconnect(hit, ban)
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

/** A ban that hits more than half of at least this many users is rarely meant so. */
const CROWD = 10

/**
 * Why it isn't done. Two harmless bugs once made one ban disconnect a whole network, so what is vague or
 * hits most of those who are here needs the word FORCE; and nobody bans themselves by a slip.
 */
function objectionTo(
  context: UserContext,
  { target, hit, isForced }: { target: BanTarget; hit: readonly Session[]; isForced: boolean },
): Effect | undefined {
  const { user, network } = context
  if (user.sessions.some((session) => hit.includes(session))) {
    return refuse(context, 'OWN_ADDRESS', [target.mask, 'This ban would hit yourself'])
  }
  if (isForced) return undefined
  const users = hit.filter((session) => session.user !== undefined).length
  const isCrowd = network.users.size >= CROWD && users * 2 > network.users.size
  if (!target.isVague && !isCrowd) return undefined
  const text = isCrowd
    ? `This would disconnect ${users} of ${network.users.size} users`
    : 'This mask fits very many'
  return refuse(context, 'CONFIRM', [
    target.mask,
    `${text}: if you mean it, say ${context.message.command} FORCE …`,
  ])
}

function* disconnect(hit: readonly Session[], ban: ServerBan): Iterable<Effect> {
  const reason = `Banned: ${ban.reason}`
  for (const session of hit) {
    const { user } = session
    if (ban.kind === 'kline' && user !== undefined) yield* endUser(user, reason)
    else yield { kind: 'close', session, reason }
  }
}

function* endBan(context: UserContext, readTarget: ReadTarget): Iterable<Effect> {
  const { user, params, network, message } = context
  const raw = params[0] ?? ''
  const target = readTarget(raw)
  const ban = network.bans.find((each) => each.kind === target?.kind && each.mask === target.mask)
  if (ban === undefined) {
    return yield refuse(context, 'NO_SUCH_BAN', [
      raw,
      'There is no such ban; STATS k and STATS d list them',
    ])
  }
  yield event({ kind: 'banRemoved', ban, by: user.operator?.name ?? user.nick })
  yield audit('ban removed', user, { kind: ban.kind, mask: ban.mask })
  yield standard(note(message.command, 'BAN_REMOVED', [shown(ban.mask)], 'The ban has ended'))
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
