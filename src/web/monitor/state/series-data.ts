import type { Measure, Series } from '../../../feed/figures.ts'
import type { Point } from '../../../feed/point.ts'

/** One moment of what has a history. */
export interface Moment {
  readonly atMs: number
  readonly values: Point
}

/** What a graph draws: moments in seconds since 1970, then a column for each measure; `null` is a hole, as uPlot has it. */
export type GraphData = readonly [xs: readonly number[], ...ys: (readonly (number | null)[])[]]

export interface GraphRange {
  readonly fromMs: number
  readonly toMs: number
  readonly stepMs: number
}

/**
 * The columns of `measures` within `range`: what the server remembers, and what the page saw that the server
 * does not remember (any more, or yet). Where moments are missing there is a hole, not a line across.
 */
export function graphData(
  measures: readonly Measure[],
  range: GraphRange,
  moments: readonly Moment[],
  series?: Series,
): GraphData {
  const rows = new Map<number, readonly (number | null)[]>()
  const add = (atMs: number, row: () => readonly (number | null)[]): void => {
    const step = Math.round(atMs / range.stepMs)
    if (atMs >= range.fromMs && atMs <= range.toMs && !rows.has(step)) rows.set(step, row())
  }
  if (series?.stepMs === range.stepMs) addSeries(series, measures, add)
  if (range.stepMs === 1000) {
    for (const { atMs, values } of moments) {
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
