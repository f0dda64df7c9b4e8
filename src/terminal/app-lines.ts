import { bodyRows, isTooSmall, mayAct, tableOnScreen } from './app-state.ts'
import type { AppState } from './app-state.ts'
import { targetInFocus } from './app-forms.ts'
import { awayReason } from './away-reason.ts'
import { filterOf } from './app-keys.ts'
import { serverNowMs } from './dashboard-state.ts'
import { tailText } from './fit-text.ts'
import { fitLine, lineWidth, ruleLine, spreadLine } from './line-layout.ts'
import { bold, dim, plain } from './line.ts'
import type { Line, Span } from './line.ts'
import { countText, spanText, timeText } from './number-text.ts'
import { safeText } from './safe-text.ts'
import { connectionDetails } from './screens/connection-details.ts'
import { formPanel, leavePanel } from './screens/form-panel.ts'
import { keysLines } from './screens/keys-screen.ts'
import { limitLines } from './screens/limits-screen.ts'
import { logLines } from './screens/log-screen.ts'
import { overviewLines } from './screens/overview-screen.ts'
import { roomDetails } from './screens/room-details.ts'
import { tableLines } from './screens/table-screen.ts'
import { threadLines } from './screens/threads-screen.ts'
import { columnTitle } from './table-columns.ts'
import { tabPlaces } from './tabs.ts'
import type { ServerFacts } from '../feed/feed.ts'
import type { WordKey } from './words.ts'

/** The whole screen: as many lines as it has, each as wide as it is. */
export function appLines(state: AppState): readonly Line[] {
  const { size, say } = state
  if (isTooSmall(state)) {
    const texts = [say('tooSmall', { ...size }), say('tooSmallNeed'), `q: ${say('keyQuit')}`]
    const leaving = state.focus.kind === 'leaving' ? leavePanel(state) : []
    return whole([...texts.map((text) => [plain(text)]), ...leaving], size.columns, size.rows)
  }
  const panel = panelLines(state)
  const rows = bodyRows(state)
  const above = bodyLines(state).slice(0, Math.max(0, rows - panel.length))
  const body = [...whole(above, size.columns, rows - panel.length), ...panel].slice(0, rows)
  return whole(
    [
      titleLine(state),
      tabLine(state),
      placeLine(state),
      ...faded(body, state),
      noticeLine(state),
      keyLine(state),
    ],
    size.columns,
    size.rows,
  )
}

function whole(lines: readonly Line[], columns: number, rows: number): Line[] {
  return Array.from({ length: Math.max(0, rows) }, (_, i) => fitLine(lines[i] ?? [], columns))
}

/** What may be old looks old. */
function faded(lines: readonly Line[], { data }: AppState): readonly Line[] {
  if (data.link.kind === 'live' || data.facts === undefined) return lines
  return lines.map((line) => line.map((span) => ({ text: span.text, isDim: true })))
}

function titleLine({ data, say, size }: AppState): Line {
  const { facts, identity } = data
  const name = facts === undefined ? '' : networkText(facts)
  const who =
    identity === undefined
      ? ''
      : `  ${say('role', { name: safeText(identity.name), role: say(identity.role) })}`
  return spreadLine(
    [bold(' Maru'), plain(name)],
    [...linkSpans(data.link.kind, say), plain(`${who} `)],
    size.columns,
  )
}

/** A network that goes by our name has it said already. */
function networkText({ network, serverName }: ServerFacts): string {
  const server = ` (${safeText(serverName)})`
  return network === 'Maru' ? server : ` · ${safeText(network)}${server}`
}

function linkSpans(kind: AppState['data']['link']['kind'], say: AppState['say']): Span[] {
  switch (kind) {
    case 'live':
      return [{ text: '●', color: 'green' }, plain(` ${say('live')}`)]
    case 'connecting':
      return [{ text: '▲', color: 'yellow' }, plain(` ${say('connecting')}`)]
    case 'away':
      return [{ text: '■', color: 'red' }, bold(` ${say('away')}`)]
    case 'shut out':
      return [{ text: '■', color: 'red' }, bold(` ${say('shutOut')}`)]
  }
}

function tabLine(state: AppState): Line {
  return tabPlaces(state).map(({ screen, text }) =>
    screen === state.screen ? { text, isInverse: true, isBold: true } : plain(text),
  )
}

/** What is shown of what: the filter, how many, sorted how. */
function placeLine(state: AppState): Line {
  const { say, size, screen, focus } = state
  const name = tableOnScreen(state)
  if (focus.kind === 'keys' || focus.kind === 'connection' || focus.kind === 'room') return []
  if (name !== undefined) {
    return spreadLine(
      filterSpans(state, countOf(state)),
      [dim(`${sortText(state)} `)],
      size.columns,
    )
  }
  if (screen === 'log')
    return spreadLine(filterSpans(state, ''), [plain(`${followText(state)} `)], size.columns)
  if (screen === 'bans')
    return spreadLine(
      [bold(` ${say('limitsTitle')}`)],
      [dim(`${say('limitsNote')} `)],
      size.columns,
    )
  return ruleLine('', size.columns)
}

function filterSpans(state: AppState, more: string): Line {
  const { say, focus } = state
  const filter = safeText(filterOf(state))
  const isTyped = focus.kind === 'filter'
  if (filter === '' && !isTyped) return [plain(` ${more}`)]
  const shown = tailText(filter, 30)
  const cursor: Span[] = isTyped ? [{ text: ' ', isInverse: true }] : []
  return [dim(` ${say('filterLabel')}: `), bold(shown), ...cursor, plain(`  ${more}`)]
}

