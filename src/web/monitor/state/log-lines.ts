import type { FeedEvent, Who } from '../../../feed/feed.ts'
import type { LogLine } from './monitor-state.ts'
import type { TextKey } from './texts.ts'

export const LOG_KINDS = ['coming', 'going', 'rooms', 'trouble', 'operators', 'server'] as const

export type LogKind = (typeof LOG_KINDS)[number]

export type Tone = 'good' | 'plain' | 'quiet' | 'warn' | 'bad'

/** A value of a line. Text is as a stranger wrote it. */
export type Detail =
  | { readonly label?: TextKey; readonly text: string }
  | { readonly label?: TextKey; readonly key: TextKey }
  | { readonly label?: TextKey; readonly durationMs: number }
  | { readonly label?: TextKey; readonly count: number }

/** What a line of the log shows. */
export interface Description {
  readonly kind: LogKind
  readonly tone: Tone
  readonly title: TextKey
  readonly who?: Who
  readonly details: readonly Detail[]
}

/** What an event is in words, whom it is about, and what there is to know about it. */
export function describe(event: FeedEvent): Description {
  switch (event.kind) {
    case 'connected':
    case 'registered':
    case 'renamed':
    case 'loggedIn':
    case 'joined':
    case 'left':
    case 'disconnected':
    case 'slowed':
      return aboutSomebody(event)
    default:
      return aboutServer(event)
  }
}

/** Whether a line is of one of the kinds and holds all the words of a search; the letter case is ignored. */
export function lineFits(
  line: LogLine,
  kinds: ReadonlySet<LogKind>,
  words: readonly string[],
): boolean {
  if (line.kind !== 'entry') return words.length === 0
  const described = describe(line.entry.event)
  if (!kinds.has(described.kind)) return false
  if (words.length === 0) return true
  const text = searchText(described)
  return words.every((word) => text.includes(word))
}

export function wordsOf(search: string): readonly string[] {
  return search.toLowerCase().split(/\s+/).filter(Boolean)
}

type PersonEvent = Extract<FeedEvent, Who>

function aboutSomebody(event: PersonEvent): Description {
  switch (event.kind) {
    case 'connected':
      return {
        ...somebody('coming', 'good', 'evConnected'),
        who: event,
        details: [{ text: event.transport }, ...(event.tls ? [{ text: event.tls.version }] : [])],
      }
    case 'registered':
      return {
        ...somebody('coming', 'good', 'evRegistered'),
        who: event,
        details: [{ text: `${event.userName}@${event.host}` }, { text: event.realName }],
      }
    case 'renamed':
      return {
        ...somebody('coming', 'plain', 'evRenamed'),
        who: event,
        details: [{ label: 'fromNick', text: event.oldNick }],
      }
    case 'loggedIn':
      return {
        ...somebody(event.what === 'operator' ? 'operators' : 'coming', 'plain', 'evLoggedIn'),
        who: event,
        details: [{ label: 'as', text: event.as }],
      }
    case 'joined':
      return {
        ...somebody('rooms', 'quiet', 'evJoined'),
        who: event,
        details: [{ text: event.room }, { label: 'members', count: event.members }],
      }
    case 'left':
      return {
        ...somebody('rooms', 'quiet', event.how === 'kick' ? 'evKicked' : 'evLeft'),
        who: event,
        details: [
          { text: event.room },
          ...(event.by === undefined ? [] : [{ label: 'by', text: event.by } as const]),
          { text: event.reason },
        ],
      }
    case 'disconnected':
      return {
        ...somebody('going', 'quiet', 'evDisconnected'),
        who: event,
        details: [{ text: event.reason }, { label: 'stayed', durationMs: event.openForMs }],
      }
    case 'slowed':
      return {
        ...somebody('trouble', 'warn', 'evSlowed'),
        who: event,
        details: [{ key: event.why === 'budget' ? 'whyBudget' : 'whyQueue' }],
      }
  }
}

type ServerEvent = Exclude<FeedEvent, Who>

function aboutServer(event: ServerEvent): Description {
  switch (event.kind) {
    case 'refused':
      return {
        ...somebody('trouble', 'warn', 'evRefused'),
        details: [
          ...optional(undefined, event.address),
          { text: event.reason },
          { label: 'listener', text: event.listener },
          ...(event.times > 1 ? [{ label: 'times', count: event.times } as const] : []),
        ],
      }
    case 'operator':
      return {
        ...somebody('operators', 'plain', 'evOperator'),
        details: [
          { text: event.action },
          ...optional('target', event.target),
          ...optional('reason', event.reason),
          { label: 'by', text: event.by },
        ],
      }
    case 'banned':
      return {
        ...somebody('operators', 'warn', 'evBanned'),
        details: [{ text: event.mask }, { text: event.reason }, { label: 'by', text: event.by }],
      }
    case 'unbanned':
      return {
        ...somebody('operators', 'plain', 'evUnbanned'),
        details: [
          { text: event.mask },
          event.by === undefined ? { key: 'ended' } : { label: 'by', text: event.by },
        ],
      }
    default:
      return aboutItself(event)
  }
}

function aboutItself(
  event: Exclude<ServerEvent, { kind: 'refused' | 'operator' | 'banned' | 'unbanned' }>,
): Description {
  switch (event.kind) {
    case 'reloaded':
      return {
        ...somebody('server', 'plain', 'evReloaded'),
        details: [
          ...optional('changed', event.changed),
          ...optional('needRestart', event.needRestart),
        ],
      }
    case 'alert':
      return {
        ...somebody(
          'trouble',
          event.raised ? 'bad' : 'good',
          event.raised ? 'evAlert' : 'evAlertOver',
        ),
        details: [{ text: event.name }, { text: event.text }],
      }
    case 'log': {
      const tones = { info: 'quiet', warn: 'warn', error: 'bad' } as const
      const fields = Object.entries(event.fields).map(([name, value]) => `${name}=${value}`)
      return {
        ...somebody(event.level === 'info' ? 'server' : 'trouble', tones[event.level], 'evLog'),
        details: [{ text: event.text }, ...optional(undefined, fields.join(' '))],
      }
    }
    case 'stopping':
      return {
        ...somebody('server', 'warn', event.restart ? 'evRestarting' : 'evStopping'),
        details: [],
      }
  }
}

function somebody(
  kind: LogKind,
  tone: Tone,
  title: TextKey,
): Pick<Description, 'kind' | 'tone' | 'title'> {
  return { kind, tone, title }
}

function optional(label: TextKey | undefined, text: string | undefined): Detail[] {
  if (text === undefined || text === '') return []
  return [label === undefined ? { text } : { label, text }]
}

function searchText({ who, details }: Description): string {
  const texts = details.map((detail) => ('text' in detail ? detail.text : ''))
  return [who?.nick, who?.address, who?.account, ...texts].join('\n').toLowerCase()
}
