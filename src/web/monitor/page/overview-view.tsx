import { useMemo, type ReactElement } from 'react'
import { lineFits, type LogKind } from '../state/log-lines.ts'
import { useMonitor } from './console-context.tsx'
import { Graphs } from './graphs.tsx'
import { HealthCard } from './health-card.tsx'
import { LogLines } from './log-lines.tsx'
import { ServerCard } from './server-card.tsx'
import { useSettings } from './settings.tsx'
import { Tiles } from './tiles.tsx'

/** More than there is room for: the rest is scrolled to. */
const SHOWN_LINES = 40
const COMING_AND_GOING: ReadonlySet<LogKind> = new Set(['coming', 'going', 'trouble'])

/** Is it up, who is here, how busy it is, how it feels. */
export function OverviewView(): ReactElement {
  return (
    <div className="view">
      <Tiles />
      <div className="overview">
        <Graphs />
        <ComingAndGoing />
        <HealthCard />
        <ServerCard />
      </div>
    </div>
  )
}

function ComingAndGoing(): ReactElement {
  const { t } = useSettings()
  const log = useMonitor((state) => state.log)
  const lines = useMemo(
    () =>
      log
        .filter((line) => lineFits(line, COMING_AND_GOING, []))
        .slice(-SHOWN_LINES)
        .reverse(),
    [log],
  )
  return (
    <section className="panel overview-log" aria-labelledby="coming-and-going">
      <div className="panel-head">
        <h2 id="coming-and-going">{t('liveLog')}</h2>
        <a href="#/log">{t('liveLogAll')}</a>
      </div>
      {lines.length === 0 ? (
        <p className="empty">{t('logMore')}</p>
      ) : (
        // It scrolls, so the keyboard must get to it.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        <div className="log-list log-compact figures" tabIndex={0}>
          <LogLines lines={lines} />
        </div>
      )}
    </section>
  )
}
