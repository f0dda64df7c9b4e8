import { serverTime } from '../protocol/server-time.ts'
import type { Asks } from './asks.ts'
import type { TargetsQuestion } from './chathistory-query.ts'
import type { UserContext } from './command.ts'
import { reply, type Effect } from './effect.ts'
import { bufferOf, isStillSeen, placesOf, sightOf, type Place } from './history-place.ts'

export interface TargetPlace {
  readonly place: Place
  /** Of its last message. */
  readonly timeMs: number
}

/** Where something was said last between the two times, ordered by that; what may still be seen of it. */
export async function readTargets(
  context: UserContext,
  { history }: Asks,
  { fromMs, toMs, limit }: Omit<TargetsQuestion, 'kind'>,
): Promise<readonly TargetPlace[]> {
  const places = new Map(placesOf(context).map((place) => [bufferOf(place), place]))
  const buffers = [...places].flatMap(([buffer, place]) =>
    buffer === undefined ? [] : [{ buffer, sight: sightOf(context, place) }],
  )
  const most = Math.min(limit, context.server.limits.chat.historyLines)
  const rows = await history.targets({ buffers, fromMs, toMs, limit: most })
  return rows.flatMap(({ buffer, timeMs }) => {
    const place = places.get(buffer)
    return place !== undefined && isStillSeen(context, place) ? [{ place, timeMs }] : []
  })
}

/** https://ircv3.net/specs/extensions/chathistory#targets */
export async function targetsReply(
  context: UserContext,
  asks: Asks,
  query: TargetsQuestion,
): Promise<Effect[]> {
  const targets = await readTargets(context, asks, query)
  const effects = targets.map(({ place, timeMs }) =>
    reply('CHATHISTORY', ['TARGETS', place.name, serverTime(timeMs)]),
  )
  return [{ kind: 'batch', type: 'draft/chathistory-targets', params: [], effects }]
}