function countOf({ data, say, ...state }: AppState): string {
  const name = tableOnScreen({ data, say, ...state })
  const window = name && data[name]
  if (window === undefined) return ''
  const total = countText(window.total)
  const matching = countText(window.matching)
  return total === matching ? say('countAll', { total }) : say('countOf', { matching, total })
}

function sortText(state: AppState): string {
  const { say, tables } = state
  const name = tableOnScreen(state) ?? 'connections'
  const { sort, descending } = tables[name]
  const title = columnTitle(name, sort)
  const column = title === undefined ? sort : say(title)
  return say('sorted', { column, direction: descending ? '▼' : '▲' })
}

function followText({ data, log, say }: AppState): string {
  const { pausedAt } = log
  if (pausedAt === undefined) return say('following')
  const fresh = (data.log.at(-1)?.key ?? -1) - pausedAt
  return fresh > 0 ? say('pausedNew', { count: countText(fresh) }) : say('paused')
}

function bodyLines(state: AppState): Line[] {
  const under =
    state.focus.kind === 'form' || state.focus.kind === 'leaving' ? state.focus.back : state.focus
  if (under.kind === 'keys') return keysLines(state)
  if (under.kind === 'connection') return connectionDetails(state, under.id, under.top)
  if (under.kind === 'room') return roomDetails(state, under.name, under)
  const name = tableOnScreen(state)
  if (name !== undefined) return tableLines(state, name)
  if (state.screen === 'log') return logLines(state)
  if (state.screen === 'bans') return limitLines(state)
  return state.screen === 'threads' ? threadLines(state) : overviewLines(state)
}

function panelLines(state: AppState): Line[] {
  if (state.focus.kind === 'form') return formPanel(state.focus.form, state)
  return state.focus.kind === 'leaving' ? leavePanel(state) : []
}

/** How long the end of an action is told. */
const NOTICE_MS = 15_000

function noticeLine(state: AppState): Line {
  const { data, notice, say } = state
  if (data.link.kind === 'away')
    return [{ text: ` ! ${awayText(state)}`, color: 'red', isBold: true }]
  if (data.link.kind === 'shut out') {
    return [{ text: ` ! ${say('shutOutText')}`, color: 'red', isBold: true }]
  }
  if (notice === undefined || data.nowMs - notice.atMs > NOTICE_MS) return []
  return notice.isFailure
    ? [{ text: ` ! ${notice.text}`, color: 'red', isBold: true }]
    : [{ text: ' ✓ ', color: 'green' }, plain(notice.text)]
}

function awayText({ data, say }: AppState): string {
  if (data.link.kind !== 'away') return ''
  const { sinceMs, reason } = data.link
  const values = { time: spanText(data.nowMs - sinceMs, say), reason: awayReason(reason, say) }
  const at = serverNowMs(data)
  return at === 0 ? say('awayFirstText', values) : say('awayText', { ...values, at: timeText(at) })
}

type Hint = readonly [key: string, word: WordKey]

/** Where there is no room for all, the first of these go first: `?` tells of all. */
const DROPPED: readonly string[] = ['a', 'Enter', 's', '/', '1-6', 'l', 'm', 'x']

function keyLine(state: AppState): Line {
  const { say, size } = state
  const lineOf = (hints: readonly Hint[]): Line =>
    hints.flatMap(([key, word]) => [plain(' '), bold(key), dim(` ${say(word)} `)])
  let hints: readonly Hint[] = hintsOf(state)
  for (const dropped of DROPPED) {
    if (lineWidth(lineOf(hints)) <= size.columns) break
    hints = hints.filter(([key]) => key !== dropped)
  }
  return lineOf(hints)
}

function hintsOf(state: AppState): Hint[] {
  const { focus } = state
  if (focus.kind === 'form' || focus.kind === 'leaving' || focus.kind === 'keys') return []
  if (focus.kind === 'filter')
    return [
      ['Enter', 'keyDone'],
      ['Esc', 'keyClear'],
    ]
  const end: Hint[] = [
    ...(mayAct(state, 'moderate') ? [['a', 'keyAnnounce'] as const] : []),
    ['?', 'keyKeys'],
    ['q', 'keyQuit'],
  ]
  if (focus.kind !== 'browse') return [['Esc', 'keyBack'], ...actionHints(state), ...end]
  return [...screenHints(state), ...actionHints(state), ...end]
}

function screenHints(state: AppState): Hint[] {
  const { screen, log, limits } = state
  if (screen === 'log')
    return [
      ['/', 'keyFilter'],
      ['p', log.pausedAt === undefined ? 'keyPause' : 'keyFollow'],
    ]
  if (screen === 'overview' || screen === 'threads') return [['1-6', 'keyScreens']]
  if (screen === 'bans' && limits.isShown) return [['l', 'keyBans']]
  const more: Hint = screen === 'bans' ? ['l', 'keyLimits'] : ['Enter', 'keyDetails']
  return [['/', 'keyFilter'], ['s', 'keySort'], more]
}

function actionHints(state: AppState): Hint[] {
  if (!mayAct(state, 'moderate')) return []
  if (state.screen === 'bans' && state.focus.kind === 'browse') {
    return state.limits.isShown
      ? []
      : [
          ['b', 'keyBan'],
          ['u', 'keyUnban'],
        ]
  }
  if (targetInFocus(state) === undefined) return []
  return [
    ['m', 'keyMessage'],
    ['k', 'keyKick'],
    ['d', 'keyDisconnect'],
    ['b', 'keyBan'],
    ['x', 'keySilence'],
  ]
}
