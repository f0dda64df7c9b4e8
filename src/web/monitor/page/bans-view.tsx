import type { ReactElement } from 'react'
import type { BanRow } from '../../../feed/view.ts'
import { useConsole, useMay, useMonitor, useServerNow } from './console-context.tsx'
import { Icon } from './icon.tsx'
import { addBanOrder, undoBanOrder } from './orders.ts'
import { useSettings } from './settings.tsx'
import { Untrusted } from '../../shared/page/untrusted.tsx'
import type { Column } from './table-row.tsx'
import { WatchedTable } from './watched-table.tsx'

const COLUMNS: readonly Column<BanRow>[] = [
  {
    label: 'mask',
    sort: 'mask',
    width: 'minmax(140px, 1.2fr)',
    cell: ({ mask, kind }) => (
      <>
        <b className="ellipsis mono">
          <Untrusted text={mask} />
        </b>
        <Kind kind={kind} />
      </>
    ),
  },
  {
    label: 'reason',
    sort: 'reason',
    width: 'minmax(110px, 1.6fr)',
    className: 'phone-wide',
    cell: ({ reason }) => (
      <span className="ellipsis">
        <Untrusted text={reason} />
      </span>
    ),
  },
  {
    label: 'setBy',
    sort: 'setBy',
    width: 'minmax(80px, 0.7fr)',
    className: 'phone-hidden',
    isWideOnly: true,
    cell: ({ setBy }) => (
      <span className="ellipsis">
        <Untrusted text={setBy} />
      </span>
    ),
  },
  {
    label: 'setAt',
    sort: 'setAtMs',
    width: '150px',
    className: 'end phone-hidden',
    cell: ({ setAtMs }) => <SetAt atMs={setAtMs} />,
  },
  {
    label: 'ends',
    sort: 'expiresAtMs',
    width: '110px',
    className: 'end phone-end',
    cell: (row) => <Ends row={row} />,
  },
]

const UNDO: Column<BanRow> = {
  label: 'actions',
  width: '96px',
  className: 'end phone-end',
  cell: (row) => <Undo row={row} />,
}

/** Who may not come in or not speak, and the limits that hold for all. */
export function BansView(): ReactElement {
  const { t } = useSettings()
  const { ask } = useConsole()
  const may = useMay('moderate')
  return (
    <>
      <WatchedTable
        of="bans"
        columns={may ? [...COLUMNS, UNDO] : COLUMNS}
        sort={{ by: 'setAtMs', descending: true, label: 'setAt' }}
        filterLabel="filterBans"
        icon="bans"
        empty={{ title: 'noBans', more: 'noBansMore' }}
        keyOf={({ id }) => id}
      >
        {may && (
          <button type="button" className="button primary" onClick={() => ask(addBanOrder())}>
            <Icon name="plus" />
            {t('addBan')}
          </button>
        )}
      </WatchedTable>
      <Limits />
    </>
  )
}

function Kind({ kind }: Pick<BanRow, 'kind'>): ReactElement {
  return <span className="cell-second">{useSettings().t(kind)}</span>
}

function SetAt({ atMs }: { readonly atMs: number }): ReactElement {
  return <span>{useSettings().format.moment(atMs)}</span>
}

function Ends({ row: { expiresAtMs } }: { readonly row: BanRow }): ReactElement {
  const { t, format } = useSettings()
  const now = useServerNow()
  return (
    <span>{expiresAtMs === undefined ? t('forEver') : format.duration(expiresAtMs - now)}</span>
  )
}

function Undo({ row }: { readonly row: BanRow }): ReactElement {
  const { t } = useSettings()
  const { ask } = useConsole()
  return (
    <span className="cell-line">
      <button type="button" className="button" onClick={() => ask(undoBanOrder(row))}>
        {t('undo')}
      </button>
    </span>
  )
}

function Limits(): ReactElement {
  const { t, format } = useSettings()
  const limits = useMonitor((state) => state.facts?.limits)
  const entries = Object.entries(limits ?? {}).sort(([a], [b]) => (a < b ? -1 : 1))
  if (entries.length === 0) return <></>
  return (
    <div className="view limits-place">
      <section className="panel" aria-labelledby="limits">
        <div className="panel-head">
          <h2 id="limits">{t('limits')}</h2>
        </div>
        <p className="panel-more">{t('limitsMore')}</p>
        {/* It scrolls, so the keyboard must get to it. */}
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
        <dl className="panel-body limits" tabIndex={0}>
          {entries.map(([name, value]) => (
            <div key={name}>
              <dt className="mono">{name}</dt>
              <dd>{format.count(value)}</dd>
            </div>
          ))}
        </dl>
      </section>
    </div>
  )
}
