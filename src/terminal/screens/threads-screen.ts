import { bodyRows } from '../app-state.ts'
import type { AppState } from '../app-state.ts'
import type { ServerFacts } from '../../feed/feed.ts'
import type { Figures, ThreadLoad, Totals } from '../../feed/figures.ts'
import { healthOf, worst } from '../../feed/health.ts'
import type { Level, SignName } from '../../feed/health.ts'
import { fitText } from '../fit-text.ts'
import { healthSpans } from '../health.ts'
import { ruleLine } from '../line-layout.ts'
import { bold, dim, plain } from '../line.ts'
import type { Line } from '../line.ts'
import { countText, delayText, shareText, shortCount, sizeText } from '../number-text.ts'
import { safeText } from '../safe-text.ts'
import { shareBar } from '../spark-line.ts'
import type { Say, WordKey } from '../words.ts'

/** How each thread is, and all that was counted since the start. */
export function threadLines(state: AppState): Line[] {
  const { data, say, size, threads: place } = state
  const { figures, facts } = data
  if (figures === undefined || facts === undefined) return [[dim(`  ${say('waiting')}`)]]
  const shown = COLUMNS.filter(({ least }) => size.columns >= least)
  const head = shown.map(({ title, width, align }) =>
    fitText(title ? say(title) : '', width, align),
  )
  const rows = Math.max(1, bodyRows(state) - 5)
  const top = Math.min(place.top, Math.max(0, figures.threads.length - rows))
  const visible = figures.threads.slice(top, top + rows)
  return [
    [bold(`  ${head.join(' ')}  ${say('itsHealth')}`)],
    ...visible.map((thread) => [
      plain(threadText(thread, shown)),
      ...healthSpans(threadLevel(thread, figures, facts), say),
    ]),
    [],
    ruleLine(say('totals'), size.columns),
    ...totalLines(figures.totals, say),
  ]
}

interface ThreadColumn {
  readonly title?: WordKey
  readonly width: number
  readonly align?: 'right'
  /** Columns that the terminal must have. */
  readonly least: number
  readonly text: (thread: ThreadLoad) => string
}

const COLUMNS: readonly ThreadColumn[] = [
  { title: 'threadName', width: 8, least: 0, text: ({ name }) => safeText(name) },
  {
    title: 'cpu',
    width: 5,
    align: 'right',
    least: 0,
    text: ({ cpu }) => (cpu === undefined ? '-' : shareText(cpu)),
  },
  { width: 10, least: 112, text: ({ cpu }) => (cpu === undefined ? '' : shareBar(cpu, 10)) },
  {
    title: 'loopP50',
    width: 8,
    align: 'right',
    least: 94,
    text: ({ loopDelayMs: delay }) => (delay === undefined ? '-' : delayText(delay.p50)),
  },
  {
    title: 'loopP99',
    width: 8,
    align: 'right',
    least: 0,
    text: ({ loopDelayMs: delay }) => (delay === undefined ? '-' : delayText(delay.p99)),
  },
  {
    title: 'heap',
    width: 9,
    align: 'right',
    least: 0,
    text: ({ heapBytes }) => sizeText(heapBytes),
  },
  {
    title: 'itsConnections',
    width: 11,
    align: 'right',
    least: 0,
    text: ({ connections }) => (connections === undefined ? '-' : countText(connections)),
  },
  {
    title: 'deliveries',
    width: 9,
    align: 'right',
    least: 0,
    text: ({ deliveriesPerSecond: rate }) => (rate === undefined ? '-' : shortCount(rate)),
  },
  {
    title: 'queuedHere',
    width: 9,
    align: 'right',
    least: 112,
    text: ({ queuedBytes }) => (queuedBytes === undefined ? '-' : sizeText(queuedBytes)),
  },
  {
    title: 'rings',
    width: 14,
    align: 'right',
    least: 94,
    text: ({ rings }) =>
      rings === undefined
        ? '-'
        : `${shareText(rings.completions)} / ${shareText(rings.submissions)}`,
  },
]

function threadText(thread: ThreadLoad, shown: readonly ThreadColumn[]): string {
  const cells = shown.map(({ text, width, align }) => fitText(text(thread), width, align))
  return `  ${cells.join(' ')}  `
}

/** As if it were the only one; what all of them share is no thread's. */
function threadLevel(thread: ThreadLoad, figures: Figures, facts: ServerFacts): Level {
  const signs = healthOf({ ...figures, threads: [thread] }, facts)
  return worst(signs.filter(({ what }) => OF_THREADS.has(what)))
}

const OF_THREADS: ReadonlySet<SignName> = new Set([
  'loopDelayCore',
  'loopDelayWorkers',
  'ringDepth',
])

function totalLines(totals: Totals, say: Say): Line[] {
  const counts = Object.fromEntries(
    Object.entries(totals).map(([name, value]) => [name, countText(Number(value))]),
  )
  const traffic = { in: sizeText(totals.bytesIn), out: sizeText(totals.bytesOut) }
  return [
    [plain(`  ${say('totalsText', counts)}`)],
    [plain(`  ${say('totalsMore', { ...counts, ...traffic })}`)],
  ]
}
