/**
 * What was said before, for clients that can't ask for it: they are told by themselves, as if it were said
 * now. With `server-time` the lines carry their times; without it the text begins with the date, and a line
 * before them says what they are, as bouncers have always done it. It is said by those who said it, so that
 * clients show it where it belongs. docs/extensions/history.md
 */
import { CAP, hasCap } from '../protocol/capabilities.ts'
import { accountOf } from '../state/account-book.ts'
import type { Channel } from '../state/channel.ts'
import type { PageSpan, Sight } from '../state/history-query.ts'
import type { StoredEvent } from '../state/record.ts'
import { hasUserMode } from '../state/user.ts'
import type { Asks } from './asks.ts'
import { readTargets } from './chathistory-targets.ts'
import type { UserContext } from './command.ts'
import { reply, type Effect } from './effect.ts'
import { bytesOf, forReading, historyBatch, linesOf, readPage } from './history-page.ts'
import { isStillSeen, sightOf, viewOf, type Place } from './history-place.ts'

/** What was said in rooms before this user came into them. */
export function replayOnJoin(
  context: UserContext,
  channels: readonly Channel[],
): readonly Effect[] {
  if (channels.length === 0 || !wantsReplay(context)) return []
  const wanted = channels.map((channel) => beforeJoin(context, channel))
  return shown(context, () => Promise.resolve(wanted))
}

/**
 * What a further connection hasn't seen. `missedSinceMs`: nobody of theirs was here since then, and all that
 * came meanwhile is missing, people's words too; undefined: another connection saw it.
 */
export function replayOnAttach(
  context: UserContext,
  missedSinceMs: number | undefined,
): readonly Effect[] {
  const { user, server, nowMs } = context
  if (!wantsReplay(context)) return []
  // Of the same moment what has been said may be said twice; nothing is left out.
  const until = { kind: 'time', timeMs: nowMs + 1 } as const
  if (missedSinceMs === undefined) {
    const rooms = [...user.channels].map((channel) => roomPlace(channel))
    const wanted = rooms.map((place) => ({
      place,
      span: { kind: 'before', point: until } as const,
    }))
    return shown(context, () => Promise.resolve(wanted))
  }
  const from = { kind: 'time', timeMs: missedSinceMs - 1 } as const
  const limit = server.limits.chat.historyLines
  return shown(context, async (asks) => {
    const times = { fromMs: nowMs + 1, toMs: missedSinceMs - 1, limit }
    const targets = await readTargets(context, asks, times)
    const span = { kind: 'between', from: until, to: from } as const
    return targets.map(({ place }) => ({ place, span, limit }))
  })
}

export interface Wanted {
  readonly place: Place
  readonly span: PageSpan
  /** Messages; as many as a replay has, unless it is given. */
  readonly limit?: number
}

function wantsReplay({ server, session, user, network }: UserContext): boolean {
  if (server.history === 'off' || server.limits.chat.replayLines === 0) return false
  // "the server SHOULD NOT play back any history that would otherwise be sent automatically"
  if (hasCap(session.caps, CAP.chathistory | CAP.zncPlayback)) return false
  // A program would answer what was said to it long ago.
  if (hasUserMode(user, 'B')) return false
  return accountOf(network, user)?.settings.replay ?? user.replay ?? true
}

function roomPlace(channel: Channel): Place {
  return { kind: 'room', name: channel.name, channel }
}

/** What comes after the JOIN is heard live. */
function beforeJoin({ user, nowMs }: UserContext, channel: Channel): Wanted {
  const msgid = channel.members.get(user)?.joinMsgid
  const point =
    msgid === undefined
      ? ({ kind: 'time', timeMs: nowMs } as const)
      : ({ kind: 'msgid', msgid } as const)
  return { place: roomPlace(channel), span: { kind: 'before', point } }
}

/** It follows when it is there: whoever comes in can speak at once. */
function shown(
  context: UserContext,
  choose: (asks: Asks) => Promise<readonly Wanted[]>,
): readonly Effect[] {
  const until = async (asks: Asks): Promise<readonly Effect[]> => {
    try {
      return await replayed(context, asks, await choose(asks))
    } catch {
      // Nobody asked for it: whoever wants to know gets an answer from HISTORY.
      return []
    }
  }
  return [{ kind: 'later', until }]
}

/** One after the other, until all that a question may bring is used up. */
async function replayed(
  context: UserContext,
  asks: Asks,
  wanted: readonly Wanted[],
): Promise<Effect[]> {
  const { historyBytes, replayLines } = context.server.limits.chat
  const found: { readonly place: Place; readonly events: readonly StoredEvent[] }[] = []
  let left = historyBytes
  for (const { place, span, limit = replayLines } of wanted) {
    if (left <= 0) break
    const sight = recentSight(context, place)
    const page = await readPage(context, asks, { place, span, limit, sight, mostBytes: left })
    if (page.kind !== 'page') continue
    left -= page.events.reduce((sum, event) => sum + bytesOf(event), 0)
    found.push({ place, events: page.events })
  }
  return found.flatMap(({ place, events }) =>
    isStillSeen(context, place) ? forPeople(context, place, events) : [],
  )
}

function recentSight(context: UserContext, place: Place): Sight {
  const { ranks } = sightOf(context, place)
  const sinceMs = context.nowMs - context.server.limits.chat.replayMs
  return { lines: 'messages', ranks, sinceMs }
}

/** The same with a line before it that says what it is, when the client can't know. */
export function forPeople(
  context: UserContext,
  place: Place,
  events: readonly StoredEvent[],
): readonly Effect[] {
  const shown = shownTo(context, place, events)
  if (shown.length === 0 || hasCap(context.session.caps, CAP.serverTime)) return shown
  return [announcement(context, place), ...shown]
}

/** Events as people read them, whose clients take them for new: no question of a program is among them. */
export function shownTo(
  context: UserContext,
  place: Place,
  events: readonly StoredEvent[],
): readonly Effect[] {
  const readable = events.filter(({ body }) => !body.startsWith(CTCP) || body.startsWith(ACTION))
  if (readable.length === 0) return []
  const view = forReading(context, viewOf(context, place))
  return [historyBatch(place.name, linesOf(readable, view))]
}

const CTCP = '\u0001'
const ACTION = `${CTCP}ACTION `

function announcement({ user }: UserContext, place: Place): Effect {
  const target = place.kind === 'room' ? place.name : user.nick
  const where = place.kind === 'room' ? '' : ` by you and ${place.name}`
  const text = `*** Said before${where} (times are UTC; HISTORY OFF: not to be shown this)`
  return reply('NOTICE', [target, text])
}
