import { useRef, type ReactElement, type ReactNode } from 'react'
import { Virtualizer, type VirtualizerHandle } from 'virtua'
import type { View } from '../../../feed/view.ts'
import type { TextKey } from '../state/texts.ts'
import { Empty } from './empty.tsx'
import type { IconName } from './icon.tsx'
import { SearchField } from './search-field.tsx'
import { useSettings } from './settings.tsx'
import { SortSelect, TableHead } from './table-head.tsx'
import { TableRow, type Column } from './table-row.tsx'
import { useRovingRow } from './use-roving-row.ts'
import { useWatched, type RowOf, type Watched } from './use-watched.ts'

export interface WatchedTableProps<Of extends View['of'], Row> {
  readonly of: Of
  readonly columns: readonly Column<Row>[]
  /** What it is sorted by at first, and what that is called: it need not be a column. */
  readonly sort: { readonly by: string; readonly descending: boolean; readonly label: TextKey }
  readonly filterLabel: TextKey
  readonly icon: IconName
  readonly empty: { readonly title: TextKey; readonly more: TextKey }
  readonly keyOf: (row: Row) => string | number
  /** Absent: there is nothing to see about a row but the row. */
  readonly onOpen?: (row: Row) => void
  readonly children?: ReactNode
}

/** How high a row is before it is measured. */
const ROW_HEIGHT = 52

/** A table of which the server sends the rows that are seen, filtered and sorted there. */
export function WatchedTable<Of extends View['of']>(
  props: WatchedTableProps<Of, RowOf<Of>>,
): ReactElement {
  const { t, format } = useSettings()
  const { of, columns, sort, filterLabel, children } = props
  const watched = useWatched<Of>(of, sort)
  const { window } = watched
  return (
    <div className="view has-table">
      <div className="toolbar">
        <SearchField label={filterLabel} value={watched.filter} onChange={watched.setFilter} />
        {window !== undefined && (
          <span className="toolbar-count" role="status">
            {window.matching === window.total
              ? t('countAll', { count: format.count(window.total) })
              : t('countOfAll', {
                  matching: format.count(window.matching),
                  total: format.count(window.total),
                })}
          </span>
        )}
        <SortSelect
          columns={
            columns.some((column) => column.sort === sort.by)
              ? columns
              : [{ ...sort, sort: sort.by }, ...columns]
          }
          watched={watched}
        />
        {children !== undefined && <div className="end actions">{children}</div>}
      </div>
      <section className="panel table-panel" aria-label={t(of)}>
        <Body {...props} watched={watched} />
      </section>
    </div>
  )
}

function Body<Of extends View['of']>(
  props: WatchedTableProps<Of, RowOf<Of>> & { readonly watched: Watched<RowOf<Of>> },
): ReactElement {
  const { t } = useSettings()
  const { watched, columns, icon, empty, of } = props
  const { window } = watched
  if (window === undefined) return <p className="empty">{t('loading')}</p>
  if (window.total === 0) return <Empty icon={icon} title={empty.title} more={empty.more} />
  if (window.matching === 0) {
    return (
      <Empty icon="search" title="noMatch">
        <button type="button" className="button" onClick={() => watched.setFilter('')}>
          {t('clearFilter')}
        </button>
      </Empty>
    )
  }
  const tracks = columns.map(({ width }) => width).join(' ')
  const fewTracks = columns.flatMap(({ width, isWideOnly }) => (isWideOnly === true ? [] : [width]))
  return (
    <div
      className="grid"
      role="grid"
      aria-label={t(of)}
      aria-rowcount={window.matching + 1}
      ref={(element) => {
        element?.style.setProperty('--columns-wide', tracks)
        element?.style.setProperty('--columns-few', fewTracks.join(' '))
      }}
    >
      <TableHead columns={columns} watched={watched} />
      <Rows {...props} matching={window.matching} />
    </div>
  )
}

function Rows<Of extends View['of']>({
  columns,
  watched,
  matching,
  keyOf,
  onOpen,
}: WatchedTableProps<Of, RowOf<Of>> & {
  readonly watched: Watched<RowOf<Of>>
  readonly matching: number
}): ReactElement {
  const list = useRef<VirtualizerHandle>(null)
  const place = useRef<HTMLDivElement>(null)
  const { active, setActive, onKey } = useRovingRow({ list, place, count: matching })
  const see = (): void => {
    const handle = list.current
    if (handle === null) return
    const { scrollOffset, viewportSize } = handle
    watched.see(
      handle.findItemIndex(scrollOffset),
      handle.findItemIndex(scrollOffset + viewportSize),
    )
  }
  return (
    <div ref={place} className="grid-scroll figures" role="rowgroup">
      <Virtualizer
        ref={list}
        data={{ length: matching }}
        itemSize={ROW_HEIGHT}
        keepMounted={[active]}
        onScroll={see}
        onResize={see}
      >
        {(_, index) => {
          const row = watched.rowAt(index)
          if (row === undefined) return <div key={index} className="row-waiting" />
          return (
            <TableRow
              key={index}
              row={row}
              id={keyOf(row)}
              columns={columns}
              index={index}
              isActive={index === active}
              onFocus={setActive}
              onKey={onKey}
              onOpen={onOpen}
            />
          )
        }}
      </Virtualizer>
    </div>
  )
}
