import { useMemo, useState, type ReactElement } from 'react'
import type { Measure } from '../../../feed/figures.ts'
import type { Format } from '../state/format.ts'
import { graphData, type GraphData, type GraphRange } from '../state/series-data.ts'
import type { TextKey } from '../state/texts.ts'
import { useMonitor, useServerNow } from './console-context.tsx'
import { Graph } from './graph.tsx'
import { useSettings } from './settings.tsx'
import { useSeries } from './use-series.ts'

const RANGES = [
  { label: 'range5m', lengthMs: 300_000, stepMs: 1000 },
  { label: 'range2h', lengthMs: 7_200_000, stepMs: 1000 },
  { label: 'range48h', lengthMs: 172_800_000, stepMs: 60_000 },
] as const

const SHORTEST_MS = 60_000

interface GraphKind {
  readonly title: TextKey
  readonly lines: readonly (readonly [label: TextKey, measure: Measure])[]
  readonly write: (format: Format) => (value: number) => string
  readonly isBytes?: true
}

const PEOPLE: GraphKind = {
  title: 'graphPeople',
  lines: [
    ['people', 'people'],
    ['connections', 'connections'],
  ],
  write: (format) => format.compact,
}

const MORE: readonly GraphKind[] = [
  {
    title: 'graphTraffic',
    lines: [
      ['messages', 'messagesPerSecond'],
      ['deliveries', 'deliveriesPerSecond'],
    ],
    write: (format) => (value) => (value < 10 ? format.reading(value) : format.compact(value)),
  },
  {
    title: 'graphBytes',
    lines: [
      ['bytesIn', 'bytesInPerSecond'],
      ['bytesOut', 'bytesOutPerSecond'],
    ],
    isBytes: true,
    write: (format) => format.bytes,
  },
  {
    title: 'graphFanOut',
    lines: [
      ['p50', 'fanOutP50Ms'],
      ['p99', 'fanOutP99Ms'],
    ],
    write: (format) => format.ms,
  },
  {
    title: 'graphLoop',
    lines: [
      ['core', 'coreLoopP99Ms'],
      ['workers', 'workerLoopP99Ms'],
    ],
    write: (format) => format.ms,
  },
]

/** The graph of who is here, and beneath it, or elsewhere where there is room, the others. */
export function Graphs(): ReactElement {
  const { t, format } = useSettings()
  const [label, setLabel] = useState<(typeof RANGES)[number]['label']>('range5m')
  const { range, data } = useGraphs(RANGES.find((one) => one.label === label) ?? RANGES[0])
  const graph = ({ title, lines, write, isBytes }: GraphKind): ReactElement => (
    <Graph
      key={title}
      title={title}
      labels={lines.map(([name]) => name)}
      data={data.get(title) ?? [[]]}
      fromMs={range.fromMs}
      toMs={range.toMs}
      write={write(format)}
      isBytes={isBytes === true}
    />
  )
  return (
    <section className="overview-graphs" aria-label={t('graphs')}>
      <div className="overview-main">
        <div className="toolbar">
          <h2>{t('graphs')}</h2>
          <div className="segmented end" role="group" aria-label={t('range')}>
            {RANGES.map((one) => (
              <button
                key={one.label}
                type="button"
                aria-pressed={one.label === label}
                onClick={() => setLabel(one.label)}
              >
                {t(one.label)}
              </button>
            ))}
          </div>
        </div>
        <div className="graphs is-main figures">{graph(PEOPLE)}</div>
      </div>
      <div className="graphs overview-more figures">{MORE.map(graph)}</div>
    </section>
  )
}

function useGraphs({ lengthMs, stepMs }: (typeof RANGES)[number]): {
  readonly range: GraphRange
  readonly data: ReadonlyMap<TextKey, GraphData>
} {
  const points = useMonitor((state) => state.points)
  const series = useSeries(stepMs)
  // The newest second is drawn at the edge; between ticks nothing moves.
  const now = useServerNow()
  const toMs = points.at(-1)?.atMs ?? now
  const startedAtMs = useMonitor((state) => state.facts?.startedAtMs)
  const oldestMs = Math.min(points[0]?.atMs ?? toMs, startedAtMs ?? 0)
  return useMemo(() => {
    // Before the start there was nothing, and what is there since deserves the room.
    const fromMs = Math.max(toMs - lengthMs, Math.min(oldestMs, toMs - SHORTEST_MS))
    const range = { fromMs, toMs, stepMs }
    const data = [PEOPLE, ...MORE].map(({ title, lines }) => {
      const measures = lines.map(([, measure]) => measure)
      return [title, graphData(measures, range, points, series)] as const
    })
    return { range, data: new Map(data) }
  }, [lengthMs, oldestMs, toMs, stepMs, points, series])
}
