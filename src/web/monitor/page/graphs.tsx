import { useMemo, useState, type ReactElement } from 'react'
import type { Measure } from '../../../feed/figures.ts'
import type { Format } from '../state/format.ts'
import { graphData } from '../state/series-data.ts'
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

interface GraphKind {
  readonly title: TextKey
  readonly lines: readonly (readonly [label: TextKey, measure: Measure])[]
  readonly write: (format: Format) => (value: number) => string
  readonly isWide?: true
}

const GRAPHS: readonly GraphKind[] = [
  {
    title: 'graphPeople',
    isWide: true,
    lines: [
      ['people', 'people'],
      ['connections', 'connections'],
    ],
    write: (format) => format.compact,
  },
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

export function Graphs(): ReactElement {
  const { t } = useSettings()
  const [label, setLabel] = useState<(typeof RANGES)[number]['label']>('range5m')
  const range = RANGES.find((one) => one.label === label) ?? RANGES[0]
  return (
    <section className="overview-main" aria-label={t('graphs')}>
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
      <GraphSet lengthMs={range.lengthMs} stepMs={range.stepMs} />
    </section>
  )
}

function GraphSet({
  lengthMs,
  stepMs,
}: {
  readonly lengthMs: number
  readonly stepMs: 1000 | 60_000
}): ReactElement {
  const { format } = useSettings()
  const points = useMonitor((state) => state.points)
  const series = useSeries(stepMs)
  // The newest second is drawn at the edge; between ticks nothing moves.
  const now = useServerNow()
  const toMs = points.at(-1)?.atMs ?? now
  const fromMs = toMs - lengthMs
  const data = useMemo(
    () =>
      GRAPHS.map(({ lines }) =>
        graphData(
          lines.map(([, measure]) => measure),
          { fromMs, toMs, stepMs },
          points,
          series,
        ),
      ),
    [fromMs, toMs, stepMs, points, series],
  )
  return (
    <div className="graphs figures">
      {GRAPHS.map(({ title, lines, write, isWide }, index) => (
        <Graph
          key={title}
          title={title}
          labels={lines.map(([label]) => label)}
          data={data[index] ?? [[]]}
          fromMs={fromMs}
          toMs={toMs}
          write={write(format)}
          isBytes={title === 'graphBytes'}
          {...(isWide === undefined ? {} : { isWide })}
        />
      ))}
    </div>
  )
}
