import { useState, type ReactElement } from 'react'
import type { ConnectionRow } from '../../../feed/view.ts'
import { AddressCell, BudgetCell, RoomsCell, TrafficCell, WhoCell } from './connection-cells.tsx'
import { ConnectionDrawer } from './connection-drawer.tsx'
import { useServerNow } from './console-context.tsx'
import { useSettings } from './settings.tsx'
import { Untrusted } from '../../shared/page/untrusted.tsx'
import type { Column } from './table-row.tsx'
import { WatchedTable } from './watched-table.tsx'

const COLUMNS: readonly Column<ConnectionRow>[] = [
  {
    label: 'nick',
    sort: 'nick',
    width: 'minmax(110px, 1.3fr)',
    cell: (row) => <WhoCell row={row} />,
  },
  {
    label: 'address',
    sort: 'address',
    width: 'minmax(128px, 1.3fr)',
    className: 'phone-end',
    cell: (row) => <AddressCell row={row} />,
  },
  {
    label: 'rooms',
    sort: 'rooms',
    width: 'minmax(96px, 1.2fr)',
    cell: (row) => <RoomsCell row={row} />,
  },
  {
    label: 'connectedSince',
    sort: 'connectedAtMs',
    width: '92px',
    className: 'end phone-hidden',
    cell: (row) => <Since row={row} />,
  },
  {
    label: 'idle',
    sort: 'idleMs',
    width: '66px',
    className: 'end phone-end',
    cell: (row) => <Idle row={row} />,
  },
  {
    label: 'traffic',
    sort: 'bytesOut',
    width: '82px',
    className: 'end phone-hidden',
    isWideOnly: true,
    cell: (row) => <TrafficCell row={row} />,
  },
  {
    label: 'rates',
    sort: 'bytesOutPerSecond',
    width: '88px',
    className: 'end phone-hidden',
    isWideOnly: true,
    cell: (row) => <Rates row={row} />,
  },
  {
    label: 'queue',
    sort: 'queuedBytes',
    width: '84px',
    className: 'end phone-hidden',
    cell: (row) => <BudgetCell row={row} />,
  },
  {
    label: 'client',
    sort: 'client',
    width: 'minmax(76px, 1fr)',
    className: 'spaced phone-hidden',
    isWideOnly: true,
    cell: ({ client }) => (
      <span className="ellipsis muted">
        {client === undefined ? '–' : <Untrusted text={client} />}
      </span>
    ),
  },
]

/** Everybody who is connected. */
export function ConnectionsView(): ReactElement {
  const [opened, setOpened] = useState<ConnectionRow>()
  return (
    <>
      <WatchedTable
        of="connections"
        columns={COLUMNS}
        sort={{ by: 'connectedAtMs', descending: true, label: 'connectedSince' }}
        filterLabel="filterConnections"
        icon="connections"
        empty={{ title: 'noneAtAll', more: 'noneAtAllMore' }}
        keyOf={({ connection }) => connection}
        onOpen={setOpened}
      />
      {opened !== undefined && (
        <ConnectionDrawer
          key={opened.connection}
          first={opened}
          onClose={() => setOpened(undefined)}
        />
      )}
    </>
  )
}

/** The time of the day, or the day; and how long ago it is. */
function Since({ row: { connectedAtMs } }: { readonly row: ConnectionRow }): ReactElement {
  const { format } = useSettings()
  const now = useServerNow()
  return (
    <>
      <span title={format.moment(connectedAtMs)}>{format.near(connectedAtMs, now)}</span>
      <span className="cell-second">{format.duration(now - connectedAtMs)}</span>
    </>
  )
}

function Idle({ row }: { readonly row: ConnectionRow }): ReactElement {
  const { format } = useSettings()
  return <span>{format.duration(row.idleMs)}</span>
}

function Rates({ row }: { readonly row: ConnectionRow }): ReactElement {
  const { t, format } = useSettings()
  return (
    <>
      <span>{t('bytesPerSecond', { bytes: format.bytes(row.bytesOutPerSecond) })}</span>
      <span className="cell-second">
        {t('linesPerSecond', { count: format.reading(row.linesInPerSecond) })}
      </span>
    </>
  )
}
