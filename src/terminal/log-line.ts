import type { FeedEntry, FeedEvent, Who } from '../feed/feed.ts'
import type { LogItem } from './dashboard-state.ts'
import { dim, plain } from './line.ts'
import type { Line, Span } from './line.ts'
import { spanText, timeText } from './number-text.ts'
import { safeText } from './safe-text.ts'
import type { Say } from './words.ts'

/** A line of the log: when, a sign, and words. */
export function logLine(item: LogItem, say: Say): Line {
  const { what } = item
  if (what.kind !== 'entry') return [plain('         '), warning('! '), plain(logWords(item, say))]
  const { atMs, event } = what.entry
  return [dim(`${timeText(atMs)} `), signOf(event), plain(logWords(item, say))]
}

/** Words of lines are made once: filters read them over and over. */
const known = new WeakMap<LogItem, string>()

export function logWords(item: LogItem, say: Say): string {
  const text = known.get(item) ?? wordsOf(item, say)
  known.set(item, text)
  return text
}

/** What the first screen tells of: who comes and goes, and what an operator must not miss. */
export function isComingOrGoing({ what }: LogItem): boolean {
  return what.kind !== 'entry' || !PASSING.has(what.entry.event.kind)
}

const PASSING: ReadonlySet<FeedEvent['kind']> = new Set(['renamed', 'joined', 'left', 'slowed'])

function wordsOf({ what }: LogItem, say: Say): string {
  if (what.kind === 'gap') {
    const { missed } = what
    return missed === 'unknown' ? say('logGapUnknown') : say('logGap', { missed })
  }
  if (what.kind === 'new start') return say('logNewStart')
  return entryWords(what.entry, say)
}

function warning(text: string): Span {
  return { text, color: 'red', isBold: true }
}

const GOOD: Pick<Span, 'color'> = { color: 'green' }
const BAD: Pick<Span, 'color'> = { color: 'red' }

function signOf(event: FeedEvent): Span {
  switch (event.kind) {
    case 'connected':
      return { text: '+ ', ...GOOD }
    case 'disconnected':
      return { text: '- ', ...BAD }
    case 'refused':
      return { text: 'x ', ...BAD }
    case 'alert':
      return event.raised ? warning('! ') : { text: '! ', ...GOOD }
    case 'log':
      return event.level === 'info' ? plain('· ') : warning('! ')
    case 'operator':
    case 'banned':
    case 'unbanned':
    case 'reloaded':
    case 'stopping':
      return { text: '* ', color: 'magenta' }
    default:
      return plain('· ')
  }
}

function whoText({ nick, connection, address }: Who): string {
  return nick === undefined
    ? `${safeText(address)} #${connection}`
    : `${safeText(nick)} ${safeText(address)}`
}

function entryWords({ event }: FeedEntry, say: Say): string {
  switch (event.kind) {
    case 'connected':
    case 'registered':
    case 'renamed':
    case 'loggedIn':
    case 'joined':
    case 'left':
    case 'disconnected':
    case 'slowed':
      return personWords(event, say)
    default:
      return serverWords(event, say)
  }
}

type PersonEvent = Extract<FeedEvent, Who>
type ServerEvent = Exclude<FeedEvent, Who>

function personWords(event: PersonEvent, say: Say): string {
  const who = whoText(event)
  switch (event.kind) {
    case 'connected':
      return connectedWords(event, who, say)
    case 'registered':
      return event.realName === event.nick
        ? say('logRegistered', { who })
        : say('logRegisteredAs', { who, name: safeText(event.realName) })
    case 'renamed':
      return say('logRenamed', { who, old: safeText(event.oldNick) })
    case 'loggedIn':
      return say(event.what === 'account' ? 'logAccount' : 'logOperator', {
        who,
        as: safeText(event.as),
      })
    case 'joined':
      return say('logJoined', { who, room: safeText(event.room), members: event.members })
    case 'left':
      return leftWords(event, say)
    case 'disconnected':
      return say('logDisconnected', {
        who,
        time: spanText(event.openForMs, say),
        reason: safeText(event.reason),
      })
    case 'slowed':
      return say(event.why === 'budget' ? 'logOverBudget' : 'logSlowReader', { who })
  }
}

function connectedWords(
  { transport, port, client }: PersonEvent & { kind: 'connected' },
  who: string,
  say: Say,
): string {
  const text = say('logConnected', { who, over: transport, port })
  return client === undefined ? text : `${text}: ${safeText(client)}`
}

function leftWords(event: PersonEvent & { kind: 'left' }, say: Say): string {
  const key = ({ part: 'logParted', kick: 'logKicked', quit: 'logQuit' } as const)[event.how]
  return say(key, {
    who: whoText(event),
    room: safeText(event.room),
    reason: safeText(event.reason),
    by: event.by === undefined ? say('theServer') : safeText(event.by),
  })
}

function serverWords(event: ServerEvent, say: Say): string {
  switch (event.kind) {
    case 'refused': {
      const who = safeText(event.address ?? '?')
      return say('logRefused', { who, reason: safeText(event.reason), times: event.times })
    }
    case 'operator': {
      const target = event.target === undefined ? '' : ` ${safeText(event.target)}`
      const reason = event.reason === undefined ? '' : `: ${safeText(event.reason)}`
      return `${safeText(event.by)}: ${safeText(event.action)}${target}${reason}`
    }
    case 'banned': {
      const { by, mask, reason } = event
      return say('logBanned', { by: safeText(by), mask: safeText(mask), reason: safeText(reason) })
    }
    case 'unbanned':
      return event.by === undefined
        ? say('logBanEnded', { mask: safeText(event.mask) })
        : say('logUnbanned', { mask: safeText(event.mask), by: safeText(event.by) })
    case 'reloaded':
      return say('logReloaded', { changed: safeText(event.changed || '-') })
    case 'alert':
      return say(event.raised ? 'logAlert' : 'logAlertOver', { text: safeText(event.text) })
    case 'log':
      return logFields(event)
    case 'stopping':
      return say(event.restart ? 'logRestarting' : 'logStopping')
  }
}

function logFields({ text, fields }: ServerEvent & { kind: 'log' }): string {
  const shown = Object.entries(fields).map(([name, value]) => ` ${name}=${String(value)}`)
  return safeText(text + shown.join(''))
}
