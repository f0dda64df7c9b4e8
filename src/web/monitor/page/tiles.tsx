import type { ReactElement, ReactNode } from 'react'
import type { TextKey } from '../state/texts.ts'
import { useMonitor, useNow } from './console-context.tsx'
import { useSettings } from './settings.tsx'

/** The counts that matter most. */
export function Tiles(): ReactElement {
  const { t, format } = useSettings()
  const head = useMonitor((state) => state.head)
  const figures = useMonitor((state) => state.figures)
  const rate = (value: number | undefined): string =>
    value === undefined ? '–' : value < 10 ? format.reading(value) : format.compact(value)
  const all = (value: number | undefined): string =>
    value === undefined ? '' : t('inAll', { count: format.compact(value) })
  const count = (value: number | undefined): string =>
    value === undefined ? '–' : format.count(value)
  return (
    <dl className="tiles figures">
      <Tile name="people" value={count(head?.people)}>
        {head !== undefined && t('peak', { count: format.count(head.peakPeople) })}
        <Age />
      </Tile>
      <Tile name="connections" value={count(head?.connections)}>
        {head !== undefined && t('peak', { count: format.count(head.peakConnections) })}
      </Tile>
      <Tile name="rooms" value={count(head?.rooms)}>
        {head !== undefined && t('operatorsOnline', { count: format.count(head.operators) })}
      </Tile>
      <Tile name="messagesPerSecond" value={rate(figures?.perSecond.messages)}>
        {all(figures?.totals.messages)}
      </Tile>
      <Tile name="deliveriesPerSecond" value={rate(figures?.perSecond.deliveries)}>
        {all(figures?.totals.deliveries)}
      </Tile>
    </dl>
  )
}

interface TileProps {
  readonly name: TextKey
  readonly value: string
  readonly children: ReactNode
}

function Tile({ name, value, children }: TileProps): ReactElement {
  const { t } = useSettings()
  return (
    <div className="tile">
      <dt className="ellipsis">{t(name)}</dt>
      <dd>
        <span className="tile-value" data-figure={name}>
          {value}
        </span>
        <span className="tile-more ellipsis">{children}</span>
      </dd>
    </div>
  )
}

/** How old it all is, while the server is away. */
function Age(): ReactElement {
  const { t, format } = useSettings()
  const now = useNow()
  const heardAtMs = useMonitor((state) => state.heardAtMs)
  return (
    <span className="stale-age">
      {' · '}
      {t('asOf', { duration: format.duration(now - (heardAtMs ?? now)) })}
    </span>
  )
}
