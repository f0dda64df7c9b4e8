import { Fragment, type ReactElement, type ReactNode } from 'react'
import type { ConnectionRow } from '../../../feed/view.ts'
import type { TextKey } from '../state/texts.ts'
import { useSettings } from './settings.tsx'
import { Untrusted } from '../../shared/page/untrusted.tsx'

interface FactsProps {
  readonly row: ConnectionRow
}

export function WhoFacts({ row }: FactsProps): ReactElement {
  return (
    <Facts
      facts={[
        ['nick', text(row.nick)],
        ['accountName', text(row.account)],
        ['userName', text(row.userName)],
        ['realName', text(row.realName)],
        ['host', text(row.host)],
        ['client', text(row.client)],
        ['modes', text(row.modes === '' ? undefined : `+${row.modes}`)],
        ['operatorBadge', text(row.operator)],
        ['away', text(row.away)],
      ]}
    />
  )
}

export function ConnectionFacts({ row }: FactsProps): ReactElement {
  const { format } = useSettings()
  return (
    <Facts
      facts={[
        ['address', <Untrusted key="address" text={row.address} />],
        ['port', String(row.port)],
        ['listener', text(row.listener)],
        ['transport', row.transport],
        ['cipher', row.tls && `${row.tls.version} · ${row.tls.cipher}`],
        ['certificate', text(row.tls?.certificateFingerprint)],
        ['gateway', text(row.gateway)],
        ['connectedSince', format.moment(row.connectedAtMs)],
        ['idle', format.duration(row.idleMs)],
      ]}
    />
  )
}

export function TrafficFacts({ row }: FactsProps): ReactElement {
  const { t, format } = useSettings()
  const { budgetLines, budgetBytes } = row
  return (
    <Facts
      facts={[
        ['linesIn', format.count(row.linesIn)],
        ['bytesIn', format.bytes(row.bytesIn)],
        ['bytesOut', format.bytes(row.bytesOut)],
        [
          'rates',
          `${t('linesPerSecond', { count: format.reading(row.linesInPerSecond) })} · ${t('bytesPerSecond', { bytes: format.bytes(row.bytesOutPerSecond) })}`,
        ],
        ['queue', format.bytes(row.queuedBytes)],
        [
          'budget',
          budgetLines === undefined
            ? undefined
            : `${t('budgetLines', { count: format.count(budgetLines) })} · ${format.bytes(budgetBytes ?? 0)}`,
        ],
      ]}
    />
  )
}

/** What isn't known isn't there. */
function Facts({
  facts,
}: {
  readonly facts: readonly (readonly [TextKey, ReactNode])[]
}): ReactElement {
  const { t } = useSettings()
  return (
    <dl className="facts figures">
      {facts
        .filter(([, value]) => value !== undefined)
        .map(([key, value]) => (
          <Fragment key={key}>
            <dt>{t(key)}</dt>
            <dd>{value}</dd>
          </Fragment>
        ))}
    </dl>
  )
}

function text(value: string | undefined): ReactNode {
  return value === undefined ? undefined : <Untrusted text={value} />
}
