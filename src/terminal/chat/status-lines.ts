import type { Connection } from '../../client/model.ts'
import { spreadLine } from '../line-layout.ts'
import { bold, dim, plain } from '../line.ts'
import type { Line, Span } from '../line.ts'
import { safeText } from '../safe-text.ts'
import { openConversation, viewOf } from './chat-state.ts'
import type { ChatState } from './chat-state.ts'
import { markRow } from './item-rows.ts'
import { stripFormatting } from '../../client/format.ts'
import { themeOf } from './theme.ts'
import type { Theme } from './theme.ts'
import { troubleText } from './trouble-text.ts'

/** So long what was answered stays in the status line. */
const TOAST_MS = 8000

/** The line at the bottom: how the connection is, and what waits. */
export function statusLine(state: ChatState): Line {
  const { say, size, toast, nowMs, alarm } = state
  const theme = themeOf(state.theme)
  const right = [dim(`${say('keysHint')} `)]
  if (alarm !== undefined) {
    return spreadLine(
      [{ text: ` ■ ${alarm}`, color: theme.danger, isInverse: true }],
      [],
      size.columns,
    )
  }
  if (toast !== undefined && nowMs - toast.atMs < TOAST_MS) {
    const sign: Span = toast.isFailure
      ? { text: '  ✗ ', color: theme.danger, isBold: true }
      : { text: '  ✓ ', color: theme.good }
    const left = [...stateSpans(state, theme), sign, plain(toast.text)]
    return spreadLine(left, right, size.columns)
  }
  return spreadLine(
    connectionSpans(state, theme),
    [...waitingSpans(state, theme), ...right],
    size.columns,
  )
}

function connectionSpans(state: ChatState, theme: Theme): Line {
  const { model, say, nowMs } = state
  const { connection, self, server } = model
  const parts = [
    connection.state === 'online' ? safeText(server.network || server.name) : '',
    self.account === undefined ? '' : say('asAccount', { account: safeText(self.account) }),
    self.away === undefined ? '' : say('away'),
    connection.lagMs !== undefined && connection.state === 'online'
      ? say('lag', { ms: Math.round(connection.lagMs) })
      : '',
    connection.state === 'waiting' ? waitText(connection, nowMs, say) : '',
    connection.state === 'online' ? '' : troubleText(connection.trouble, say),
  ]
  return [
    ...stateSpans(state, theme),
    dim(
      parts
        .filter(Boolean)
        .map((part) => `  ${part}`)
        .join(''),
    ),
  ]
}

/** It is always seen, whatever else is told: also that the server owes an answer. */
function stateSpans({ model, say, nowMs }: ChatState, theme: Theme): Line {
  const { state, overdueSinceMs } = model.connection
  if (overdueSinceMs !== undefined) {
    const seconds = Math.max(0, Math.round((nowMs - overdueSinceMs) / 1000))
    return [{ text: ' ◌ ', color: theme.warning }, bold(say('overdue', { seconds }))]
  }
  const sign = SIGNS[state]
  const color = { good: theme.good, warn: theme.warning, bad: theme.danger }[sign.level]
  return [
    { text: ` ${sign.text} `, color },
    { text: say(state), isBold: state !== 'online' },
  ]
}

/** The form differs, too. */
const SIGNS = {
  online: { text: '●', level: 'good' },
  connecting: { text: '○', level: 'warn' },
  registering: { text: '◐', level: 'warn' },
  asking: { text: '?', level: 'warn' },
  waiting: { text: '▲', level: 'bad' },
  offline: { text: '■', level: 'bad' },
} as const satisfies Record<Connection['state'], { text: string; level: string }>

function waitText({ retryAtMs }: Connection, nowMs: number, say: ChatState['say']): string {
  const seconds = Math.ceil(((retryAtMs ?? nowMs) - nowMs) / 1000)
  return seconds > 0 ? say('retryIn', { seconds }) : say('retrying')
}

function waitingSpans({ model, say }: ChatState, theme: Theme): Line {
  let mentions = 0
  for (const conversation of model.conversations.values()) mentions += conversation.mentions
  const queued = queuedCount(model)
  return [
    ...(queued > 0
      ? [{ text: `${say('queuedCount', { count: queued })}  `, color: theme.warning }]
      : []),
    ...(mentions > 0
      ? [
          {
            text: `${say('mentionsCount', { count: mentions })}  `,
            color: theme.warning,
            isBold: true,
          },
        ]
      : []),
  ]
}

/** Messages of all conversations that wait for a connection. */
export function queuedCount({ timelines, connection }: ChatState['model']): number {
  if (connection.state === 'online') return 0
  let count = 0
  for (const { items } of timelines.values()) {
    for (const item of items) {
      if (item.kind === 'message' && item.life.state === 'queued') count++
    }
  }
  return count
}

/** The line over what is being written: what it answers, who else is writing, what is below. */
export function ruleOverComposer(state: ChatState, below: { rows: number }): Line {
  const { say, size } = state
  const theme = themeOf(state.theme)
  const { replyTo, editing, scroll } = viewOf(state)
  if (editing !== undefined)
    return markRow(say('editingNow'), size.columns, { color: theme.accent })
  if (replyTo !== undefined) {
    const excerpt = safeText(stripFormatting(replyTo.text).replaceAll(/\s+/g, ' ')).slice(0, 60)
    const text = say('replyingTo', { nick: safeText(replyTo.author.nick), excerpt })
    return markRow(text, size.columns, { color: theme.accent })
  }
  if (scroll !== undefined && below.rows > 0) {
    const unread = openConversation(state)?.unread ?? 0
    const text = unread > 0 ? say('newBelow', { count: unread }) : say('moreBelow')
    return markRow(`↓ ${text}`, size.columns, { color: theme.warning })
  }
  const typists = typingText(state)
  return markRow(typists, size.columns, { isDim: true })
}

function typingText({ model, open, say }: ChatState): string {
  const typists = open === undefined ? [] : (model.typing.get(open) ?? [])
  const [a, b] = typists.map(({ nick }) => safeText(nick))
  if (a === undefined) return ''
  if (b === undefined) return say('typingOne', { a })
  return typists.length === 2 ? say('typingTwo', { a, b }) : say('typingMany')
}
