/**
 * The playback module of the ZNC bouncer, as clients know it: with the capability `znc.in/playback` they ask
 * `*playback` for what was said since they were here. https://wiki.znc.in/Playback
 */
import { foldCase } from '../protocol/casemap.ts'
import { unknownCommand } from '../protocol/errors.ts'
import type { StoredEvent } from '../state/record.ts'
import type { Asks } from './asks.ts'
import { readTargets } from './chathistory-targets.ts'
import type { CommandGroup, UserContext } from './command.ts'
import { numeric, reply, wait, type Effect } from './effect.ts'
import { bytesOf, readPage } from './history-page.ts'
import { isStillSeen, placeNamed, type Place } from './history-place.ts'
import { shownTo } from './replay.ts'

export const zncCommands: CommandGroup = {
  ZNC: {
    when: 'registered',
    minParams: 1,
    cost: 2,
    syntax: 'ZNC *playback <PLAY <target | *> [from] [to] | LIST>',
    summary:
      'What was said, for clients that know the playback module of ZNC. Times are seconds since 1970.',
    spec: 'https://wiki.znc.in/Playback',
    run: znc,
  },
}

function znc(context: UserContext): readonly Effect[] {
  const [module = '', ...words] = context.params
  if (!isPlaybackModule(context, module)) return [numeric(unknownCommand('ZNC'))]
  return askPlayback(context, words.join(' '))
}

/** Whether a message to `name` is one to the module. */
export function isPlaybackModule({ server }: UserContext, name: string): boolean {
  return server.history !== 'off' && foldCase(name) === MODULE
}

const MODULE = '*playback'

/** What is said to the module, and what it answers. */
export function askPlayback(context: UserContext, text: string): readonly Effect[] {
  const [verb = '', ...words] = text.split(' ').filter(Boolean)
  switch (verb.toUpperCase()) {
    case 'PLAY':
      return play(context, words)
    case 'LIST':
      return [wait((asks) => orSorry(context, list(context, asks)))]
    case 'CLEAR':
      return say(context, 'What was said is kept for all who may see it: nothing was cleared')
    default:
      return say(context, 'PLAY <target | *> [from] [to], LIST: times are seconds since 1970')
  }
}

function play(context: UserContext, [targets = '', from = '0', to]: readonly string[]) {
  const fromMs = millisecondsOf(from)
  const toMs = to === undefined ? context.nowMs + 1 : millisecondsOf(to)
  if (targets === '' || fromMs === undefined || toMs === undefined) {
    return say(context, 'PLAY <target | *> [from] [to]: times are seconds since 1970')
  }
  const times = { fromMs, toMs }
  const until = async (asks: Asks): Promise<readonly Effect[]> =>
    played(context, asks, await placesIn(context, asks, { targets, ...times }), times)
  return [wait((asks) => orSorry(context, until(asks)))]
}

interface Times {
  /** Included. */
  readonly fromMs: number
  /** Excluded. */
  readonly toMs: number
}

/** Those where something was said, the newest first: if it is too much, the oldest are left out. */
async function placesIn(
  context: UserContext,
  asks: Asks,
  { targets, fromMs }: Times & { readonly targets: string },
): Promise<readonly Place[]> {
  if (targets !== '*') {
    const names = targets.split(',').slice(0, MOST_TARGETS)
    return names.flatMap((name) => placeNamed(context, name) ?? [])
  }
  const limit = context.server.limits.chat.historyLines
  const span = { fromMs: context.nowMs + 1, toMs: fromMs - 1, limit }
  const found = await readTargets(context, asks, span)
  return found.map(({ place }) => place).reverse()
}

const MOST_TARGETS = 20

async function played(
  context: UserContext,
  asks: Asks,
  places: readonly Place[],
  { fromMs, toMs }: Times,
): Promise<readonly Effect[]> {
  const { historyBytes, historyLines } = context.server.limits.chat
  let left = { bytes: historyBytes, lines: historyLines }
  const found: { readonly place: Place; readonly events: readonly StoredEvent[] }[] = []
  const from = { kind: 'time', timeMs: toMs } as const
  const to = { kind: 'time', timeMs: fromMs - 1 } as const
  for (const place of places) {
    if (left.bytes <= 0 || left.lines <= 0) break
    const span = { kind: 'between', from, to } as const
    const most = { limit: left.lines, mostBytes: left.bytes }
    const page = await readPage(context, asks, { place, span, ...most })
    if (page.kind !== 'page' || !isStillSeen(context, place)) continue
    const bytes = page.events.reduce((sum, event) => sum + bytesOf(event), 0)
    left = { bytes: left.bytes - bytes, lines: left.lines - page.events.length }
    found.push({ place, events: page.events })
  }
  const stillSeen = found.filter(({ place }) => isStillSeen(context, place)).reverse()
  return stillSeen.flatMap(({ place, events }) => shownTo(context, place, events))
}

async function list(context: UserContext, asks: Asks): Promise<readonly Effect[]> {
  const limit = context.server.limits.chat.historyLines
  const found = await readTargets(context, asks, { fromMs: 0, toMs: context.nowMs + 1, limit })
  return found.flatMap(({ place, timeMs }) => say(context, `${place.name} 0 ${timeMs / 1000}`))
}

function millisecondsOf(seconds: string): number | undefined {
  return /^\d{1,12}(?:\.\d{1,9})?$/.test(seconds) ? Math.round(Number(seconds) * 1000) : undefined
}

async function orSorry(
  context: UserContext,
  effects: Promise<readonly Effect[]>,
): Promise<readonly Effect[]> {
  try {
    return await effects
  } catch {
    return say(context, 'Messages could not be retrieved')
  }
}

function say({ user, server }: UserContext, text: string): readonly Effect[] {
  return [reply('PRIVMSG', [user.nick, text], `${MODULE}!playback@${server.name}`)]
}
