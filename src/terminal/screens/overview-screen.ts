import { bodyRows } from '../app-state.ts'
import type { AppState } from '../app-state.ts'
import type { ServerFacts } from '../../feed/feed.ts'
import type { Figures } from '../../feed/figures.ts'
import { serverNowMs } from '../dashboard-state.ts'
import { fitText, textWidth } from '../fit-text.ts'
import { healthOf, healthSpans, loopDelayMs, worst } from '../health.ts'
import type { Health } from '../health.ts'
import { besideLines, lineWidth, ruleLine } from '../line-layout.ts'
import { bold, dim, plain } from '../line.ts'
import type { Line, Span } from '../line.ts'
import { isComingOrGoing, logLine } from '../log-line.ts'
import { countText, dateText, delayText, shareText } from '../number-text.ts'
import { shortCount, sizeText, spanText } from '../number-text.ts'
import { safeText } from '../safe-text.ts'
import { sparkLine } from '../spark-line.ts'
import type { Say } from '../words.ts'

/** The first screen: is it up, how many are there, how is it, and who comes and goes. */
export function overviewLines(state: AppState): Line[] {
  const { data, say, size } = state
  if (data.facts === undefined) return [[], [plain(` ${say('waiting')}`)]]
  const leftWidth = Math.max(34, Math.floor(size.columns * 0.4))
  const top = [
    ...factLines(data.facts, state),
    firstLinkLine(state),
    ...besideLines(headLines(state), rateLines(state, size.columns - leftWidth), leftWidth),
    [],
    ...healthLines(data.figures, say, size.columns),
    ruleLine(say('comings'), size.columns),
  ]
  return [...top, ...comings(state, bodyRows(state) - top.length)]
}

/** Until somebody has used it. */
function firstLinkLine({ firstLink, say, data }: AppState): Line {
  const isUsed = data.log.some(
    ({ what }) =>
      what.kind === 'entry' &&
      what.entry.event.kind === 'operator' &&
      what.entry.event.action === 'first operator',
  )
  if (firstLink === undefined || isUsed) return []
  return [label(say('firstLink')), bold(safeText(firstLink))]
}

const LABEL_WIDTH = 13

function label(text: string): Span {
  return dim(` ${fitText(text, LABEL_WIDTH)}`)
}

function factLines(facts: ServerFacts, { say, data }: AppState): Line[] {
  const { version, runtime, platform, processId, workers, startedAtMs } = facts
  const time = spanText(serverNowMs(data) - startedAtMs)
  const runs = {
    version: version.replace(/^maru-/, ''),
    runtime,
    platform,
    pid: processId,
    workers,
  }
  const doors = facts.listening.map(({ name, host, port }) => `${name} ${hostText(host)}:${port}`)
  return [
    [label(say('upSince')), plain(say('upSinceText', { date: dateText(startedAtMs), time }))],
    [label(say('runs')), plain(safeText(say('runsText', runs)))],
    [label(say('listens')), plain(safeText(doors.join(' · ')))],
  ]
}

function hostText(host: string): string {
  return host.includes(':') ? `[${host}]` : host
}

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
  return [
    graph(say('messagesRate'), data.messages, 'green'),
    graph(say('deliveriesRate'), data.deliveries, 'magenta'),
    [label(say('traffic')), plain(say('trafficText', traffic))],
    [label(say('doors')), plain(say('doorsText', doors))],
  ]
}

interface Gauge {
  readonly name: string
  readonly value: string
  readonly health?: Health
}

function healthLines(figures: Figures | undefined, say: Say, columns: number): Line[] {
  const gauges = gaugesOf(figures, say)
  const overall = worst(gauges.flatMap(({ health }) => health ?? []))
  const overallSpans = figures === undefined ? [plain('-')] : healthSpans(overall, say)
  const nameWidth = Math.max(...gauges.map(({ name }) => textWidth(name)))
  const cells = gauges.map((gauge) => gaugeLine(gauge, nameWidth, say))
  const perLine = 2
  const lines: Line[] = [[label(say('health')), ...overallSpans]]
  const width = Math.floor((columns - 1) / (perLine + 1))
  for (let i = 0; i < cells.length; i += perLine + 1) {
    lines.push(cells.slice(i, i + perLine + 1).flatMap((cell) => padded(cell, width)))
  }
  return lines
}

/** The longest: `1023 KiB`. */
const VALUE_WIDTH = 8

function padded(line: Line, width: number): Line {
  return [...line, plain(' '.repeat(Math.max(1, width - lineWidth(line))))]
}

function gaugeLine({ name, value, health }: Gauge, nameWidth: number, say: Say): Line {
  const sign = health === undefined ? [] : [plain(' '), ...healthSpans(health, say)]
  return [
    dim(` ${fitText(name, nameWidth)} `),
    plain(fitText(value, VALUE_WIDTH, 'right')),
    ...sign,
  ]
}

function gaugesOf(figures: Figures | undefined, say: Say): Gauge[] {
  const loopMs = figures && loopDelayMs(figures)
  const queued = figures?.queuedBytes
  return [
    delayGauge(say('loopDelay'), 'loopMs', loopMs),
    delayGauge(say('fanOut'), 'fanOutMs', figures?.fanOutMs?.p99),
    delayGauge(say('commitLatency'), 'commitMs', figures?.commitMs?.p99),
    queued === undefined
      ? { name: say('queues'), value: '-' }
      : { name: say('queues'), value: sizeText(queued), health: healthOf('queuedBytes', queued) },
    { name: say('processor'), value: figures ? shareText(figures.cpu) : '-' },
    { name: say('memory'), value: figures ? sizeText(figures.residentBytes) : '-' },
  ]
}

function delayGauge(
  name: string,
  measure: 'loopMs' | 'fanOutMs' | 'commitMs',
  ms: number | undefined,
): Gauge {
  if (ms === undefined) return { name, value: '-' }
  return { name, value: delayText(ms), health: healthOf(measure, ms) }
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
