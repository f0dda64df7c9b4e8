import type { ReactElement } from 'react'
import { healthOf, worst, type Level, type Sign } from '../../../feed/health.ts'
import { useMonitor } from './console-context.tsx'
import { useSettings, type Settings } from './settings.tsx'

const OVERALL = { good: 'healthGood', warn: 'healthWarn', bad: 'healthBad' } as const
const LEVELS = { good: 'levelGood', warn: 'levelWarn', bad: 'levelBad' } as const

/** How the server feels: a figure, a colour and a word for each thing. */
export function HealthCard(): ReactElement {
  const settings = useSettings()
  const { t } = settings
  const figures = useMonitor((state) => state.figures)
  const facts = useMonitor((state) => state.facts)
  const signs = figures === undefined || facts === undefined ? [] : healthOf(figures, facts)
  return (
    <section className="panel overview-health" aria-labelledby="health">
      <div className="panel-head">
        <h2 id="health">{t('health')}</h2>
        {signs.length > 0 && <LevelBadge level={worst(signs)} text={t(OVERALL[worst(signs)])} />}
      </div>
      <div className="panel-body figures">
        {signs.length === 0 && <p className="muted">{t('noFigures')}</p>}
        <ul className="signs">
          {signs.map((sign) => (
            <li key={sign.what} className="sign">
              <span>{t(sign.what)}</span>
              <b>{written(sign, settings)}</b>
              <LevelBadge level={sign.level} text={t(LEVELS[sign.level])} />
            </li>
          ))}
        </ul>
      </div>
    </section>
  )
}

function LevelBadge({
  level,
  text,
}: {
  readonly level: Level
  readonly text: string
}): ReactElement {
  return (
    <span className={`badge ${level}`}>
      <span className="dot" />
      {text}
    </span>
  )
}

const DAY_MS = 86_400_000

/** Whole days, as long as there are some. */
function inDays(ms: number): number {
  return ms < 2 * DAY_MS ? ms : Math.floor(ms / DAY_MS) * DAY_MS
}

function written({ unit, value }: Sign, { t, format }: Settings): string {
  switch (unit) {
    case 'ms':
      return format.ms(value)
    case 'bytes':
      return format.bytes(value)
    case 'share':
      return format.percent(value)
    case 'count':
      return format.count(value)
    case 'perSecond':
      return format.reading(value)
    case 'leftMs':
      return value <= 0 ? t('hasEnded') : t('inTime', { duration: format.duration(inDays(value)) })
  }
}
