import { CAP, hasCap, type Capabilities } from '../protocol/capabilities.ts'
import { MESSAGE_BYTES } from '../protocol/limits.ts'
import { serverTime } from '../protocol/server-time.ts'
import { splitText } from '../protocol/split-text.ts'
import { utf8Length } from '../protocol/utf8.ts'
import type { Line } from './line.ts'
import { FLAG, type StoredEvent } from './record.ts'
import type { BatchLine } from './session.ts'

/** What was said, line by line. What can't be read as several lines is one. */
export function textsOf({ body, flags }: StoredEvent): readonly BatchLine[] {
  const lines = (flags & FLAG.multiline) === 0 ? undefined : parseLines(body)
  const texts = lines ?? [{ text: body, concat: false }]
  return texts.map(({ text, concat }) => ({ text: text.replaceAll(BREAKS, ' '), concat }))
}

// oxlint-disable-next-line no-control-regex -- the three bytes that end a line
const BREAKS = /[\0\r\n]/g

function parseLines(body: string): BatchLine[] | undefined {
  try {
    const pairs: unknown = JSON.parse(body)
    if (!Array.isArray(pairs) || pairs.length === 0) return undefined
    return pairs.map((pair: unknown) => {
      const [text, concat] = Array.isArray(pair) ? (pair as unknown[]) : []
      return { text: String(text), concat: concat === true }
    })
  } catch {
    return undefined
  }
}

/**
 * The lines of a message as it was said live: one, or several as a batch of their own. A text that doesn't
 * fit any more in a line, since a room or a person has a longer name by now, is said in two.
 */
export function messageLines(
  head: Line,
  texts: readonly BatchLine[],
  { caps, datedAtMs }: { readonly caps: Capabilities; readonly datedAtMs?: number },
): readonly Line[] {
  const dated = datedAtMs === undefined ? texts : withDate(texts, dateOf(head.time, datedAtMs))
  const fitting = dated.flatMap((line) => inPieces(line, roomIn(head)))
  const [first] = fitting
  if (fitting.length === 1 && first !== undefined) return [saying(head, first.text)]
  if (hasCap(caps, CAP.multiline) && hasCap(caps, CAP.batch)) return asBatch(head, fitting)
  const visible = fitting.filter(({ text }) => text !== '')
  // "MUST only include a message ID on the first message"
  return visible.map(({ text }, i) => saying(i === 0 ? head : { ...head, msgid: undefined }, text))
}

function saying(head: Line, text: string): Line {
  return { ...head, params: [...head.params, text] }
}

/** https://ircv3.net/specs/extensions/multiline */
function asBatch(head: Line, texts: readonly BatchLine[]): Line[] {
  const [target = ''] = head.params
  const batch = head.msgid ?? ''
  const inner = { ...head, msgid: undefined, clientTags: undefined, batch }
  return [
    { ...head, command: 'BATCH', params: [`+${batch}`, 'draft/multiline', target] },
    ...texts.map(({ text, concat }) => ({ ...saying(inner, text), concat })),
    { ...inner, batch: undefined, command: 'BATCH', params: [`-${batch}`] },
  ]
}

/** What a line of 512 bytes has left for the text. */
function roomIn({ source = '', command, params }: Line): number {
  return MESSAGE_BYTES - FRAME_BYTES - utf8Length(`${source}${command}${params[0] ?? ''}`)
}

/** `:`, three spaces, `:` and the line end. */
const FRAME_BYTES = 7

function inPieces({ text, concat }: BatchLine, room: number): BatchLine[] {
  if (text.length * 3 <= room || utf8Length(text) <= room) return [{ text, concat }]
  const action = actionOf(text)
  if (action !== undefined) {
    const pieces = splitText(action, room - actionText('').length)
    return pieces.map((piece) => ({ text: actionText(piece), concat: false }))
  }
  return splitText(text, room).map((piece, i) => ({ text: piece, concat: i > 0 || concat }))
}

/** Each line that people see begins with the date, "/me" after it. */
function withDate(texts: readonly BatchLine[], date: string): BatchLine[] {
  return texts
    .filter(({ text }) => text !== '')
    .map(({ text }) => {
      const action = actionOf(text)
      const dated = action === undefined ? `${date} ${text}` : actionText(`${date} ${action}`)
      return { text: dated, concat: false }
    })
}

/** `[14:02]` of the same day, `[2026-01-31 14:02]` of another; UTC. */
function dateOf(time: string, datedAtMs: number): string {
  const [day = '', clock = ''] = time.split('T')
  const minutes = clock.slice(0, '14:02'.length)
  return serverTime(datedAtMs).startsWith(day) ? `[${minutes}]` : `[${day} ${minutes}]`
}

/** What somebody does (`/me`). https://modern.ircdocs.horse/ctcp.html#action */
function actionOf(text: string): string | undefined {
  if (!text.startsWith(ACTION)) return undefined
  return text.slice(ACTION.length, text.endsWith(CTCP) ? -1 : undefined)
}

function actionText(action: string): string {
  return `${ACTION}${action}${CTCP}`
}

const CTCP = '\u0001'
const ACTION = `${CTCP}ACTION `
