import type uPlot from 'uplot'
import { timeLabels, TIME_STEPS } from '../state/time-labels.ts'
import type { Language } from '../../shared/language.ts'

export interface GraphLook {
  /** How many lines. */
  readonly series: number
  readonly language: Language
  readonly isBytes: boolean
  readonly write: (value: number) => string
  readonly onPoint: (index: number | undefined) => void
}

const GRID_SIZE = 1
/** Sizes go by powers of two. */
const BYTE_STEPS = Array.from({ length: 41 }, (_, power) => 2 ** power)
/** Half of what a label of the time needs, without and with seconds; nearer to an edge it would lie under something else. */
const LABEL_REACH_PX = [20, 28] as const

/** How all graphs look: the colours of the theme, few lines, no frame. */
export function graphOptions(element: HTMLElement, look: GraphLook): uPlot.Options {
  const color = (name: string): string => resolved(element, name)
  const font = `11px ${getComputedStyle(element).fontFamily}`
  const grid = { stroke: color('--line'), width: GRID_SIZE }
  const axis = { stroke: color('--text-2'), font, grid, ticks: { show: false } }
  const colors = [color('--series-1'), color('--series-2')]
  return {
    width: Math.max(element.clientWidth, 1),
    height: Math.max(element.clientHeight, 1),
    padding: [8, 4, 0, 0],
    legend: { show: false },
    cursor: { y: false, points: { size: 7 }, drag: { x: false, y: false } },
    scales: {
      x: { time: true },
      y: { range: (_, __, max) => [0, Math.max(max ?? 0, Number.EPSILON) * 1.15] },
    },
    series: [
      {},
      ...Array.from({ length: look.series }, (_, index) =>
        line(colors[index] ?? colors[0] ?? '', index),
      ),
    ],
    axes: [
      { ...axis, size: 24, gap: 4, space: 60, incrs: [...TIME_STEPS], values: timesOf(look) },
      {
        ...axis,
        size: 58,
        gap: 6,
        space: 24,
        ...(look.isBytes ? { incrs: BYTE_STEPS } : {}),
        values: (_, splits) => splits.map((value) => look.write(value)),
      },
    ],
    hooks: {
      setCursor: [({ cursor }) => look.onPoint(cursor.idx ?? undefined)],
    },
  }
}

function timesOf({ language }: GraphLook): uPlot.Axis.DynamicValues {
  return (plot, splits, _, __, stepSeconds) => {
    const width = plot.bbox.width / devicePixelRatio
    const labels = timeLabels(splits, stepSeconds, language)
    const reach = LABEL_REACH_PX[stepSeconds < 60 ? 1 : 0]
    return splits.map((split, index) => {
      const at = plot.valToPos(split, 'x')
      const fits = at >= reach && at <= width - reach
      return fits ? (labels[index] ?? null) : null
    })
  }
}

function line(stroke: string, index: number): uPlot.Series {
  return {
    stroke,
    width: 1.75,
    points: { show: false },
    spanGaps: false,
    ...(index === 0
      ? { fill: stroke.replace(/^rgb\((.*)\)$/, 'rgb($1 / 12%)').replaceAll(',', '') }
      : {}),
  }
}

/** A canvas doesn't know custom properties: what one comes to where the element is. */
function resolved(element: HTMLElement, name: string): string {
  const probe = document.createElement('i')
  probe.style.color = `var(${name})`
  element.append(probe)
  const { color } = getComputedStyle(probe)
  probe.remove()
  return color
}
