import { healthOf, worst } from '../../feed/health.ts'
import type { Level, Sign, SignName } from '../../feed/health.ts'
import type { Figures } from '../../feed/figures.ts'
import type { AppState } from '../app-state.ts'
import { serverNowMs } from '../dashboard-state.ts'
import { fitText, textWidth } from '../fit-text.ts'
import { healthSign, healthSpans } from '../health.ts'
import { lineWidth, ruleLine } from '../line-layout.ts'
import { dim, plain } from '../line.ts'
import type { Line } from '../line.ts'
import { countText, delayText, shareText, sizeText, spanText } from '../number-text.ts'
import type { Say } from '../words.ts'

/** How the server is in a word and what deserves a look; then the figures that this comes from. */
export function healthLines({ data, say, size }: AppState): Line[] {
  const { figures, facts } = data
  const signs =
    figures === undefined || facts === undefined
      ? []
      : healthOf(figures, { ...facts, nowMs: serverNowMs(data) })
  const said = figures === undefined ? [dim('-')] : [...healthSpans(worst(signs), say)]
  const named = signs.filter(({ level }) => level !== 'good').map(({ what }) => say(what))
  const more = named.length === 0 ? [] : [plain(`: ${named.join(', ')}`)]
  return [
    ruleLine(say('health'), size.columns, [...said, ...more]),
    ...gaugeLines(gaugesOf(figures, signs, say), size.columns),
  ]
}

interface Gauge {
  readonly name: string
  readonly value: string
  readonly level: Level | undefined
}

/** The longest: `1023 KiB`. */
const VALUE_WIDTH = 8
const PER_LINE = 3

function gaugeLines(gauges: readonly Gauge[], columns: number): Line[] {
  const nameWidth = Math.max(...gauges.map(({ name }) => textWidth(name)))
  const cellWidth = Math.floor((columns - 1) / PER_LINE)
  const cells = gauges.map(({ name, value, level }) => [
    dim(` ${fitText(name, nameWidth)} `),
    plain(`${fitText(value, VALUE_WIDTH, 'right')} `),
    ...(level === undefined ? [] : [healthSign(level)]),
  ])
  const lines: Line[] = []
  for (let i = 0; i < cells.length; i += PER_LINE) {
    lines.push(cells.slice(i, i + PER_LINE).flatMap((cell) => padded(cell, cellWidth)))
  }
  return lines
}

function padded(line: Line, width: number): Line {
  return [...line, plain(' '.repeat(Math.max(1, width - lineWidth(line))))]
}

/** Those that have a place of their own whether there is a figure or not. */
const GAUGES = [
  'loopDelayCore',
  'loopDelayWorkers',
  'fanOut',
  'queues',
  'ringDepth',
  'commitLatency',
  'heldConnections',
] as const satisfies readonly SignName[]

function gaugesOf(figures: Figures | undefined, signs: readonly Sign[], say: Say): Gauge[] {
  const own = GAUGES.map((what) => {
    const sign = signs.find((one) => one.what === what)
    const value = sign === undefined ? '-' : valueText(sign, say)
    return { name: say(what), value, level: sign?.level }
  })
  const cpu = figures === undefined ? '-' : shareText(figures.cpu)
  const memory = figures === undefined ? '-' : sizeText(figures.residentBytes)
  return [
    ...own,
    { name: say('processor'), value: cpu, level: undefined },
    { name: say('memory'), value: memory, level: undefined },
    ...storeGauges(figures, say),
  ]
}

/** Of a server that keeps something. */
function storeGauges(figures: Figures | undefined, say: Say): Gauge[] {
  if (figures?.storeBytes === undefined) return []
  const lag = figures.indexLag === undefined ? '-' : countText(figures.indexLag)
  return [
    { name: say('store'), value: sizeText(figures.storeBytes), level: undefined },
    { name: say('indexLag'), value: lag, level: undefined },
  ]
}

function valueText({ unit, value }: Sign, say: Say): string {
  switch (unit) {
    case 'ms':
      return delayText(value)
    case 'bytes':
      return sizeText(value)
    case 'share':
      return shareText(value)
    case 'count':
    case 'perSecond':
      return countText(value)
    case 'leftMs':
      return spanText(value, say)
  }
}
