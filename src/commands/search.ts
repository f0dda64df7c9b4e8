/** SEARCH for clients, FIND for people: what was said, where they may look. docs/extensions/search.md */
import { unknownCommand } from '../protocol/errors.ts'
import { fitLine } from '../protocol/fit-line.ts'
import { serverTime } from '../protocol/server-time.ts'
import { fail } from '../protocol/standard-replies.ts'
import type { Sight } from '../state/history-query.ts'
import { textsOf } from '../state/playback-message.ts'
import { FLAG, type BufferId, type StoredEvent } from '../state/record.ts'
import type { Asks } from './asks.ts'
import type { CommandGroup, UserContext } from './command.ts'
import { numeric, reply, standard, wait, type Effect } from './effect.ts'
import { bytesOf, linesOf } from './history-page.ts'
import {
  bufferOf,
  isStillSeen,
  placeNamed,
  placesOf,
  sightOf,
  viewOf,
  type Place,
} from './history-place.ts'
import { parseAttributes, parseWords, type Wish, type WishFault } from './search-query.ts'

export const searchCommands: CommandGroup = {
  SEARCH: {
    when: 'registered',
    minParams: 1,
    cost: 2,
    syntax: 'SEARCH <in=…;from=…;after=…;before=…;text=…;has=link;limit=…>',
    summary: 'Finds what was said, for clients: in your rooms and in what you and others said.',
    spec: 'https://codeberg.org/emersion/soju/src/branch/master/doc/ext/search.md',
    run: search,
  },
  FIND: {
    when: 'registered',
    minParams: 1,
    cost: 2,
    syntax: 'FIND <words…> [in:<target>] [from:<nick>] [after:<day>] [before:<day>] [has:link]',
    summary: 'Finds what was said: in your rooms and in what you and others said.',
    spec: 'docs/extensions/search.md',
    run: find,
  },
}

const MOST_FOUND = 100
const MOST_FOR_PEOPLE = 20

function search(context: UserContext): readonly Effect[] {
  const wish = parseAttributes(context.params.join(' '), MOST_FOUND)
  return lookFor(context, wish, (found) => [
    { kind: 'batch', type: 'soju.im/search', params: [], effects: [asLines(context, found)] },
  ])
}

function find(context: UserContext): readonly Effect[] {
  const words = context.params.flatMap((param) => param.split(' ')).filter(Boolean)
  const wish = parseWords(words, MOST_FOR_PEOPLE)
  return lookFor(context, wish, (found) => asNotices(context, found))
}

interface Found {
  readonly place: Place
  readonly event: StoredEvent
}

function lookFor(
  context: UserContext,
  wish: Wish | WishFault,
  show: (found: readonly Found[]) => readonly Effect[],
): readonly Effect[] {
  const { message, server } = context
  if (server.history === 'off') return [numeric(unknownCommand(message.command))]
  if ('fault' in wish) return [invalid(context, wish.fault)]
  const places = placesFor(context, wish)
  if (places === undefined) return [invalid(context, [`in=${wish.in ?? ''}`])]
  return [
    wait(async (asks) => {
      try {
        return show(await foundIn(context, asks, places, wish))
      } catch {
        const text = 'The search could not be run'
        return [standard(fail(message.command, 'INTERNAL_ERROR', [], text))]
      }
    }),
  ]
}

/** Whoever asks for a room that isn't theirs doesn't learn whether it is there. */
function placesFor(context: UserContext, wish: Wish): readonly Place[] | undefined {
  if (wish.in === undefined) return placesOf(context)
  const place = placeNamed(context, wish.in)
  return place === undefined ? undefined : [place]
}

async function foundIn(
  context: UserContext,
  { history }: Asks,
  places: readonly Place[],
  { query }: Wish,
): Promise<readonly Found[]> {
  const byBuffer = new Map<BufferId, Place>()
  for (const place of places) {
    const buffer = bufferOf(place)
    if (buffer !== undefined) byBuffer.set(buffer, place)
  }
  const buffers = [...byBuffer].map(([buffer, place]) => ({
    buffer,
    sight: searchSight(context, place),
  }))
  const events = buffers.length === 0 ? [] : await history.search({ ...query, buffers })
  let bytes = context.server.limits.chat.historyBytes
  const found: Found[] = []
  for (const event of events) {
    const place = byBuffer.get(event.buffer)
    if (place === undefined || !maySee(context, place, event)) continue
    bytes -= bytesOf(event)
    if (bytes < 0) break
    found.push({ place, event })
  }
  // "SHOULD be ascending time order"
  return found.reverse()
}

function searchSight(context: UserContext, place: Place): Sight {
  const { ranks, sinceMs } = sightOf(context, place)
  return { lines: 'messages', ranks, sinceMs }
}

/** Asked again now that there is an answer: an index is behind the log, and people come and go. */
function maySee(context: UserContext, place: Place, event: StoredEvent): boolean {
  if (!isStillSeen(context, place) || (event.flags & FLAG.redacted) !== 0) return false
  const { ranks, sinceMs } = searchSight(context, place)
  return event.least <= ranks && event.timeMs >= sinceMs
}

function asLines(context: UserContext, found: readonly Found[]): Effect {
  const lines = found.flatMap(({ place, event }) => linesOf([event], viewOf(context, place)))
  return { kind: 'lines', lines }
}

/** From the server, to the one who asked: they stand in no window where others talk. */
function asNotices(context: UserContext, found: readonly Found[]): readonly Effect[] {
  const count = found.length === 1 ? '1 message' : `${found.length} messages`
  const most = found.length < MOST_FOR_PEOPLE ? '' : ', the newest: there may be more'
  return [
    ...found.map(({ place, event }) => notice(context, noticeOf(place, event))),
    notice(context, `*** ${count} found${most} (times are UTC)`),
  ]
}

function noticeOf({ name }: Place, event: StoredEvent): string {
  const [day = '', clock = ''] = serverTime(event.timeMs).split('T')
  const nick = event.source.split('!', 1)[0] ?? ''
  const text = textsOf(event).reduce(
    (whole, { text: line, concat }) => (concat ? whole + line : `${whole} ${line}`),
    '',
  )
  return `${name} [${day} ${clock.slice(0, 5)}] <${nick}>${text}`
}

/** A line of 512 bytes may not hold it: what is left out shows, and HISTORY has it whole. */
function notice({ user, server }: UserContext, text: string): Effect {
  return reply('NOTICE', [...fitLine(server.name, 'NOTICE', [user.nick, text])])
}

function invalid({ message }: UserContext, words: readonly string[]): Effect {
  return standard(fail(message.command, 'INVALID_PARAMS', words, 'Invalid parameters'))
}
