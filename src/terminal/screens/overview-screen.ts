import { bodyRows } from '../app-state.ts'
import type { AppState } from '../app-state.ts'
import type { ServerFacts } from '../../feed/feed.ts'
import { serverNowMs } from '../dashboard-state.ts'
import { fieldLines } from '../field-lines.ts'
import type { FieldWidths } from '../field-lines.ts'
import { fitText } from '../fit-text.ts'
import { besideLines, ruleLine } from '../line-layout.ts'
import { bold, dim, plain } from '../line.ts'
import type { Line, Span } from '../line.ts'
import { isComingOrGoing, logLine } from '../log-line.ts'
import { countText, dateText } from '../number-text.ts'
import { shortCount, sizeText, spanText } from '../number-text.ts'
import { safeText } from '../safe-text.ts'
import { sparkLine } from '../spark-line.ts'
import { healthLines } from './health-panel.ts'

/** The first screen: is it up, how many are there, how is it, and who comes and goes. */
export function overviewLines(state: AppState): Line[] {
  const { data, say, size } = state
  if (data.facts === undefined) return [[], [plain(` ${say('waiting')}`)]]
  const leftWidth = Math.max(34, Math.floor(size.columns * 0.4))
  const top = [
    ...factLines(data.facts, state),
    ...firstLinkLines(state),
    ...besideLines(headLines(state), rateLines(state, size.columns - leftWidth), leftWidth),
    ...healthLines(state),
    ruleLine(say('comings'), size.columns),
  ]
  return [...top, ...comings(state, bodyRows(state) - top.length)]
}

/** Until somebody has used it; a blank line then. */
function firstLinkLines({ firstLink, say, data, size }: AppState): Line[] {
  const isUsed = data.log.some(
    ({ what }) =>
      what.kind === 'entry' &&
      what.entry.event.kind === 'operator' &&
      what.entry.event.action === 'first operator',
  )
  if (firstLink === undefined || isUsed) return [[]]
  return fieldLines(say('firstLink'), safeText(firstLink), widths(size.columns))
}

const LABEL_WIDTH = 13

function label(text: string): Span {
  return dim(` ${fitText(text, LABEL_WIDTH)}`)
}

function widths(columns: number): FieldWidths {
  return { labelWidth: LABEL_WIDTH, columns }
}

function factLines(facts: ServerFacts, { say, data, size }: AppState): Line[] {
  const { version, runtime, platform, processId, workers, startedAtMs } = facts
  const time = spanText(serverNowMs(data) - startedAtMs, say)
  const runs = {
    version: version.replace(/^maru-/, ''),
    runtime,
    platform,
    pid: processId,
    workers,
  }
  const fields = [
    ['upSince', say('upSinceText', { date: dateText(startedAtMs), time })],
    ['runs', say('runsText', runs)],
    ['listens', facts.listening.map(doorText).join(', ')],
  ] as const
  return fields.flatMap(([key, text]) => fieldLines(say(key), safeText(text), widths(size.columns)))
}

/** Where the lines are broken, a door stays whole. */
function doorText({ name, host, port }: ServerFacts['listening'][number]): string {
  const address = host.includes(':') ? `[${host}]` : host
  return `${name}${NO_BREAK}${address}:${port}`
}

const NO_BREAK = '\u00a0'

function headLines({ data, say }: AppState): Line[] {
  const { head } = data
  const row = (name: string, count: number | undefined, peak?: number): Line => [
    label(name),
    bold(fitText(count === undefined ? '-' : countText(count), 7, 'right')),
    plain(peak === undefined ? '' : `  ${say('peak', { count: countText(peak) })}`),
  ]
  return [
    row(say('people'), head?.people, head?.peakPeople),
    row(say('connections'), head?.connections, head?.peakConnections),
    row(say('rooms'), head?.rooms),
    row(say('operators'), head?.operators),
  ]
}

function rateLines({ data, say }: AppState, width: number): Line[] {
  const { figures } = data
  const rate = figures?.perSecond
  const graphWidth = Math.max(4, width - LABEL_WIDTH - 9)
  const graph = (name: string, values: readonly number[], color: 'green' | 'magenta'): Line => [
    label(name),
    bold(fitText(shortCount(values.at(-1) ?? 0), 6, 'right')),
    { text: ` ${sparkLine(values, graphWidth)}`, color },
  ]
  const traffic = { in: sizeText(rate?.bytesIn ?? 0), out: sizeText(rate?.bytesOut ?? 0) }
  const doors = { accepted: countText(rate?.accepted ?? 0), refused: countText(rate?.refused ?? 0) }
  // Graphs one below the other would run into each other.
  return [
    graph(say('messagesRate'), data.messages, 'green'),
    [label(say('doors')), plain(say('doorsText', doors))],
    graph(say('deliveriesRate'), data.deliveries, 'magenta'),
    [label(say('traffic')), plain(say('trafficText', traffic))],
  ]
}

/** The newest at the bottom. */
function comings({ data, say }: AppState, rows: number): Line[] {
  if (rows <= 0) return []
  const chosen = []
  for (let i = data.log.length - 1; i >= 0 && chosen.length < rows; i--) {
    const item = data.log[i]
    if (item !== undefined && isComingOrGoing(item)) chosen.unshift(item)
  }
  if (chosen.length === 0) return [[dim(` ${say('nothingYet')}`)]]
  return chosen.map((item) => [plain(' '), ...logLine(item, say)])
}
