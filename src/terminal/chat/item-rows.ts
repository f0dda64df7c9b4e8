import type { FormatContext } from '../../client/format.ts'
import type { Gap, ItemId, Message, TimelineItem } from '../../client/timeline.ts'
import { fitText, textWidth } from '../fit-text.ts'
import { lineWidth } from '../line-layout.ts'
import { dim, plain } from '../line.ts'
import type { Line, Span } from '../line.ts'
import { safeText } from '../safe-text.ts'
import type { ChatSay } from './chat-words.ts'
import { clockText } from './clock-text.ts'
import { refusalText } from './refusal-text.ts'
import { richLines } from './rich-lines.ts'
import { personColor } from './theme.ts'
import type { Theme } from './theme.ts'
import { wrapLine } from './wrap-line.ts'

/** A row of what is said, and which item it is of. */
export interface Row {
  readonly line: Line
  readonly item: ItemId | undefined
}

/** How items are shown at the moment; another look is another object. */
export interface Look {
  readonly width: number
  readonly theme: Theme
  readonly say: ChatSay
  readonly context: FormatContext
}

/** With the space before it. */
const TIME_WIDTH = 6

/** Columns of the nicks beside what they said. */
export function nickWidth(width: number): number {
  return width < 50 ? 8 : width < 75 ? 10 : 12
}

/** `first` of what one says in a row has the time and the nick beside it. */
export function messageRows(
  message: Message,
  look: Look,
  place: 'first' | 'following',
): readonly Row[] {
  const known = cache.get(message)
  if (known?.look === look && known.place === place) return known.rows
  const lines = messageLines(message, look, place)
  const rows = lines.map((line): Row => ({ line, item: message.id }))
  cache.set(message, { look, place, rows })
  return rows
}

const cache = new WeakMap<
  TimelineItem,
  { readonly look: Look; readonly place: string; readonly rows: readonly Row[] }
>()

function messageLines(message: Message, look: Look, place: 'first' | 'following'): Line[] {
  const { width, theme } = look
  const indent = TIME_WIDTH + 1 + nickWidth(width) + 1
  const inner = Math.max(8, width - indent - 1)
  const quote = quoteLine(message, look, inner)
  const body = [...bodyLines(message, look, inner), ...reactionLines(message, look, inner)]
  const lines = quote === undefined ? body : [quote, ...body]
  const mark: Span = message.isMention ? { text: '▌', color: theme.warning } : plain(' ')
  return lines.map((line, i) => {
    const isHead = i === 0 && (place === 'first' || quote !== undefined)
    return [...(isHead ? head(message, look) : [plain(' '.repeat(indent - 1))]), mark, ...line]
  })
}

function head({ timeMs, author, form }: Message, { width, theme }: Look): Line {
  const wide = nickWidth(width)
  const nick = form === 'action' ? '*' : safeText(author.nick)
  const name = form === 'notice' ? `-${nick}-` : nick
  const color = personColor(author.key, theme)
  return [
    dim(` ${clockText(timeMs)} `),
    { text: fitText(name, wide, 'right'), color, isBold: true },
  ]
}

function quoteLine({ replyTo }: Message, { say, theme }: Look, width: number): Line | undefined {
  if (replyTo === undefined) return undefined
  const { nick, excerpt = '' } = replyTo
  const text =
    nick === undefined
      ? say('quoteUnknown')
      : say('quoteOf', { nick: safeText(nick), excerpt: safeText(excerpt.replaceAll(/\s+/g, ' ')) })
  return [{ text: '╭ ', color: theme.accent }, dim(fitText(text, width - 2).trimEnd())]
}

function bodyLines(message: Message, look: Look, width: number): Line[] {
  const { life, text, author } = message
  if (life.state === 'redacted') return [redactedLine(message, look, width)]
  const isAction = message.form === 'action'
  const said = isAction ? `${author.nick} ${text}` : text
  const lines = richLines(said, { width, theme: look.theme, context: look.context })
  const styled = isAction
    ? lines.map((line) => line.map((span) => ({ ...span, isItalic: true })))
    : lines
  const isWaiting = life.state === 'queued' || life.state === 'sending'
  const shown = isWaiting
    ? styled.map((line) => line.map((span) => ({ ...span, isDim: true })))
    : styled
  return withNote(shown, noteOf(message, look), width)
}

function redactedLine({ life }: Message, { say }: Look, width: number): Line {
  if (life.state !== 'redacted') return []
  const by = safeText(life.by)
  const isAnew = life.editedBy !== undefined
  const { reason } = life
  const text = isAnew
    ? say('redactedEdited')
    : reason === undefined || reason === ''
      ? say('redactedBy', { by })
      : say('redactedWhy', { by, reason: safeText(reason) })
  return [dim(fitText(`⌫ ${text}`, width).trimEnd())]
}

/** What is to be known of a message beside its words. */
function noteOf(message: Message, { say, theme }: Look): Line {
  const { life, editOf, onlyRank } = message
  const notes: Span[] = []
  if (onlyRank !== undefined) notes.push(dim(`(${say('onlyRank', { rank: safeText(onlyRank) })})`))
  if (editOf !== undefined) notes.push(dim(`(${say('edited')})`))
  if (life.state === 'sending') notes.push(dim('…'))
  if (life.state === 'queued') notes.push({ text: `◷ ${say('stateQueued')}`, color: theme.warning })
  if (life.state === 'unknown') {
    notes.push({ text: `? ${say('stateUnknown')}`, color: theme.warning })
  }
  if (life.state === 'failed') {
    const why = refusalText(life.refusal, say)
    notes.push({ text: `✗ ${say('stateFailed', { why })}`, color: theme.danger })
  }
  return notes.flatMap((note, i) => (i === 0 ? [note] : [plain(' '), note]))
}

/** Behind the last word where there is room, else below. */
function withNote(lines: readonly Line[], note: Line, width: number): Line[] {
  if (note.length === 0) return [...lines]
  const last = lines.at(-1) ?? []
  const fits = lineWidth(last) + 1 + lineWidth(note) <= width
  return fits
    ? [...lines.slice(0, -1), [...last, plain(' '), ...note]]
    : [...lines, ...wrapLine(note, width)]
}

function reactionLines({ reactions }: Message, { theme }: Look, width: number): Line[] {
  if (reactions.length === 0) return []
  const spans = reactions.flatMap(({ emoji, nicks, isMine }): Span[] => [
    {
      text: `${safeText(emoji)} ${nicks.length}`,
      ...(isMine ? { color: theme.accent, isBold: true } : { isDim: true }),
    },
    plain('  '),
  ])
  return wrapLine(spans.slice(0, -1), width)
}

/** A line across: days, what is new, gaps. */
export function markRow(text: string, width: number, style: Omit<Span, 'text'>): Line {
  const wide = textWidth(text)
  if (text === '') return [{ ...style, text: '─'.repeat(width) }]
  const left = 3
  const right = Math.max(0, width - wide - 2 - left)
  const shown = wide + left + 2 > width ? fitText(text, Math.max(1, width - left - 2)) : text
  return [{ ...style, text: `${'─'.repeat(left)} ${shown} ${'─'.repeat(right)}` }]
}

export function gapRow({ id, state }: Gap, { say, width, theme }: Look): Row {
  const text = {
    open: say('gapOpen'),
    filling: say('gapFilling'),
    failed: say('gapFailed'),
    lost: say('gapLost'),
  }[state]
  const style = state === 'failed' ? { color: theme.warning } : { isDim: true }
  return { line: markRow(`⋯ ${text}`, width, style), item: id }
}
