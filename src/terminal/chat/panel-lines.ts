import { tailText, textWidth, wrapColumns } from '../fit-text.ts'
import { fitLine, ruleLine } from '../line-layout.ts'
import { bold, dim, inverse, plain } from '../line.ts'
import type { Line } from '../line.ts'
import { safeText } from '../safe-text.ts'
import type { ChatState, Panel } from './chat-state.ts'
import type { ChatSay, ChatWord } from './chat-words.ts'
import { listItems } from './list-items.ts'
import type { ListPanel } from './list-items.ts'
import { refusalText } from './refusal-text.ts'
import { queuedCount } from './status-lines.ts'

/** What lies over the lower part of what is said, and where somebody writes in it. */
export interface PanelLines {
  readonly lines: readonly Line[]
  readonly cursor?: { readonly x: number; readonly y: number }
  /** Of a list: which item is in which line. */
  readonly items?: { readonly y: number; readonly first: number; readonly count: number }
}

interface Room {
  readonly width: number
  /** Lines that it may take. */
  readonly most: number
}

export function panelLines(state: ChatState, panel: Panel, room: Room): PanelLines {
  switch (panel.kind) {
    case 'list':
      return listLines(state, panel, room)
    case 'message':
      return { lines: hintLines(state.say('messageHint'), room.width) }
    case 'paste':
      return pasteLines(panel.text, state.say, room)
    case 'delete':
      return asked(state.say, 'deleteTitle', { value: panel.reason, hint: 'deleteHint', ...room })
    case 'leave':
      return leaveLines(state, room)
    case 'question':
      return questionLines(state, panel, room)
    default:
      return panel satisfies never
  }
}

const TITLES: Readonly<Record<ListPanel['of'], readonly [title: ChatWord, hint: ChatWord]>> = {
  bans: ['bansTitle', 'whoisHint'],
  switcher: ['switcherTitle', 'switcherHint'],
  search: ['searchTitle', 'searchHint'],
  directory: ['directoryTitle', 'directoryHint'],
  mentions: ['mentionsTitle', 'mentionsHint'],
  reaction: ['reactionTitle', 'reactionHint'],
  help: ['helpTitle', 'helpHint'],
  whois: ['whoisTitle', 'whoisHint'],
}

/** Lists in which nothing is typed. */
export function isTypedInto({ of }: ListPanel): boolean {
  return of !== 'mentions' && of !== 'whois' && of !== 'bans'
}

const LEAST_TYPED_ROWS = 8

function listLines(state: ChatState, panel: ListPanel, { width, most }: Room): PanelLines {
  const { say, model } = state
  const [title, hint] = TITLES[panel.of]
  const nick = safeText(model.whois?.nick ?? '')
  const items = listItems(state, panel)
  const isTyped = isTypedInto(panel)
  const above: Line[] = [ruleLine(say(title, { nick }), width)]
  const shown = tailText(safeText(panel.query), width - 5)
  if (isTyped) above.push([dim(' › '), plain(shown)])
  // No more of what was said is covered than there is to be seen; but a list doesn't shrink at each letter.
  const wanted = Math.max(items.length, isTyped ? LEAST_TYPED_ROWS : 1)
  const rows = Math.max(1, Math.min(wanted, most - above.length - 1))
  const first = Math.max(0, Math.min(panel.index - Math.floor(rows / 2), items.length - rows))
  const lines = items.slice(first, first + rows).map((item, i) => {
    const line = fitLine(item.line, width)
    const isChosen = first + i === panel.index && item.act !== undefined
    return isChosen ? inverse(line) : line
  })
  const filled = Array.from({ length: rows }, (_, i) => lines[i] ?? [])
  return {
    lines: [...above, ...filled, [dim(` ${say(hint)}`)]],
    ...(isTyped ? { cursor: { x: 3 + textWidth(shown), y: 1 } } : {}),
    items: { y: above.length, first, count: lines.length },
  }
}

function hintLines(text: string, width: number): Line[] {
  return wrapColumns(text, width - 2).map((line) => [dim(` ${line}`)])
}

function pasteLines(text: string, say: ChatSay, { width, most }: Room): PanelLines {
  const all = text.split('\n')
  const title = say('pasteTitle', { lines: all.length, letters: text.length })
  const head = wrapColumns(title, width - 2).map((line): Line => [bold(` ${line}`)])
  const rows = Math.max(0, most - head.length - 2)
  const shown = all
    .slice(0, rows)
    .map((line): Line => [dim(' ▏ '), plain(safeText(line).slice(0, width))])
  const lines = [ruleLine('', width), ...head, ...shown, [dim(` ${say('pasteHint')}`)]]
  return { lines: lines.map((line) => fitLine(line, width)) }
}

function asked(
  say: ChatSay,
  title: ChatWord,
  { value, hint, width }: { value: string; hint: ChatWord } & Room,
): PanelLines {
  const head = wrapColumns(say(title), width - 2).map((line): Line => [bold(` ${line}`)])
  const shown = tailText(safeText(value), width - 5)
  return {
    lines: [ruleLine('', width), ...head, [dim(' › '), plain(shown)], [dim(` ${say(hint)}`)]],
    cursor: { x: 3 + textWidth(shown), y: head.length + 1 },
  }
}

function leaveLines(state: ChatState, { width }: Room): PanelLines {
  const { say, model } = state
  const count = queuedCount(model)
  const more: Line[] = count === 0 ? [] : [[plain(` ${say('leaveQueued', { count })}`)]]
  const lines = [
    ruleLine('', width),
    [bold(` ${say('leaveTitle')}`)],
    ...more,
    [dim(` ${say('leaveHint')}`)],
  ]
  return { lines }
}

function questionLines(
  { model, say }: ChatState,
  panel: Extract<Panel, { kind: 'question' }>,
  { width }: Room,
): PanelLines {
  const { question } = model.connection
  if (question === undefined) return { lines: [] }
  const why = refusalText(question.refusal, say)
  const isNick = question.kind === 'nick'
  const title = isNick
    ? say('questionNick', { taken: safeText(question.taken), why })
    : say('questionLogin', { why })
  const head = wrapColumns(title, width - 2).map((line): Line => [bold(` ${line}`)])
  const labels = isNick ? [say('fieldNick')] : [say('fieldAccount'), say('fieldPassword')]
  const values = [safeText(panel.name), '•'.repeat(panel.secret.length)]
  const fields = labels.map((label, i): Line => [dim(` ${label}: `), plain(values[i] ?? '')])
  const at = Math.min(panel.at, labels.length - 1)
  return {
    lines: [
      ruleLine('', width),
      ...head,
      ...fields,
      [dim(` ${say(isNick ? 'questionNickHint' : 'questionLoginHint')}`)],
    ],
    cursor: {
      x: 3 + textWidth(labels[at] ?? '') + textWidth(values[at] ?? ''),
      y: 1 + head.length + at,
    },
  }
}
