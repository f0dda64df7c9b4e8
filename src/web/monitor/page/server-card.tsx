import type { ReactElement, ReactNode } from 'react'
import type { ServerFacts } from '../../../feed/feed.ts'
import type { Figures } from '../../../feed/figures.ts'
import type { TextKey } from '../state/texts.ts'
import { endServerOrder, logLevelOrder, reloadOrder } from './admin-orders.ts'
import { useConsole, useMay, useMonitor, useServerNow } from './console-context.tsx'
import { useSettings } from './settings.tsx'
import { Untrusted } from '../../shared/page/untrusted.tsx'

/** Which server it is, since when it is up, and where it listens. */
export function ServerCard(): ReactElement {
  const { t, format } = useSettings()
  const facts = useMonitor((state) => state.facts)
  const figures = useMonitor((state) => state.figures)
  const isAdmin = useMay('admin')
  if (facts === undefined)
    return <section className="panel empty overview-server">{t('loading')}</section>
  return (
    <section className="panel overview-server" aria-labelledby="server">
      <div className="panel-head">
        <h2 id="server">{t('server')}</h2>
        {isAdmin && <ServerActions facts={facts} />}
      </div>
      <dl className="panel-body facts-flow">
        <Fact name="running">
          <b className="figures">
            <Uptime startedAtMs={facts.startedAtMs} />
          </b>
          <span className="muted">{t('since', { time: format.moment(facts.startedAtMs) })}</span>
        </Fact>
        <Fact name="listens">
          {facts.listening.length === 0 && t('listensNowhere')}
          {facts.listening.map(({ name, host, port }) => (
            <span key={`${name} ${host} ${port}`}>
              <span className="mono">
                {host.includes(':') ? `[${host}]` : host}:{port}
              </span>{' '}
              <span className="muted">{name}</span>
            </span>
          ))}
        </Fact>
        <Fact name="version">
          <Untrusted text={facts.version} /> <span className="muted">{facts.runtime}</span>
        </Fact>
        <Fact name="process">
          {facts.processId} <span className="muted">{facts.platform}</span>
        </Fact>
        {facts.certificate !== undefined && (
          <Fact name="certificateEnds">{format.moment(facts.certificate.endsAtMs)}</Fact>
        )}
        {figures !== undefined && <FigureFacts figures={figures} />}
      </dl>
    </section>
  )
}

function Fact({
  name,
  children,
}: {
  readonly name: TextKey
  readonly children: ReactNode
}): ReactElement {
  const { t } = useSettings()
  return (
    <div data-fact={name}>
      <dt>{t(name)}</dt>
      <dd>{children}</dd>
    </div>
  )
}

function FigureFacts({ figures }: { readonly figures: Figures }): ReactElement {
  const { format } = useSettings()
  const { residentBytes, cpu, totals, log, storeBytes, storedEvents, indexLag } = figures
  const facts: readonly (readonly [TextKey, string | undefined])[] = [
    ['memory', format.bytes(residentBytes)],
    ['processor', format.percent(cpu)],
    ['accepted', format.count(totals.accepted)],
    ['refused', format.count(totals.refused)],
    ['failedLogins', format.count(totals.failedLogins)],
    ['store', storeBytes === undefined ? undefined : format.bytes(storeBytes)],
    ['storedEvents', storedEvents === undefined ? undefined : format.count(storedEvents)],
    ['batchSize', log === undefined ? undefined : format.count(Math.round(log.batchSize))],
    ['indexLag', indexLag === undefined ? undefined : format.count(indexLag)],
  ]
  return (
    <>
      {facts
        .filter(([, value]) => value !== undefined)
        .map(([key, value]) => (
          <Fact key={key} name={key}>
            <span className="figures">{value}</span>
          </Fact>
        ))}
    </>
  )
}

function Uptime({ startedAtMs }: { readonly startedAtMs: number }): ReactElement {
  const { format } = useSettings()
  const now = useServerNow()
  return <>{format.duration(now - startedAtMs)}</>
}

function ServerActions({ facts }: { readonly facts: ServerFacts }): ReactElement {
  const { t } = useSettings()
  const { ask } = useConsole()
  return (
    <div className="actions">
      <button type="button" className="button" onClick={() => ask(reloadOrder())}>
        {t('reload')}
      </button>
      <button type="button" className="button" onClick={() => ask(logLevelOrder(facts.logLevel))}>
        {t('logLevel')}: {facts.logLevel}
      </button>
      <button type="button" className="button" onClick={() => ask(endServerOrder('restart'))}>
        {t('restart')}
      </button>
      <button type="button" className="button danger" onClick={() => ask(endServerOrder('stop'))}>
        {t('stop')}
      </button>
    </div>
  )
}
