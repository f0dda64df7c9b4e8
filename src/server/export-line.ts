import { accountOfPerson } from '../state/conversation.ts'
import { textsOf } from '../state/playback-message.ts'
import { FLAG, type Buffer, type StoredEvent } from '../state/record.ts'
import { isoTime } from './iso-time.ts'

/** An event as JSON in one line, for programs. docs/history.md has the fields. */
export function jsonLine(event: StoredEvent, buffer: Buffer | undefined): string {
  const { timeMs, msgid, command, source, person, flags, least, clientTags } = event
  const { redaction } = event
  const account = accountOfPerson(person)
  return JSON.stringify({
    time: isoTime(timeMs),
    ...placeOf(event, buffer),
    msgid,
    command,
    source,
    ...(account === undefined ? {} : { account }),
    ...((flags & FLAG.bot) === 0 ? {} : { bot: true }),
    ...(least === 0 ? {} : { leastRanks: least }),
    ...(clientTags === '' ? {} : { tags: clientTags }),
    ...contentOf(event),
    ...(redaction === undefined
      ? {}
      : {
          redacted: {
            by: redaction.source,
            reason: redaction.reason,
            time: isoTime(redaction.timeMs),
          },
        }),
  })
}

/** The same for people: `2026-01-31 12:00:00  #room  <nick> text`, in UTC. Nothing in it moves a cursor. */
export function textLine(event: StoredEvent, buffer: Buffer | undefined): string {
  const [date = '', rest = ''] = isoTime(event.timeMs).split('T')
  const place = placeOf(event, buffer)
  const where = place.room ?? `to ${place.with ?? '?'}`
  return `${date} ${rest.slice(0, 8)}  ${shown(where)}  ${shown(sayingOf(event))}`
}

interface Place {
  readonly room?: string
  readonly with?: string
}

function placeOf({ person }: StoredEvent, buffer: Buffer | undefined): Place {
  if (buffer === undefined) return {}
  if (buffer.of === 'room') return { room: buffer.name }
  const [one = '', other = ''] = buffer.people
  const nicks = buffer.name.split(' ')
  const [who, nick] = one === person ? [other, nicks[1]] : [one, nicks[0]]
  return { with: accountOfPerson(who) ?? nick ?? '' }
}

function contentOf(event: StoredEvent): { readonly text?: string; readonly params?: unknown } {
  if ((event.flags & FLAG.redacted) !== 0) return {}
  return isMessage(event) ? { text: textOf(event) } : { params: paramsOf(event) }
}

function isMessage({ command }: StoredEvent): boolean {
  return command === 'PRIVMSG' || command === 'NOTICE'
}

/** Lines that were said as one are one text, with line ends in it. */
function textOf(event: StoredEvent): string {
  return textsOf(event)
    .map(({ text, concat }, i) => (i === 0 || concat ? text : `\n${text}`))
    .join('')
}

function paramsOf({ body }: StoredEvent): readonly string[] {
  try {
    const params: unknown = JSON.parse(body === '' ? '[]' : body)
    return Array.isArray(params) ? params.map(String) : []
  } catch {
    return []
  }
}

function sayingOf(event: StoredEvent): string {
  const { command, source, flags, redaction } = event
  const [nick = ''] = source.split('!', 1)
  if ((flags & FLAG.redacted) !== 0) {
    const why = redaction === undefined || redaction.reason === '' ? '' : `: ${redaction.reason}`
    return `<${nick}> (redacted${why})`
  }
  if (!isMessage(event)) return `* ${nick} ${[command, ...paramsOf(event)].join(' ')}`
  const text = textOf(event)
  if (text.startsWith(ACTION)) return `* ${nick} ${text.slice(ACTION.length)}`
  return command === 'NOTICE' ? `-${nick}- ${text}` : `<${nick}> ${text}`
}

const ACTION = '\u0001ACTION '

/** Line ends stay, and what follows them is set in; colours and whatever a terminal would obey are gone. */
function shown(text: string): string {
  return text
    .replaceAll(COLOURS, '')
    .replaceAll('\n', `\n${' '.repeat(INDENT)}`)
    .replaceAll(UNSEEN, '')
}

const INDENT = 21
// oxlint-disable-next-line no-control-regex -- https://modern.ircdocs.horse/formatting
const COLOURS = /\u0003(?:\d{1,2}(?:,\d{1,2})?)?|\u0004(?:[\dA-Fa-f]{6})?/g
const UNSEEN = /(?!\n)[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/gu
