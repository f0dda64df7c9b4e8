import { useEffect, useRef, useState, type ReactElement } from 'react'
import uPlot from 'uplot'
import type { GraphData } from '../state/series-data.ts'
import type { TextKey } from '../state/texts.ts'
import { graphOptions } from './graph-options.ts'
import { useSettings } from './settings.tsx'

export interface GraphProps {
  readonly title: TextKey
  readonly labels: readonly TextKey[]
  readonly data: GraphData
  readonly fromMs: number
  readonly toMs: number
  readonly write: (value: number) => string
  readonly isBytes: boolean
}

const DAY_MS = 86_400_000

/** A graph with its newest values, or those under the pointer, in words beside the title. */
export function Graph({ title, labels, data, ...drawn }: GraphProps): ReactElement {
  const { t, format } = useSettings()
  const [pointed, setPointed] = useState<number>()
  const index = pointed ?? data[0].length - 1
  const atSeconds = data[0][index]
  const [, ...columns] = data
  const values = columns.map((column) => column[index])
  const isEmpty = columns.every((column) => column.every((value) => value === null))
  const said = (value: number | null | undefined): string =>
    value === null || value === undefined ? '–' : drawn.write(value)
  const isLong = drawn.toMs - drawn.fromMs > DAY_MS / 2
  const written = isLong ? format.moment : format.clock
  const summary = labels.map((label, at) => `${t(label)} ${said(values[at])}`).join(', ')
  return (
    <figure className="panel graph">
      <figcaption className="graph-head">
        <h3 className="ellipsis">{t(title)}</h3>
        {pointed !== undefined && atSeconds !== undefined && (
          <span className="graph-at">{written(atSeconds * 1000)}</span>
        )}
        <ul className="legend">
          {labels.map((label, at) => (
            <li key={label}>
              <span className={at === 0 ? 'swatch' : 'swatch second'} />
              {t(label)} <b>{said(values[at])}</b>
            </li>
          ))}
        </ul>
      </figcaption>
      <div className="plot" role="img" aria-label={`${t(title)}: ${summary}`}>
        {isEmpty && <p className="plot-empty">{t('graphEmpty')}</p>}
        <Plot data={data} {...drawn} onPoint={setPointed} />
      </div>
    </figure>
  )
}

type PlotProps = Pick<GraphProps, 'data' | 'fromMs' | 'toMs' | 'write' | 'isBytes'> & {
  readonly onPoint: (index: number | undefined) => void
}

function Plot({ data, fromMs, toMs, write, isBytes, onPoint }: PlotProps): ReactElement {
  const place = useRef<HTMLDivElement>(null)
  const plot = useRef<uPlot>(undefined)
  const { theme, language } = useSettings()
  const scheme = useScheme()
  const series = data.length - 1
  const writeNow = useRef(write)
  useEffect(() => {
    writeNow.current = write
  }, [write])
  useEffect(() => {
    const element = place.current
    if (element === null) return undefined
    const options = graphOptions(element, {
      series,
      language,
      isBytes,
      write: (v) => writeNow.current(v),
      onPoint,
    })
    const made = new uPlot(options, undefined, element)
    plot.current = made
    const observer = new ResizeObserver(() =>
      made.setSize({ width: element.clientWidth, height: element.clientHeight }),
    )
    observer.observe(element)
    return () => {
      observer.disconnect()
      made.destroy()
      plot.current = undefined
    }
  }, [series, language, theme, scheme, isBytes, onPoint])
  useEffect(() => {
    const made = plot.current
    if (made === undefined) return
    made.batch(() => {
      made.setData(data as unknown as uPlot.AlignedData, false)
      made.setScale('x', { min: fromMs / 1000, max: toMs / 1000 })
    })
  }, [data, fromMs, toMs, series, language, theme, scheme, isBytes])
  return <div ref={place} className="plot-place" />
}

/** What the system prefers: the colours of a canvas don't change by themselves. */
function useScheme(): string {
  const [scheme, setScheme] = useState('')
  useEffect(() => {
    const query = matchMedia('(prefers-color-scheme: dark)')
    const onChange = (): void => setScheme(query.matches ? 'dark' : 'light')
    query.addEventListener('change', onChange)
    return () => query.removeEventListener('change', onChange)
  }, [])
  return scheme
}
