import type { Head } from '../../../monitor/feed.ts'
import type { Figures, Measure, Series } from '../../../monitor/figures.ts'

/** One moment of what has a history. */
export interface Point {
  readonly atMs: number
  readonly values: Readonly<Record<Measure, number | undefined>>
}

/** What a graph draws: moments in seconds since 1970, then a column for each measure; `null` is a hole, as uPlot has it. */
export type GraphData = readonly [xs: readonly number[], ...ys: (readonly (number | null)[])[]]

export interface GraphRange {
  readonly fromMs: number
  readonly toMs: number
  readonly stepMs: number
}

/** A tick of the feed as a point of the series. */
export function pointOf(figures: Figures, head: Head): Point {
  const { perSecond, fanOutMs, commitMs, threads } = figures
  const delays = threads
    .filter(({ name }) => name !== 'core')
    .flatMap(({ loopDelayMs }) => loopDelayMs?.p99 ?? [])
  const shares = threads.flatMap(({ rings }) =>
    rings === undefined ? [] : [rings.completions, rings.submissions],
  )
  return {
    atMs: figures.atMs,
    values: {
      connections: head.connections,
      people: head.people,
      rooms: head.rooms,
      acceptedPerSecond: perSecond.accepted,
      refusedPerSecond: perSecond.refused,
      closedPerSecond: perSecond.closed,
      messagesPerSecond: perSecond.messages,
      deliveriesPerSecond: perSecond.deliveries,
      bytesInPerSecond: perSecond.bytesIn,
      bytesOutPerSecond: perSecond.bytesOut,
      slowedPerSecond: perSecond.slowed,
      fanOutP50Ms: fanOutMs?.p50,
      fanOutP99Ms: fanOutMs?.p99,
      commitP50Ms: commitMs?.p50,
      commitP99Ms: commitMs?.p99,
      queuedBytes: figures.queuedBytes,
      coreLoopP99Ms: threads.find(({ name }) => name === 'core')?.loopDelayMs?.p99,
      workerLoopP99Ms: largest(delays),
      ringShare: largest(shares),
      cpu: figures.cpu,
      residentBytes: figures.residentBytes,
    },
  }
}

/**
 * The columns of `measures` within `range`: what the server remembers, and what the page saw that the server
 * does not remember (any more, or yet). Where moments are missing there is a hole, not a line across.
 */
export function graphData(
  measures: readonly Measure[],
  range: GraphRange,
  points: readonly Point[],
  series?: Series,
): GraphData {
  const rows = new Map<number, readonly (number | null)[]>()
  const add = (atMs: number, row: () => readonly (number | null)[]): void => {
    const step = Math.round(atMs / range.stepMs)
    if (atMs >= range.fromMs && atMs <= range.toMs && !rows.has(step)) rows.set(step, row())
  }
  if (series?.stepMs === range.stepMs) addSeries(series, measures, add)
  if (range.stepMs === 1000) {
    for (const { atMs, values } of points) {
      add(atMs, () => measures.map((measure) => values[measure] ?? null))
    }
  }
  return columnsOf(rows, measures.length, range.stepMs)
}

function addSeries(
  { startMs, stepMs, columns }: Series,
  measures: readonly Measure[],
  add: (atMs: number, row: () => readonly (number | null)[]) => void,
): void {
  const { length } = columns.connections
  for (let index = 0; index < length; index++) {
    add(startMs + index * stepMs, () => measures.map((measure) => columns[measure][index] ?? null))
  }
}

function columnsOf(
  rows: ReadonlyMap<number, readonly (number | null)[]>,
  width: number,
  stepMs: number,
): GraphData {
  const xs: number[] = []
  const ys: (number | null)[][] = Array.from({ length: width }, () => [])
  const push = (step: number, row: readonly (number | null)[]): void => {
    xs.push((step * stepMs) / 1000)
    ys.forEach((column, index) => column.push(row[index] ?? null))
  }
  let last: number | undefined
  for (const [step, row] of [...rows].sort(([a], [b]) => a - b)) {
    // One missing second is a tick that came late.
    if (last !== undefined && step - last > 2) push(last + 1, [])
    push(step, row)
    last = step
  }
  return [xs, ...ys]
}

function largest(values: readonly number[]): number | undefined {
  return values.length === 0 ? undefined : Math.max(...values)
}
