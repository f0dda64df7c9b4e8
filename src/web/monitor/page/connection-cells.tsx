import type { ReactElement } from 'react'
import type { ConnectionRow } from '../../../feed/view.ts'
import { safeText } from '../../shared/safe-text.ts'
import { useSettings } from './settings.tsx'
import { Untrusted } from '../../shared/page/untrusted.tsx'

interface CellProps {
  readonly row: ConnectionRow
}

export function WhoCell({ row }: CellProps): ReactElement {
  const { t } = useSettings()
  const { nick, account, userName } = row
  return (
    <>
      <span className="cell-line">
        <b className="ellipsis">
          {nick === undefined ? (
            <span className="muted">{t('unregistered')}</span>
          ) : (
            <Untrusted text={nick} />
          )}
        </b>
        <Badges row={row} />
      </span>
      <span className="cell-second ellipsis">
        <Untrusted text={account ?? userName ?? ''} />
      </span>
    </>
  )
}

export function Badges({ row }: CellProps): ReactElement {
  const { t } = useSettings()
  return (
    <>
      {row.operator !== undefined && <span className="badge accent">{t('operatorBadge')}</span>}
      {row.isSilenced && <span className="badge warn">{t('silenced')}</span>}
      {row.isHeld && <span className="badge warn">{t('held')}</span>}
      {row.away !== undefined && <span className="badge">{t('away')}</span>}
    </>
  )
}

export function AddressCell({ row: { address, transport, tls } }: CellProps): ReactElement {
  return (
    <>
      <span className="mono ellipsis">
        <Untrusted text={address} />
      </span>
      <span className="cell-second ellipsis">
        {transport}
        {tls !== undefined && ` · ${tls.version}`}
      </span>
    </>
  )
}

export function RoomsCell({ row: { rooms } }: CellProps): ReactElement {
  const { format } = useSettings()
  if (rooms.length === 0) return <span className="muted">–</span>
  return (
    <span className="ellipsis" title={rooms.map(safeText).join(' ')}>
      <span className="muted">{format.count(rooms.length)} · </span>
      {rooms.slice(0, 4).map((room) => (
        <span key={room}>
          <Untrusted text={room} />{' '}
        </span>
      ))}
    </span>
  )
}

export function TrafficCell({ row: { bytesIn, bytesOut } }: CellProps): ReactElement {
  const { format } = useSettings()
  return (
    <>
      <span>{format.bytes(bytesIn)}</span>
      <span className="cell-second">{format.bytes(bytesOut)}</span>
    </>
  )
}

export function BudgetCell({ row }: CellProps): ReactElement {
  const { t, format } = useSettings()
  const { queuedBytes, budgetLines } = row
  return (
    <>
      <span>{format.bytes(queuedBytes)}</span>
      {budgetLines !== undefined && (
        <span className="cell-second">
          {t('budgetLines', { count: format.count(budgetLines) })}
        </span>
      )}
    </>
  )
}
