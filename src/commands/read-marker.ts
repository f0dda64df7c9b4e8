/** MARKREAD: up to when somebody has read. https://ircv3.net/specs/extensions/read-marker */
import { CAP, hasCap } from '../protocol/capabilities.ts'
import { unknownCommand } from '../protocol/errors.ts'
import { channelName, nickName } from '../protocol/names.ts'
import { fail } from '../protocol/standard-replies.ts'
import type { Channel } from '../state/channel.ts'
import { markerInTheWay, markerKey, markerOf, markerParams } from '../state/marker.ts'
import type { CommandGroup, UserContext } from './command.ts'
import { event, numeric, reply, standard, type Effect } from './effect.ts'
import { parseReference } from './history-reference.ts'

export const readMarkerCommands: CommandGroup = {
  MARKREAD: {
    when: 'registered',
    minParams: 0,
    cost: 0.25,
    isWelcome: true,
    syntax: 'MARKREAD <target> [timestamp=<time>]',
    summary: 'Says up to when you have read there, or asks. Your other clients hear of it.',
    spec: 'https://ircv3.net/specs/extensions/read-marker',
    run: markread,
  },
}

function* markread(context: UserContext): Iterable<Effect> {
  const { params, server, network, user } = context
  const [target = '', when] = params
  if (server.history === 'off') return yield numeric(unknownCommand('MARKREAD'))
  if (target === '') return yield refusal('NEED_MORE_PARAMS', [], 'Missing parameters')
  if (!isTarget(context, target)) return yield refusal('INVALID_PARAMS', [target], INVALID)
  const key = markerKey(network, target)
  const known = markerOf(network, user.person, key)
  if (when === undefined) return yield reply('MARKREAD', markerParams(target, known))
  const point = parseReference(when)
  if (typeof point === 'string' || point.kind !== 'time') {
    return yield refusal('INVALID_PARAMS', [target, when], INVALID)
  }
  // "it can clamp it between the last read timestamp and the current time"
  const timeMs = Math.min(point.timeMs, context.nowMs)
  if (known !== undefined && timeMs <= known) {
    return yield reply('MARKREAD', markerParams(target, known))
  }
  yield* move(context, { target, key, timeMs })
}

function* move(
  { network, user, server, session }: UserContext,
  moved: { readonly target: string; readonly key: string; readonly timeMs: number },
): Iterable<Effect> {
  const most = server.limits.chat.markerEntries
  const forgotten = markerInTheWay(network, { person: user.person, key: moved.key, most })
  const place = forgotten === undefined ? {} : { forgotten }
  yield event({ kind: 'markerMoved', user, ...moved, ...place })
  // Who knows the capability has heard it with the others.
  if (hasCap(session.caps, CAP.readMarker)) return
  yield reply('MARKREAD', markerParams(moved.target, moved.timeMs))
}

const INVALID = 'Invalid parameters'

function isTarget({ server }: UserContext, target: string): boolean {
  const { channelLength, nickLength } = server.limits.chat
  if (target.startsWith('#')) return channelName(target, channelLength).ok !== undefined
  return nickName(target, nickLength).refused !== 'tooLong' && /^[^\s,*?!@:]+$/.test(target)
}

/**
 * "after the server sends a server JOIN command to the client for a corresponding channel, the server MUST
 * send a MARKREAD command for that channel", and "before the RPL_ENDOFNAMES reply".
 */
export function markerOnJoin(
  { network, user, session, server }: UserContext,
  { name }: Channel,
): readonly Effect[] {
  if (server.history === 'off' || !hasCap(session.caps, CAP.readMarker)) return []
  const timeMs = markerOf(network, user.person, markerKey(network, name))
  return [reply('MARKREAD', markerParams(name, timeMs))]
}

function refusal(code: string, words: readonly string[], text: string): Effect {
  return standard(fail('MARKREAD', code, words, text))
}
