import type { ReactElement } from 'react'
import type { TextKey } from '../state/texts.ts'
import { Icon } from './icon.tsx'
import { useSettings } from './settings.tsx'
import type { Watched } from './use-watched.ts'

interface HeadColumn {
  readonly label: TextKey
  readonly sort?: string
  readonly className?: string
  readonly isWideOnly?: true
}

interface HeadProps {
  readonly columns: readonly HeadColumn[]
  readonly watched: Pick<Watched<never>, 'sort' | 'setSort'>
}

export function TableHead({ columns, watched }: HeadProps): ReactElement {
  return (
    <div className="grid-head" role="row" aria-rowindex={1}>
      {columns.map((column) => (
        <HeadCell key={column.label} column={column} watched={watched} />
      ))}
    </div>
  )
}

function HeadCell({
  column: { label, sort: by, className = '', isWideOnly },
  watched: { sort, setSort },
}: {
  readonly column: HeadColumn
  readonly watched: HeadProps['watched']
}): ReactElement {
  const { t } = useSettings()
  const place = isWideOnly === true ? 'wide-only' : ''
  if (by === undefined) {
    return (
      <div role="columnheader" className={place}>
        <span className={className}>{t(label)}</span>
      </div>
    )
  }
  const isSorted = sort.by === by
  const direction = sort.descending ? 'descending' : 'ascending'
  return (
    <div role="columnheader" className={place} {...(isSorted ? { 'aria-sort': direction } : {})}>
      <button
        type="button"
        className={className}
        onClick={() => setSort(by, isSorted && !sort.descending)}
      >
        {t(label)}
        {isSorted && <Icon name={sort.descending ? 'down' : 'up'} />}
      </button>
    </div>
  )
}

/** Where there is no head to click at. */
export function SortSelect({ columns, watched: { sort, setSort } }: HeadProps): ReactElement {
  const { t } = useSettings()
  const choices = columns.flatMap(({ label, sort: by }) =>
    by === undefined ? [] : [{ label, by }],
  )
  return (
    <div className="sort-select">
      <select
        aria-label={t('sortBy')}
        value={`${sort.by} ${sort.descending ? 'down' : 'up'}`}
        onChange={({ target }) => {
          const [by = sort.by, direction] = target.value.split(' ')
          setSort(by, direction === 'down')
        }}
      >
        {choices.flatMap(({ label, by }) =>
          (['up', 'down'] as const).map((direction) => (
            <option key={`${by} ${direction}`} value={`${by} ${direction}`}>
              {t(label)} {direction === 'up' ? '↑' : '↓'}
            </option>
          )),
        )}
      </select>
    </div>
  )
}
