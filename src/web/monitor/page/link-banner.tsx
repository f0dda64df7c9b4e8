import type { ReactElement } from 'react'
import { useMonitor, useNow } from './console-context.tsx'
import { useSettings } from './settings.tsx'
import { Untrusted } from '../../shared/page/untrusted.tsx'

/** Says since when the server is away, or that it is about to be, or that it refuses what the page asks for. */
export function LinkBanner(): ReactElement {
  const { t } = useSettings()
  const isAway = useMonitor(({ link }) => link.kind === 'away')
  const isStopping = useMonitor(({ facts }) => facts?.isStopping === true)
  const refusal = useMonitor((state) => state.refusal)
  if (isAway) return <AwayBanner />
  if (isStopping) return <p className="banner warn">{t('stoppingBanner')}</p>
  if (refusal === undefined) return <></>
  return (
    <p className="banner warn" role="alert">
      {t('feedRefused')} <Untrusted text={refusal} />
    </p>
  )
}

function AwayBanner(): ReactElement {
  const { t, format } = useSettings()
  const now = useNow()
  const sinceMs = useMonitor(({ link }) => (link.kind === 'away' ? link.sinceMs : 0))
  return (
    <p className="banner">
      {t('awayBanner', {
        duration: format.duration(now - sinceMs),
        time: format.clock(sinceMs),
      })}
    </p>
  )
}
