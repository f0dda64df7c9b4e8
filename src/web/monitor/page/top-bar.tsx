import { useEffect, type ReactElement } from 'react'
import { useConsole, useMay, useMonitor, useServerNow } from './console-context.tsx'
import { Icon } from './icon.tsx'
import { announceOrder } from './orders.ts'
import { useSettings } from './settings.tsx'
import { Untrusted } from '../../shared/page/untrusted.tsx'
import type { ViewName } from './view-names.ts'

const LINK_TEXTS = { connecting: 'linkConnecting', live: 'linkLive', away: 'linkAway' } as const

export function TopBar({ view }: { readonly view: ViewName }): ReactElement {
  const { t, format } = useSettings()
  const { ask } = useConsole()
  const facts = useMonitor((state) => state.facts)
  const people = useMonitor((state) => state.head?.people ?? 0)
  const isAdmin = useMay('admin')
  const mayModerate = useMay('moderate')
  const title = t(view === 'access' && !isAdmin ? 'account' : view)
  useEffect(() => {
    document.title = `${title} · Maru`
  }, [title])
  return (
    <header className="top">
      <h1>{title}</h1>
      <p className="top-server ellipsis">
        {facts !== undefined && (
          <>
            <Untrusted text={`${facts.network} · ${facts.serverName}`} />
            <Uptime startedAtMs={facts.startedAtMs} />
          </>
        )}
      </p>
      <LinkState />
      {mayModerate && (
        <div className="top-actions">
          <button
            type="button"
            className="button"
            aria-label={t('announce')}
            onClick={() => ask(announceOrder(format.count(people)))}
          >
            <Icon name="announce" />
            <span className="button-label">{t('announce')}</span>
          </button>
        </div>
      )}
    </header>
  )
}

function Uptime({ startedAtMs }: { readonly startedAtMs: number }): ReactElement {
  const { t, format } = useSettings()
  const now = useServerNow()
  return <> · {t('upFor', { duration: format.duration(now - startedAtMs) })}</>
}

function LinkState(): ReactElement {
  const { t } = useSettings()
  const kind = useMonitor(({ link }) => link.kind)
  return (
    <p className={`link ${kind}`} role="status">
      <span className="dot" />
      {t(LINK_TEXTS[kind])}
    </p>
  )
}
